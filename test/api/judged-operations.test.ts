import { SendChatDocument } from '../support/generated/graphql';
import { TestApp, type Person } from '../support/app';

let app: TestApp;
let mina: Person;

beforeAll(async () => {
  app = await TestApp.start();
  mina = await app.person('mina');
});

interface Sent {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null;
  readonly extensions?: unknown;
}

interface Options {
  readonly token?: string | null;
  readonly accept?: string;
}

/** Status, headers and bytes of the answer. */
async function answerTo(body: Sent, { token = mina.accessToken, accept }: Options): Promise<unknown> {
  const response = await fetch(app.app.urls.http, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(accept !== undefined && { accept }),
    },
    body: JSON.stringify(body),
  });
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  return { status: response.status, headers, text: await response.text() };
}

const send = String(SendChatDocument);
const input = { clientMessageId: 'same', room: 'main', text: 'hello' };
const REQUESTS: readonly (readonly [what: string, body: Sent, options?: Options])[] = [
  ['a mutation', { query: send, variables: { input } }],
  ['a variable of another type', { query: send, variables: { input: { ...input, text: 7, more: 1 } } }],
  ['a missing variable', { query: send }],
  ['null for variables', { query: send, variables: null }],
  ['a refused input', { query: send, variables: { input: { ...input, clientMessageId: 'long', text: 'x'.repeat(2_000) } } }],
  ['an unknown room', { query: send, variables: { input: { ...input, clientMessageId: 'nowhere', room: 'nowhere' } } }],
  ['a conflict', { query: send, variables: { input: { ...input, text: 'other' } } }],
  ['no token', { query: send, variables: { input } }, { token: null }],
  ['an invalid token', { query: send, variables: { input } }, { token: 'x' }],
  ['an invalid token and an open field', { query: '{ usernameAvailable(username: "x_y_z") }' }, { token: 'x' }],
  ['a query', { query: '{ rooms { id title online question { id } } me { id isAdmin messageCount } __typename }' }],
  [
    'fragments and aliases',
    { query: '{ a: recentChats { ...R } } fragment R on RecentChats { items { id t: text empathies { count } } cursor }' },
  ],
  ['data beside an error', { query: '{ rooms { id } chats(room: "nowhere") { edges { node { id } } } chat(id: "x") { id } }' }],
  [
    'variables that are conditions',
    { query: 'query ($on: Boolean!) { me { id @include(if: $on) username } }', variables: { on: false } },
  ],
  ['introspection', { query: '{ __type(name: "Chat") { fields { name } } }' }],
  ['one of two operations', { query: 'query A { me { id } } query B { me { username } }', operationName: 'B' }],
  ['an operation that is not there', { query: 'query A { me { id } } query B { me { username } }', operationName: 'C' }],
  ['no name for two operations', { query: 'query A { me { id } } query B { me { username } }' }],
  ['a subscription', { query: 'subscription { newChat { id } }' }],
  [
    'a costly operation',
    { query: '{ a: chatLogs(pageSize: 100) { items { emotions { score } } } b: chatLogs(pageSize: 100) { items { id } } }' },
  ],
  ['an invalid document', { query: '{ nothing }' }],
  ['variables that are a list', { query: send, variables: [] }],
  ['extensions', { query: '{ me { id } }', extensions: { more: 1 } }],
  [
    'a hash that is not that of the text',
    { query: '{ me { id } }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
  ],
  ['another media type', { query: '{ me { id } }' }, { accept: 'application/graphql-response+json' }],
  ['a list of media types', { query: '{ me { id } }' }, { accept: 'text/html;q=0.9, application/json;q=0.5, */*' }],
  ['a media type that is not offered', { query: '{ me { id } }' }, { accept: 'text/html' }],
];

/** The first answer is Apollo Server's. Later ones of a judged operation come from its compiled form. */
test.each(REQUESTS.map(([what, body, options]) => ({ what, body, options })))(
  'answers $what the second time as the first time',
  async ({ body, options = {} }) => {
    const first = await answerTo(body, options);
    expect(await answerTo(body, options)).toEqual(first);
    expect(await answerTo(body, options)).toEqual(first);
  },
);
