import WebSocket from 'ws';
import { TestApp, type Person } from '../support/app';
import { until } from '../support/until';

/** Common mistakes. Each answer says what to do instead. */
let app: TestApp;
let person: Person;
beforeAll(async () => {
  app = await TestApp.start();
  person = await app.person();
});

const http = (path: string): string => app.app.urls.http.replace('/graphql', path);
const live = (path: string): string => app.app.urls.ws.replace('ws:', 'http:').replace('/graphql', path);

interface ErrorAnswer {
  readonly status: number;
  readonly message: string;
}
async function errorOf(url: string, init: RequestInit = {}): Promise<ErrorAnswer> {
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

/** Status and body of a refused upgrade, or close code and reason. */
async function refusal(url: string, protocol: string): Promise<string> {
  const ws = new WebSocket(url, protocol);
  let answer: string | undefined;
  ws.on('unexpected-response', (_, response) => {
    response.setEncoding('utf8').on('data', (text: string) => (answer = `${response.statusCode} ${text}`));
  });
  ws.on('close', (code, reason) => (answer ??= `${code} ${String(reason)}`));
  ws.on('error', () => undefined);
  return until(() => answer).finally(() => ws.terminate());
}

test('the error for a missing variable names it and its type', async () => {
  const { message, code } = await firstError('query ($room: ID!) { mood(room: $room) { valence } }');
  expect([message, code]).toEqual(['Variable "$room" of required type "ID!" was not provided.', 'BAD_USER_INPUT']);
});

test('the error for an unknown field names it and its type', async () => {
  const { message, code } = await firstError('{ recentChats { items { autor } } }');
  expect([message, code]).toEqual(['Cannot query field "autor" on type "Chat".', 'GRAPHQL_VALIDATION_FAILED']);
});

test('the error for a missing argument names it and its type', async () => {
  const { message } = await firstError('{ usernameAvailable }');
  expect(message).toBe('Field "usernameAvailable" argument "username" of type "String!" is required, but it was not provided.');
});

test('the 404 of an unknown path names the path of the API', async () => {
  expect(await errorOf(http('/api'), { method: 'POST' })).toEqual({
    status: 404,
    message: 'Nothing is served at this path. The API is at /graphql.',
  });
});

test('the 415 of a body that is not JSON says how to send it', async () => {
  const { status, message } = await errorOf(http('/graphql'), { method: 'POST', body: '{ rooms { id } }' });
  expect([status, message]).toEqual([415, 'Send the request as application/json in UTF-8.']);
});

test('the error for a subscription over HTTP names the addresses of subscriptions', async () => {
  const { message } = await firstError('subscription { newChat { text } }');
  expect(message).toBe(
    `Subscriptions are not served here. Subscribe at ${app.app.urls.ws} by WebSocket with the subprotocol graphql-transport-ws, ` +
      `or at ${live('/graphql/stream')} by server-sent events.`,
  );
});

test('the answer to plain HTTP on the port of subscriptions says what is served there', async () => {
  const { status, message } = await errorOf(live('/graphql'));
  expect(status).toBe(426);
  expect(message).toContain('WebSocket with the protocol graphql-transport-ws');
  expect(message).toContain('Send queries and mutations to the HTTP port.');
  expect((await errorOf(live('/other'))).message).toBe(
    'Subscriptions are served at /graphql (WebSocket) and /graphql/stream (server-sent events).',
  );
});

test('the 421 of server-sent events on the port of the API names the right address', async () => {
  expect(await errorOf(http('/graphql/stream'))).toEqual({
    status: 421,
    message: `Server-sent events are served on the port of the subscriptions: ${live('/graphql/stream')}`,
  });
});

test('the 421 of a WebSocket on the port of the API names the right address', async () => {
  expect(await refusal(app.app.urls.http.replace('http:', 'ws:'), 'graphql-transport-ws')).toBe(
    `421 ${refusalBody(`Subscriptions are served at ${app.app.urls.ws}, not on this port.`, 'BAD_REQUEST')}`,
  );
});

test('the 404 of a WebSocket on an unknown path names the right paths', async () => {
  expect(await refusal(app.app.urls.ws.replace('/graphql', '/subscriptions'), 'graphql-transport-ws')).toBe(
    `404 ${refusalBody('Subscriptions are served at /graphql (WebSocket) and /graphql/stream (server-sent events).', 'NOT_FOUND')}`,
  );
});

test('the close reason for the obsolete subprotocol graphql-ws names graphql-transport-ws', async () => {
  expect(await refusal(app.app.urls.ws, 'graphql-ws')).toBe(
    '4406 Use the subprotocol graphql-transport-ws, for example by the npm package graphql-ws',
  );
});

test('the error for a query on a socket says to use HTTP', async () => {
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

test('the error for a token without Bearer shows the right form', async () => {
  const { errors } = await app.postRaw({ query: '{ me { id } }' }, undefined, { authorization: person.accessToken });
  expect(errors[0]?.message).toBe('Authorization must be "Bearer <access token>".');
});
