import { connectLive } from 'jungle-buzz/client';
import WebSocket from 'ws';

const HTTP = process.env.HTTP_URL ?? 'http://localhost:4000/graphql';

async function ask(query, variables, token) {
  const response = await fetch(HTTP, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
  return data;
}

// 1. Make an account, and send. The same clientMessageId again returns the first message.
const { register } = await ask('mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }', {
  input: { username: `client_${Date.now() % 1e9}`, password: 'quiet-otter-7' },
});
const { sendChat } = await ask(
  'mutation ($input: SendChatInput!) { sendChat(input: $input) { text shownEmotion } }',
  { input: { clientMessageId: crypto.randomUUID(), text: 'hello from jungle-buzz/client', feeling: 'JOY' } },
  register.accessToken,
);
console.log('sent', sendChat.text, sendChat.shownEmotion);

// 2. Page through the whole history, newest first.
let messages = 0;
for (let after = null, more = true; more;) {
  const { chats } = await ask(
    'query ($after: ChatCursor) { chats(first: 20, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }',
    { after },
  );
  messages += chats.edges.length;
  after = chats.pageInfo.endCursor;
  more = chats.pageInfo.hasNextPage;
}

// 3. Watch the room: load and subscribe. The client reconnects, asks for the messages it missed, and follows those that change.
const FIELDS = 'text shownEmotion cursor';
const live = connectLive({
  url: process.env.WS_URL ?? 'ws://localhost:4001/graphql',
  accessToken: () => register.accessToken,
  onState: (state) => console.log('state', state),
  // Browsers, and Node from 22 on, have one of their own.
  webSocketImpl: WebSocket,
});
live.watchRoom({
  room: 'main',
  query: `subscription ($room: ID!, $after: ChatCursor) { newChat(room: $room, after: $after) { ${FIELDS} } }`,
  changes: `subscription ($room: ID!) { chatChanged(room: $room) { ${FIELDS} } }`,
  load: async () => (await ask(`{ recentChats(first: 1) { items { ${FIELDS} } cursor } }`)).recentChats,
  onLoaded: () => console.log('paged', messages),
  onChats: (chats) => chats.forEach(({ text }) => console.log('message', text)),
  onChanged: (chats) => chats.forEach(({ text, shownEmotion }) => console.log('changed', text, shownEmotion)),
});
