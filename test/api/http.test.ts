import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { TestApp } from '../support/app';
import { NewChatDocument, RecentChatsDocument } from '../support/generated/graphql';
import { until } from '../support/until';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});

interface Raw {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

function send(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Raw> {
  const url = new URL(path, app.app.urls.http);
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}
const JSON_TYPE = { 'content-type': 'application/json' };
const QUERY = JSON.stringify({ query: '{ me { id } }' });

test.each([
  ['is not JSON', 400, JSON_TYPE, '{"query":'],
  ['is empty', 400, JSON_TYPE, ''],
  ['has no query', 400, JSON_TYPE, '{}'],
  ['is an array of operations', 400, JSON_TYPE, `[${QUERY},${QUERY}]`],
  ['is larger than 64 KiB', 413, JSON_TYPE, JSON.stringify({ query: `{ me { id } } #${'x'.repeat(70_000)}` })],
  ['is plain text', 415, { 'content-type': 'text/plain' }, QUERY],
  ['is a form', 415, { 'content-type': 'application/x-www-form-urlencoded' }, 'query=%7Bme%7Bid%7D%7D'],
  ['has no type', 415, {}, QUERY],
  ['is in UTF-16', 415, { 'content-type': 'application/json; charset=utf-16' }, QUERY],
  ['is in an unknown charset', 415, { 'content-type': 'application/json; charset=ibm037' }, QUERY],
  ['has an unknown encoding', 415, { ...JSON_TYPE, 'content-encoding': 'zip' }, QUERY],
])('a request that %s gets %i with a GraphQL error, and the next request is served', async (_, status, headers, body) => {
  const answer = await send('POST', '/graphql', headers, body);
  expect(answer.status).toBe(status);
  const { errors } = JSON.parse(answer.body) as { errors: { message: string; extensions: { code: string } }[] };
  expect(errors[0]?.message).toEqual(expect.any(String));
  expect(errors[0]?.extensions.code).toEqual(expect.any(String));
  expect(answer.body).not.toMatch(/node_modules|\.ts:|\.js:/);
  expect((await send('POST', '/graphql', JSON_TYPE, QUERY)).body).toBe('{"data":{"me":null}}\n');
});

test('an answer of Apollo Server keeps its own Cache-Control', async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
  const { headers } = await send('POST', '/graphql', JSON_TYPE, JSON.stringify({ extensions }));
  expect(headers['cache-control']).toBe('private, no-cache, must-revalidate');
});

test('a request that ends in the middle of its body ends its connection alone', async () => {
  const { hostname, port } = new URL(app.app.urls.http);
  const socket = connect(Number(port), hostname);
  socket.end(`POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"query"`);
  socket.resume();
  await once(socket, 'close');
  expect((await send('POST', '/graphql', JSON_TYPE, QUERY)).body).toBe('{"data":{"me":null}}\n');
});

test.each(['PUT', 'DELETE', 'PATCH'])('%s on /graphql gets 405', async (method) => {
  const answer = await send(method, '/graphql', JSON_TYPE);
  expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, POST']);
});

test('GET serves queries with a header that no form can send, but no mutations', async () => {
  const preflighted = { 'apollo-require-preflight': 'true' };
  expect((await send('GET', '/graphql?query=%7Bme%7Bid%7D%7D', preflighted)).body).toBe('{"data":{"me":null}}\n');
  expect((await send('GET', '/graphql?query=%7Bme%7Bid%7D%7D')).status).toBe(400);
  expect((await send('GET', '/graphql?query=mutation%7Blogout%7D', preflighted)).status).toBe(405);
});

test('an executed operation with errors gets 200, and Retry-After repeats retryAfter', async () => {
  const full = await TestApp.start({ ROOMS_MAX: '1' });
  const person = await full.person();
  const answer = await full.postRaw(
    { query: 'mutation { createRoom(input: { id: "a", title: "A" }) { id } }' },
    person.accessToken,
  );
  expect(answer.status).toBe(200);
  expect(answer.errors[0]?.extensions).toEqual({ code: 'UNAVAILABLE', retryAfter: 3600 });
  expect(answer.headers.get('retry-after')).toBe('3600');
});

test('the error for an unknown field names it and nothing of the server', async () => {
  const answer = await app.postRaw({ query: '{ secrets }' });
  expect(answer.errors[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  expect(answer.errors[0]?.message).toContain('secrets');
});

test('a subscription over HTTP is refused with an explanation', async () => {
  const answer = await app.postRaw({ query: 'subscription { newChat { id } }' });
  expect(answer.errors[0]?.message).toMatch(/subscription/i);
});

test('both ports answer health checks, and the port of subscriptions says where queries go', async () => {
  const live = new URL(app.app.urls.ws.replace('ws:', 'http:'));
  for (const base of [new URL(app.app.urls.http), live]) {
    for (const path of ['/healthz', '/readyz']) expect((await fetch(new URL(path, base))).status).toBe(200);
  }
  const lost = await fetch(live, { method: 'POST', headers: JSON_TYPE, body: QUERY });
  expect(lost.status).toBe(426);
  expect(await lost.text()).toContain('HTTP port');
});

test('an unknown path gets 404 as JSON', async () => {
  const answer = await send('GET', '/nothing');
  expect([answer.status, JSON.parse(answer.body)]).toMatchObject([404, { errors: [{ extensions: { code: 'NOT_FOUND' } }] }]);
});

test('production serves neither introspection nor IDE pages and allows no other origins', async () => {
  const closed = await TestApp.start({
    NODE_ENV: 'production',
    JWT_SECRET: 'k'.repeat(40),
    BCRYPT_COST: '10',
    CORS_ORIGINS: 'https://a.org',
  });
  const answer = await closed.postRaw({ query: '{ __schema { types { name } } }' });
  expect(answer.errors[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  const base = closed.app.urls.http;
  expect((await fetch(new URL('/graphiql', base))).status).toBe(404);
  const origin = async (name: string) =>
    (await fetch(base, { method: 'POST', headers: { ...JSON_TYPE, origin: name }, body: QUERY })).headers.get(
      'access-control-allow-origin',
    );
  expect(await origin('https://a.org')).toBe('https://a.org');
  expect(await origin('https://a.org.evil.net')).toBeNull();
});

test('WS_PORT equal to PORT serves everything on one port', async () => {
  const probe = await TestApp.start();
  const port = new URL(probe.app.urls.http).port;
  await probe.stop();
  const one = await TestApp.start({ PORT: port, WS_PORT: port });
  expect(new URL(one.app.urls.ws).port).toBe(port);
  const person = await one.person();
  const { recentChats } = await one.ask(RecentChatsDocument, {});
  const stream = one.subscribe(NewChatDocument, { after: recentChats.cursor });
  await one.send(person, 'on one port');
  await until(() => stream.items.length === 1, 'the message arrives');
  stream.stop();
});
