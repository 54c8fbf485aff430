import { graphql } from 'relay-runtime';

export const register = graphql`
  mutation operationsRegisterMutation($input: RegisterInput!) {
    register(input: $input) {
      accessToken
    }
  }
`;
export const send = graphql`
  mutation operationsSendMutation($input: SendChatInput!) {
    sendChat(input: $input) {
      id
      text
    }
  }
`;
export const page = graphql`
  query operationsPageQuery($after: ChatCursor) {
    chats(first: 20, after: $after) {
      edges {
        node {
          id
          text
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;
export const recent = graphql`
  query operationsRecentQuery {
    recentChats(first: 1) {
      cursor
    }
  }
`;
export const newChat = graphql`
  subscription operationsNewChatSubscription($after: ChatCursor) {
    newChat(after: $after) {
      id
      text
      cursor
    }
  }
`;
