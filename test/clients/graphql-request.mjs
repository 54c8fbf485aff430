import { GraphQLClient } from 'graphql-request';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const api = new GraphQLClient(process.env.HTTP_URL ?? 'http://localhost:4000/graphql');

// 1. Make an account, and act for it from now on.
const { register } = await api.request('mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }', {
  input: { username: `request_${Date.now() % 1e9}`, password: 'quiet-otter-7' },
});
api.setHeader('authorization', `Bearer ${register.accessToken}`);

// 2. Send. The same clientMessageId again returns the first message.
const { sendChat } = await api.request('mutation ($input: SendChatInput!) { sendChat(input: $input) { text } }', {
  input: { clientMessageId: crypto.randomUUID(), text: 'hello from graphql-request' },
});
console.log('sent', sendChat.text);

// 3. Page through the whole history, newest first.
const PAGE = `query ($after: ChatCursor) {
  chats(first: 20, after: $after) { edges { node { text } } pageInfo { hasNextPage endCursor } }
}`;
let messages = 0;
for (let after = null, more = true; more;) {
  const { chats } = await api.request(PAGE, { after });
  messages += chats.edges.length;
  after = chats.pageInfo.endCursor;
  more = chats.pageInfo.hasNextPage;
}

// 4. Listen by graphql-ws, and after an interruption from the last message.
let { cursor } = (await api.request('{ recentChats(first: 1) { cursor } }')).recentChats;
console.log('paged', messages);
const live = createClient({
  url: process.env.WS_URL ?? 'ws://localhost:4001/graphql',
  webSocketImpl: WebSocket,
  // The loop below comes back itself, because it has to ask from another place each time.
  retryAttempts: 0,
});
for (;;) {
  const events = live.iterate({
    query: 'subscription ($after: ChatCursor) { newChat(after: $after) { text cursor } }',
    variables: { after: cursor },
  });
  try {
    for await (const { data } of events) {
      cursor = data.newChat.cursor;
      console.log('message', data.newChat.text);
    }
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
