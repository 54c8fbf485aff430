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
    "fragment Note on Chat {\n  id\n  author\n  text\n  sentAt\n  hidden\n  shownEmotion\n  empathies {\n    empathy\n    count\n  }\n}\n\nquery Recent {\n  recentChats(first: 30) {\n    cursor\n    items {\n      cursor\n      ...Note\n    }\n  }\n}\n\nsubscription WatchRoom($room: ID!, $after: ChatCursor) {\n  newChat(room: $room, after: $after) {\n    cursor\n    ...Note\n  }\n}\n\nsubscription FollowChanges($room: ID!) {\n  chatChanged(room: $room) {\n    cursor\n    ...Note\n  }\n}\n\nmutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    accessToken\n  }\n}\n\nmutation Send($input: SendChatInput!) {\n  sendChat(input: $input) {\n    id\n  }\n}": typeof types.NoteFragmentDoc,
};
const documents: Documents = {
    "fragment Note on Chat {\n  id\n  author\n  text\n  sentAt\n  hidden\n  shownEmotion\n  empathies {\n    empathy\n    count\n  }\n}\n\nquery Recent {\n  recentChats(first: 30) {\n    cursor\n    items {\n      cursor\n      ...Note\n    }\n  }\n}\n\nsubscription WatchRoom($room: ID!, $after: ChatCursor) {\n  newChat(room: $room, after: $after) {\n    cursor\n    ...Note\n  }\n}\n\nsubscription FollowChanges($room: ID!) {\n  chatChanged(room: $room) {\n    cursor\n    ...Note\n  }\n}\n\nmutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    accessToken\n  }\n}\n\nmutation Send($input: SendChatInput!) {\n  sendChat(input: $input) {\n    id\n  }\n}": types.NoteFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment Note on Chat {\n  id\n  author\n  text\n  sentAt\n  hidden\n  shownEmotion\n  empathies {\n    empathy\n    count\n  }\n}\n\nquery Recent {\n  recentChats(first: 30) {\n    cursor\n    items {\n      cursor\n      ...Note\n    }\n  }\n}\n\nsubscription WatchRoom($room: ID!, $after: ChatCursor) {\n  newChat(room: $room, after: $after) {\n    cursor\n    ...Note\n  }\n}\n\nsubscription FollowChanges($room: ID!) {\n  chatChanged(room: $room) {\n    cursor\n    ...Note\n  }\n}\n\nmutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    accessToken\n  }\n}\n\nmutation Send($input: SendChatInput!) {\n  sendChat(input: $input) {\n    id\n  }\n}"): typeof import('./graphql').NoteFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
