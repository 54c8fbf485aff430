import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { JOIN, NEW_CHAT, SEND } from './manifest/operations.mjs';

// Apollo Client that sends the ids of its manifest in place of documents. Sends and prints messages until it is killed.
const loadManifest = () => JSON.parse(readFileSync(process.env.MANIFEST, 'utf8'));
const http = new HttpLink({
  uri: process.env.ONE_PORT_URL,
  fetch: (url, init) => {
    if ('query' in JSON.parse(init.body)) console.log('error: the client sent a document');
    return fetch(url, init);
  },
});
const client = new ApolloClient({
  link: ApolloLink.from([new PersistedQueryLink(generatePersistedQueryIdsFromManifest({ loadManifest })), http]),
  cache: new InMemoryCache(),
});

const input = { username: `manifest_${Date.now() % 1e9}`, password: 'quiet-otter-7' };
const { data: joined } = await client.mutate({ mutation: JOIN, variables: { input } });
client.subscribe({ query: NEW_CHAT }).subscribe({
  next: ({ data, error }) => console.log(error ? `error ${error.message}` : `message ${data.newChat.text}`),
  error: (error) => console.log(`error ${error.message}`),
});
for (let number = 1; ; number++) {
  await client.mutate({
    mutation: SEND,
    variables: { input: { clientMessageId: crypto.randomUUID(), text: `by its id ${number}` } },
    context: { headers: { authorization: `Bearer ${joined.register.accessToken}` } },
  });
  await setTimeout(100);
}
