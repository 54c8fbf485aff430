/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment AuthFields on AuthPayload {\n  accessToken\n  refreshToken\n  user {\n    username\n  }\n}\n\nfragment NoteFields on Chat {\n  id\n  author\n  text\n  sentAt\n  cursor\n  dominantEmotion\n}\n\nquery Recent {\n  recentChats(first: 50) {\n    cursor\n    items {\n      ...NoteFields\n    }\n  }\n}\n\nmutation Register($username: String!, $password: String!) {\n  register(input: {username: $username, password: $password}) {\n    ...AuthFields\n  }\n}\n\nmutation Login($username: String!, $password: String!) {\n  login(input: {login: $username, password: $password}) {\n    ...AuthFields\n  }\n}\n\nmutation Refresh($refreshToken: String!) {\n  refresh(refreshToken: $refreshToken) {\n    ...AuthFields\n  }\n}\n\nmutation Logout {\n  logout\n}\n\nmutation Send($clientMessageId: ID!, $text: String!) {\n  sendChat(input: {clientMessageId: $clientMessageId, text: $text}) {\n    id\n  }\n}": typeof types.AuthFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment AuthFields on AuthPayload {\n  accessToken\n  refreshToken\n  user {\n    username\n  }\n}\n\nfragment NoteFields on Chat {\n  id\n  author\n  text\n  sentAt\n  cursor\n  dominantEmotion\n}\n\nquery Recent {\n  recentChats(first: 50) {\n    cursor\n    items {\n      ...NoteFields\n    }\n  }\n}\n\nmutation Register($username: String!, $password: String!) {\n  register(input: {username: $username, password: $password}) {\n    ...AuthFields\n  }\n}\n\nmutation Login($username: String!, $password: String!) {\n  login(input: {login: $username, password: $password}) {\n    ...AuthFields\n  }\n}\n\nmutation Refresh($refreshToken: String!) {\n  refresh(refreshToken: $refreshToken) {\n    ...AuthFields\n  }\n}\n\nmutation Logout {\n  logout\n}\n\nmutation Send($clientMessageId: ID!, $text: String!) {\n  sendChat(input: {clientMessageId: $clientMessageId, text: $text}) {\n    id\n  }\n}": types.AuthFieldsFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment AuthFields on AuthPayload {\n  accessToken\n  refreshToken\n  user {\n    username\n  }\n}\n\nfragment NoteFields on Chat {\n  id\n  author\n  text\n  sentAt\n  cursor\n  dominantEmotion\n}\n\nquery Recent {\n  recentChats(first: 50) {\n    cursor\n    items {\n      ...NoteFields\n    }\n  }\n}\n\nmutation Register($username: String!, $password: String!) {\n  register(input: {username: $username, password: $password}) {\n    ...AuthFields\n  }\n}\n\nmutation Login($username: String!, $password: String!) {\n  login(input: {login: $username, password: $password}) {\n    ...AuthFields\n  }\n}\n\nmutation Refresh($refreshToken: String!) {\n  refresh(refreshToken: $refreshToken) {\n    ...AuthFields\n  }\n}\n\nmutation Logout {\n  logout\n}\n\nmutation Send($clientMessageId: ID!, $text: String!) {\n  sendChat(input: {clientMessageId: $clientMessageId, text: $text}) {\n    id\n  }\n}"): typeof import('./graphql').AuthFieldsFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
