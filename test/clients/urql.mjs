import { Client, fetchExchange, gql, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

let token;
const live = createClient({
  url: process.env.WS_URL ?? 'ws://localhost:4001/graphql',
  webSocketImpl: WebSocket, // In a browser leave this out.
  connectionParams: () => (token ? { authorization: `Bearer ${token}` } : {}),
  // `listen` below comes back itself, because it has to ask from another place each time.
  retryAttempts: 0,
});
const client = new Client({
  url: process.env.HTTP_URL ?? 'http://localhost:4000/graphql',
  preferGetMethod: false,
  fetchOptions: () => ({ headers: token ? { authorization: `Bearer ${token}` } : {} }),
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query = '', variables }) => ({
        subscribe: (sink) => ({ unsubscribe: live.subscribe({ query, variables }, sink) }),
      }),
    }),
  ],
});
const dataOf = ({ data, error }) => {
  if (error) throw error;
  return data;
};

// 1. Make an account, and act for it from now on.
const { register } = dataOf(
  await client.mutation(
    gql`
      mutation ($input: RegisterInput!) {
        register(input: $input) {
          accessToken
        }
      }
    `,
    {
      input: { username: `urql_${Date.now() % 1e9}`, password: 'quiet-otter-7' },
    },
  ),
);
token = register.accessToken;

// 2. Send. The same clientMessageId again returns the first message.
const { sendChat } = dataOf(
  await client.mutation(
    gql`
      mutation ($input: SendChatInput!) {
        sendChat(input: $input) {
          id
          text
        }
      }
    `,
    {
      input: { clientMessageId: crypto.randomUUID(), text: 'hello from urql' },
    },
  ),
);
console.log('sent', sendChat.text);

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
  const { chats } = dataOf(await client.query(PAGE, { after }));
  messages += chats.edges.length;
  after = chats.pageInfo.endCursor;
  more = chats.pageInfo.hasNextPage;
}

// 4. Listen from a place, and after an interruption from the last message: nothing is missed, nothing comes twice.
let { cursor } = dataOf(
  await client.query(
    gql`
      {
        recentChats(first: 1) {
          cursor
        }
      }
    `,
    {},
  ),
).recentChats;
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
  const { unsubscribe } = client.subscription(NEW_CHAT, { after: cursor }).subscribe(({ data, error }) => {
    if (error) {
      unsubscribe();
      setTimeout(listen, 500);
      return;
    }
    cursor = data.newChat.cursor;
    console.log('message', data.newChat.text);
  });
}
listen();
