import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

// Node 22 and browsers have their own. Apollo's link needs it to be global, or a refused connection ends the program.
globalThis.WebSocket ??= WebSocket;

let token;
const http = new HttpLink({
  uri: process.env.HTTP_URL ?? 'http://localhost:4000/graphql',
  fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) } }),
});
const ws = new GraphQLWsLink(
  createClient({
    url: process.env.WS_URL ?? 'ws://localhost:4001/graphql',
    connectionParams: () => (token ? { authorization: `Bearer ${token}` } : {}),
    // `listen` below comes back itself, because it has to ask from another place each time.
    retryAttempts: 0,
  }),
);
const client = new ApolloClient({
  // Subscriptions go to their own port, all else by HTTP.
  link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, ws, http),
  cache: new InMemoryCache(),
  defaultOptions: { query: { fetchPolicy: 'no-cache' } },
});

// 1. Make an account, and act for it from now on.
const { data: joined } = await client.mutate({
  mutation: gql`
    mutation ($input: RegisterInput!) {
      register(input: $input) {
        accessToken
      }
    }
  `,
  variables: { input: { username: `apollo_${Date.now() % 1e9}`, password: 'quiet-otter-7' } },
});
token = joined.register.accessToken;

// 2. Send. The same clientMessageId again returns the first message.
const { data: sent } = await client.mutate({
  mutation: gql`
    mutation ($input: SendChatInput!) {
      sendChat(input: $input) {
        id
        text
      }
    }
  `,
  variables: { input: { clientMessageId: crypto.randomUUID(), text: 'hello from Apollo' } },
});
console.log('sent', sent.sendChat.text);

// 3. Page through the whole history, newest first.
const PAGE = gql`
  query ($after: ChatCursor) {
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
let messages = 0;
for (let after = null, more = true; more;) {
  const { data } = await client.query({ query: PAGE, variables: { after } });
  messages += data.chats.edges.length;
  after = data.chats.pageInfo.endCursor;
  more = data.chats.pageInfo.hasNextPage;
}

// 4. Listen from a place, and after an interruption from the last message: nothing is missed, nothing comes twice.
const { data: recent } = await client.query({
  query: gql`
    {
      recentChats(first: 1) {
        cursor
      }
    }
  `,
});
let { cursor } = recent.recentChats;
console.log('paged', messages);

const NEW_CHAT = gql`
  subscription ($after: ChatCursor) {
    newChat(after: $after) {
      id
      text
      cursor
    }
  }
`;
function listen() {
  const again = () => setTimeout(listen, 500);
  client.subscribe({ query: NEW_CHAT, variables: { after: cursor } }).subscribe({
    next: ({ data, error }) => {
      if (error) return again();
      cursor = data.newChat.cursor;
      console.log('message', data.newChat.text);
    },
    error: again,
  });
}
listen();
