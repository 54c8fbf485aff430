import WebSocket from 'ws';
import { TestApp, type Person } from '../support/app';
import { until } from '../support/until';

/** Mistakes that newcomers make. Each answer names what to do instead. */
let app: TestApp;
let person: Person;
beforeAll(async () => {
  app = await TestApp.start();
  person = await app.person();
});

const http = (path: string): string => app.app.urls.http.replace('/graphql', path);
const live = (path: string): string => app.app.urls.ws.replace('ws:', 'http:').replace('/graphql', path);

interface Told {
  readonly status: number;
  readonly message: string;
}
async function told(url: string, init: RequestInit = {}): Promise<Told> {
  const response = await fetch(url, init);
  const body = (await response.json()) as { errors: [{ message: string }] };
  return { status: response.status, message: body.errors[0].message };
}

async function firstError(query: string, variables: object = {}): Promise<{ message: string; code: unknown }> {
  const { errors } = await app.postRaw({ query, variables }, person.accessToken);
  return { message: errors[0]?.message ?? '', code: errors[0]?.extensions['code'] };
}

const refusalBody = (message: string, code: string): string =>
  `${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`;

/** Why an upgrade is refused or the socket is closed. */
async function refusal(url: string, protocol: string): Promise<string> {
  const ws = new WebSocket(url, protocol);
  let said: string | undefined;
  ws.on('unexpected-response', (_, response) => {
    response.setEncoding('utf8').on('data', (text: string) => (said = `${response.statusCode} ${text}`));
  });
  ws.on('close', (code, reason) => (said ??= `${code} ${String(reason)}`));
  ws.on('error', () => undefined);
  return until(() => said).finally(() => ws.terminate());
}

test('a variable that is missing is named, with its type', async () => {
  const { message, code } = await firstError('query ($room: ID!) { mood(room: $room) { valence } }');
  expect([message, code]).toEqual(['Variable "$room" of required type "ID!" was not provided.', 'BAD_USER_INPUT']);
});

test('an unknown field is named, with its type', async () => {
  const { message, code } = await firstError('{ recentChats { items { autor } } }');
  expect([message, code]).toEqual(['Cannot query field "autor" on type "Chat".', 'GRAPHQL_VALIDATION_FAILED']);
});

test('an argument that is missing is named, with its type', async () => {
  const { message } = await firstError('{ usernameAvailable }');
  expect(message).toBe('Field "usernameAvailable" argument "username" of type "String!" is required, but it was not provided.');
});

test('another path is told where the API is', async () => {
  expect(await told(http('/api'), { method: 'POST' })).toEqual({
    status: 404,
    message: 'There is nothing here. The API is at /graphql.',
  });
});

test('a query without JSON is told how to send it', async () => {
  const { status, message } = await told(http('/graphql'), { method: 'POST', body: '{ rooms { id } }' });
  expect([status, message]).toEqual([415, 'Send the request as application/json in UTF-8.']);
});

test('a subscription by HTTP is told where subscriptions are', async () => {
  const { message } = await firstError('subscription { newChat { text } }');
  expect(message).toBe(
    `Subscriptions are served at ${app.app.urls.ws}, by WebSocket with the protocol graphql-transport-ws, ` +
      `or as server-sent events at ${live('/graphql/stream')}.`,
  );
});

test('HTTP on the live port is told what is served there', async () => {
  const { status, message } = await told(live('/graphql'));
  expect(status).toBe(426);
  expect(message).toContain('WebSocket with the protocol graphql-transport-ws');
  expect(message).toContain('Send queries and mutations to the HTTP port.');
  expect((await told(live('/other'))).message).toBe(
    'Subscriptions are served at /graphql (WebSocket) and /graphql/stream (server-sent events).',
  );
});

test('events at the API port are told their port', async () => {
  expect(await told(http('/graphql/stream'))).toEqual({
    status: 421,
    message: `Events are served on the port of the subscriptions: ${live('/graphql/stream')}`,
  });
});

test('a WebSocket on the API port is told the right one', async () => {
  expect(await refusal(app.app.urls.http.replace('http:', 'ws:'), 'graphql-transport-ws')).toBe(
    `421 ${refusalBody(`Subscriptions are served on a port of their own: ${app.app.urls.ws}`, 'BAD_REQUEST')}`,
  );
});

test('a WebSocket on another path is told the right one', async () => {
  expect(await refusal(app.app.urls.ws.replace('/graphql', '/subscriptions'), 'graphql-transport-ws')).toBe(
    `404 ${refusalBody('Subscriptions are served at /graphql (WebSocket) and /graphql/stream (server-sent events).', 'NOT_FOUND')}`,
  );
});

test('the protocol of old is told the new one', async () => {
  expect(await refusal(app.app.urls.ws, 'graphql-ws')).toBe(
    '4406 Use the subprotocol graphql-transport-ws, for example by the npm package graphql-ws',
  );
});

test('a query on a socket is told to go by HTTP', async () => {
  const errors: unknown[] = [];
  app
    .wsClient()
    .subscribe(
      { query: '{ rooms { id } }' },
      { next: () => undefined, error: (error) => errors.push(...(error as unknown[])), complete: () => undefined },
    );
  await until(() => errors.length > 0);
  expect(errors[0]).toMatchObject({ message: 'Only subscriptions are served here. Send queries and mutations by HTTP.' });
});

test('a token in the wrong place or form is told where it goes', async () => {
  const { errors } = await app.postRaw({ query: '{ me { id } }' }, undefined, { authorization: person.accessToken });
  expect(errors[0]?.message).toBe('Authorization must be "Bearer <access token>".');
});
