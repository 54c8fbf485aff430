import { gql } from '@apollo/client';

export const JOIN = gql`
  mutation Join($input: RegisterInput!) {
    register(input: $input) {
      accessToken
    }
  }
`;
export const SEND = gql`
  mutation Send($input: SendChatInput!) {
    sendChat(input: $input) {
      text
    }
  }
`;
export const NEW_CHAT = gql`
  subscription NewChat {
    newChat {
      text
    }
  }
`;
