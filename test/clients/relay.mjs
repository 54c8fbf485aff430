import relay from 'relay-runtime';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
// Written by relay-compiler from relay/operations.js; with Relay's Babel plugin use the graphql`` tags themselves.
import register from './relay/__generated__/operationsRegisterMutation.graphql.js';
import send from './relay/__generated__/operationsSendMutation.graphql.js';
import page from './relay/__generated__/operationsPageQuery.graphql.js';
import recent from './relay/__generated__/operationsRecentQuery.graphql.js';
import newChat from './relay/__generated__/operationsNewChatSubscription.graphql.js';

const { commitMutation, Environment, fetchQuery, Network, Observable, RecordSource, requestSubscription, Store } = relay;

let token;
const live = createClient({
  url: process.env.WS_URL ?? 'ws://localhost:4001/graphql',
  webSocketImpl: WebSocket, // In a browser leave this out.
  connectionParams: () => (token ? { authorization: `Bearer ${token}` } : {}),
  // `listen` below comes back itself, because it has to ask from another place each time.
  retryAttempts: 0,
});
const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(
    async ({ text }, variables) => {
      const response = await fetch(process.env.HTTP_URL ?? 'http://localhost:4000/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query: text, variables }),
      });
      return response.json();
    },
    ({ text }, variables) => Observable.create((sink) => live.subscribe({ query: text, variables }, sink)),
  ),
});
const mutate = (mutation, variables) =>
  new Promise((resolve, reject) => {
    commitMutation(environment, { mutation, variables, onCompleted: resolve, onError: reject });
  });

// 1. Make an account, and act for it from now on.
const joined = await mutate(register, {
  input: { username: `relay_${Date.now() % 1e9}`, password: 'quiet-otter-7' },
});
token = joined.register.accessToken;

// 2. Send. The same clientMessageId again returns the first message.
const sent = await mutate(send, { input: { clientMessageId: crypto.randomUUID(), text: 'hello from Relay' } });
console.log('sent', sent.sendChat.text);

// 3. Page through the whole history, newest first.
let messages = 0;
for (let after = null, more = true; more;) {
  const { chats } = await fetchQuery(environment, page, { after }).toPromise();
  messages += chats.edges.length;
  after = chats.pageInfo.endCursor;
  more = chats.pageInfo.hasNextPage;
}

// 4. Listen from a place, and after an interruption from the last message: nothing is missed, nothing comes twice.
let { cursor } = (await fetchQuery(environment, recent, {}).toPromise()).recentChats;
console.log('paged', messages);
function listen() {
  requestSubscription(environment, {
    subscription: newChat,
    variables: { after: cursor },
    onNext: (data) => {
      cursor = data.newChat.cursor;
      console.log('message', data.newChat.text);
    },
    onError: () => setTimeout(listen, 500),
  });
}
listen();
