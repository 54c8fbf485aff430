const HTTP = process.env.HTTP_URL ?? 'http://localhost:4000/graphql';
const EVENTS = process.env.EVENTS_URL ?? 'http://localhost:4001/graphql/stream';

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

// 1. Make an account. The answer holds an access token.
const username = `fetch_${Date.now() % 1e9}`;
const { register } = await ask('mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }', {
  input: { username, password: 'quiet-otter-7' },
});

// 2. Send. The same clientMessageId again returns the first message, so a send without an answer can be repeated.
const { sendChat } = await ask(
  'mutation ($input: SendChatInput!) { sendChat(input: $input) { id author text } }',
  { input: { clientMessageId: crypto.randomUUID(), text: 'hello from fetch' } },
  register.accessToken,
);
console.log('sent', sendChat.text);

// 3. Page through the whole history, newest first.
let messages = 0;
for (let after = null, more = true; more;) {
  const { chats } = await ask(
    'query ($after: ChatCursor) { chats(first: 20, after: $after) { edges { node { text } } pageInfo { hasNextPage endCursor } } }',
    { after },
  );
  messages += chats.edges.length;
  after = chats.pageInfo.endCursor;
  more = chats.pageInfo.hasNextPage;
}

// 4. Listen from a place, and after an interruption from the last message: nothing is missed, nothing comes twice.
let { cursor } = (await ask('{ recentChats(first: 1) { cursor } }')).recentChats;
console.log('paged', messages);

async function listen() {
  const response = await fetch(EVENTS, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({
      query: 'subscription ($after: ChatCursor) { newChat(after: $after) { text cursor } }',
      variables: { after: cursor },
    }),
  });
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const [, json] = /^data: (.+)$/m.exec(event) ?? [];
      if (!json) continue;
      const { data, errors } = JSON.parse(json);
      if (errors) throw new Error(errors[0].message);
      cursor = data.newChat.cursor;
      console.log('message', data.newChat.text);
    }
  }
}
for (;;) {
  await listen().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 500));
}
