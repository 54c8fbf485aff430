import { get, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { createClient, type Client } from 'graphql-sse';
import { DomainError, unauthenticated } from '../../src/domain/errors';
import { encodeCursor } from '../../src/domain/position';
import type { Viewer } from '../../src/domain/user';
import { LiveRig, NEW_CHAT } from '../support/live-rig';
import { until } from '../support/until';

let rig: LiveRig;
const undo: (() => void)[] = [];
afterEach(async () => {
  for (const end of undo.splice(0)) end();
  await rig.stop();
});

const streamUrl = (): string => rig.url.replace('ws:', 'http:').replace('/graphql', '/graphql/stream');

/** Tokens are `Bearer <user>:<expiresAt>`. */
const viewerOf = (authorization: string | undefined): Viewer | null => {
  if (authorization === undefined) return null;
  const [, name = '', expiresAt = ''] = /^Bearer (\w+):(\d+)$/.exec(authorization) ?? [];
  if (!name) throw unauthenticated('TOKEN_INVALID');
  return { sessionId: `s-${name}`, userId: `u-${name}`, username: name, expiresAt: Number(expiresAt) };
};

interface Received {
  readonly texts: string[];
  readonly problems: unknown[];
  ended: boolean;
  failure: unknown;
  stop: () => void;
}

/** Subscribes with the client of graphql-sse. */
function listen(variables: object = {}, query = NEW_CHAT, headers: Record<string, string> = {}): Received {
  const client: Client = createClient({ url: streamUrl(), retryAttempts: 0, headers });
  const received: Received = { texts: [], problems: [], ended: false, failure: undefined, stop: () => undefined };
  received.stop = client.subscribe<{ newChat: { text: string } }>(
    { query, variables: { ...variables } },
    {
      next: ({ data, errors }) => {
        if (data) received.texts.push(data.newChat.text);
        received.problems.push(...(errors ?? []).map(({ extensions }) => extensions['code']));
      },
      error: (error) => (received.failure = error),
      complete: () => (received.ended = true),
    },
  );
  undo.push(() => {
    received.stop();
    client.dispose();
  });
  return received;
}

/** Sends a request and collects the raw body of the response. */
async function open(
  init: { method?: string; headers?: Record<string, string>; body?: string; query?: string } = {},
): Promise<{ response: IncomingMessage; text: () => string }> {
  const { method = 'POST', body = JSON.stringify({ query: NEW_CHAT }), query = '' } = init;
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json', ...init.headers };
  return new Promise((resolve, reject) => {
    const request = httpRequest(streamUrl() + query, { method, headers }, (response) => {
      let text = '';
      response.on('data', (data: Buffer) => (text += String(data)));
      response.on('error', () => undefined);
      resolve({ response, text: () => text });
    });
    request.on('error', reject);
    request.end(method === 'GET' ? undefined : body);
    undo.push(() => request.destroy());
  });
}

const members = (count: number) => until(() => rig.server.socketCount === count);

describe('a stream', () => {
  beforeEach(async () => {
    rig = await LiveRig.start({ authenticate: viewerOf });
  });

  it('sends missed messages after a cursor and then live messages to the graphql-sse client', async () => {
    const [first] = rig.log.put('main', 'm0', 'm1', 'm2');
    if (!first) throw new Error('the log returned no entry');
    const received = listen({ after: encodeCursor(first) });
    await until(() => received.texts.length === 2);
    rig.log.put('main', '나무 🌳', 'm4');
    await until(() => received.texts.length === 4);
    expect(received.texts).toEqual(['m1', 'm2', '나무 🌳', 'm4']);
  });

  it('can be requested by GET, as an EventSource does', async () => {
    const query = `?query=${encodeURIComponent(NEW_CHAT)}&variables=${encodeURIComponent('{"after":null}')}`;
    const { response, text } = await open({ method: 'GET', query });
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(response.headers['x-accel-buffering']).toBe('no');
    await until(() => rig.hub.hasSubscribers('newChat', 'main'));
    rig.log.put('main', 'one');
    await until(() => text().includes('one'));
    expect(text()).toMatch(/^:\n\n: live\n\nevent: next\ndata: \{"data":\{"newChat":\{"text":"one","cursor":"[^"]+"\}\}\}\n\n$/);
  });

  it('ends its subscription when the client disconnects', async () => {
    const received = listen();
    await until(() => rig.hub.groupCount === 1);
    received.stop();
    await until(() => rig.hub.groupCount === 0);
    await members(0);
  });

  it.each([
    ['an unknown room', 'subscription { newChat(room: "nowhere") { text } }', {}, 'NOT_FOUND'],
    ['an invalid cursor', NEW_CHAT, { after: 'garbage' }, 'BAD_USER_INPUT'],
    ['an unknown field', 'subscription { newChat { colour } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a syntax error', 'subscription {', {}, 'GRAPHQL_PARSE_FAILED'],
    ['a query', '{ rooms { id } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ])('sends an error event and completes for %s', async (_, query, variables, code) => {
    const received = listen(variables, query);
    await until(() => received.ended);
    expect([received.texts, received.problems]).toEqual([[], [code]]);
    await members(0);
  });

  it('sends an error event for an invalid token', async () => {
    const received = listen({}, NEW_CHAT, { authorization: 'Bearer nonsense' });
    await until(() => received.ended);
    expect(received.problems).toEqual(['UNAUTHENTICATED']);
  });

  it('sends an error event when the session ends', async () => {
    const received = listen({}, NEW_CHAT, { authorization: `Bearer mina:${rig.now + 1_000}` });
    await until(() => rig.hub.groupCount === 1);
    rig.now += 1_000;
    await until(() => received.ended);
    expect(received.problems).toEqual(['UNAUTHENTICATED']);
  });

  it('sends CURSOR_EXPIRED when the log begins a new epoch', async () => {
    const received = listen();
    await until(() => rig.hub.groupCount === 1);
    rig.log.recreate('e2');
    await until(() => received.ended);
    expect(received.problems).toEqual(['CURSOR_EXPIRED']);
  });

  it('sends UNAVAILABLE while the store is unavailable', async () => {
    rig.roomExists = () => Promise.reject(new DomainError('UNAVAILABLE', 'Not now.', { retryAfter: 1 }));
    const received = listen();
    await until(() => received.ended);
    expect(received.problems).toEqual(['UNAVAILABLE']);
  });

  it('ends without complete when the server stops, so that the client reconnects', async () => {
    const { response, text } = await open();
    let broke = false;
    response.on('error', () => (broke = true));
    await until(() => rig.hub.groupCount === 1);
    await rig.server.stop();
    await until(() => broke);
    expect(text()).not.toContain('complete');
    await expect(open().then(({ response: { statusCode } }) => statusCode)).resolves.toBe(503);
  });

  it('is closed after 1 MiB is waiting for a stalled client, and other streams continue', async () => {
    const reader = listen();
    const stalled = await open();
    stalled.response.pause();
    stalled.response.socket.pause();
    await until(() => rig.server.socketCount === 2 && rig.hub.hasSubscribers('newChat', 'main'));
    let sent = 0;
    while (rig.server.socketCount === 2) {
      for (let i = 0; i < 200; i++) rig.log.put('main', `${sent++} ${'x'.repeat(900)}`);
      await until(() => reader.texts.length === sent);
      if (sent > 100_000) throw new Error('never cut off');
    }
    expect(reader.failure).toBeUndefined();
  });

  it('can be followed by another request on a keep-alive connection', async () => {
    const refused = await open({ headers: { connection: 'keep-alive' }, body: '{"query":"subscription {"}' });
    await until(() => refused.response.complete);
    expect(refused.text()).toMatch(/event: complete\ndata:\n\n$/);
    await members(0);
  });
});

describe('a request for a stream', () => {
  it.each([
    ['with the method PUT', { method: 'PUT' }, 405],
    ['with the method DELETE', { method: 'DELETE' }, 405],
    ['without the content type of JSON', { headers: { 'content-type': 'text/plain' } }, 415],
    ['with a body that is not JSON', { body: 'oops' }, 400],
    ['larger than 16 KiB', { body: JSON.stringify({ query: `# ${'x'.repeat(16 * 1024)}` }) }, 413],
    ['that accepts JSON only', { headers: { accept: 'application/json' } }, 406],
  ])('%s is refused with a status and a message', async (_, init, status) => {
    rig = await LiveRig.start();
    const { response, text } = await open(init);
    await until(() => response.complete);
    expect([response.statusCode, JSON.parse(text())]).toEqual([
      status,
      { errors: [{ message: expect.any(String) as string, extensions: { code: 'BAD_REQUEST' } }] },
    ]);
  });

  it.each([
    ['no query', '{}', 'BAD_USER_INPUT'],
    ['an operationName that is not a string', JSON.stringify({ query: NEW_CHAT, operationName: 5 }), 'BAD_USER_INPUT'],
    ['variables that are not an object', JSON.stringify({ query: NEW_CHAT, variables: [] }), 'BAD_USER_INPUT'],
  ])('with %s gets an error event', async (_, body, code) => {
    rig = await LiveRig.start();
    const { response, text } = await open({ body });
    await until(() => response.complete);
    expect([response.statusCode, text()]).toEqual([200, expect.stringContaining(`"code":"${code}"`)]);
  });

  it('counts against the limits of address and user together with sockets', async () => {
    rig = await LiveRig.start({ authenticate: viewerOf, maxSocketsPerAddress: 3, maxSocketsPerUser: 2 });
    const authorization = `Bearer mina:${rig.now + 100_000}`;
    await rig.connect({ authorization });
    const second = listen({}, NEW_CHAT, { authorization });
    await members(2);
    const { response } = await open({ headers: { authorization } });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '5']);
    await rig.connect();
    expect((await open()).response.statusCode).toBe(429);
    expect((await rig.dial()).refused).toBe(429);
    second.stop();
    await members(2);
    listen({}, NEW_CHAT, { authorization });
    await members(3);
  });

  it('counts against the limit of its address even if its body arrives late', async () => {
    rig = await LiveRig.start({ maxSocketsPerAddress: 2 });
    const statuses: (number | undefined)[] = [];
    const { port } = new URL(streamUrl());
    const body = JSON.stringify({ query: NEW_CHAT });
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const requests = Array.from({ length: 5 }, () => {
      const request = httpRequest({ port, path: '/graphql/stream', method: 'POST', headers });
      request.on('response', (response) => {
        statuses.push(response.statusCode);
        response.resume().on('error', () => undefined);
      });
      request.on('error', () => undefined).flushHeaders();
      return request;
    });
    await until(() => rig.requests === 5);
    for (const request of requests) request.end(body);
    await until(() => statuses.length === 5);
    expect(statuses.sort()).toEqual([200, 200, 429, 429, 429]);
    for (const request of requests) request.destroy();
  });

  it('from a foreign origin is refused, and from an allowed origin is answered with CORS headers', async () => {
    rig = await LiveRig.start({ allowsOrigin: (origin) => origin === undefined || origin === 'https://wall.example' });
    expect((await open({ headers: { origin: 'https://evil.test' } })).response.statusCode).toBe(403);
    const ours = await open({ headers: { origin: 'https://wall.example' } });
    expect([ours.response.statusCode, ours.response.headers['access-control-allow-origin']]).toEqual([
      200,
      'https://wall.example',
    ]);
    const preflight = await open({ method: 'OPTIONS', headers: { origin: 'https://wall.example' } });
    expect([preflight.response.statusCode, preflight.response.headers['access-control-allow-headers']]).toEqual([
      204,
      expect.stringContaining('authorization'),
    ]);
  });

  it('with HEAD is answered with 405 and no body, and the connection serves the next request', async () => {
    rig = await LiveRig.start();
    const socket = connect(Number(new URL(rig.url).port), '127.0.0.1');
    undo.push(() => socket.destroy());
    let text = '';
    socket.setEncoding('latin1').on('data', (data: string) => (text += data));
    const target = `/graphql/stream?query=${encodeURIComponent('subscription {')}`;
    socket.write(`HEAD ${target} HTTP/1.1\r\nHost: x\r\n\r\nGET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(() => text.includes('event: complete'));
    expect(text).toMatch(/^HTTP\/1\.1 405 [^]*?allow: GET, POST, OPTIONS[^]*?\r\n\r\nHTTP\/1\.1 200 /i);
  });

  it('may have any header that the preflight asks for', async () => {
    rig = await LiveRig.start();
    const asked = 'authorization,content-type,apollo-require-preflight,x-trace-id';
    const { response } = await open({
      method: 'OPTIONS',
      headers: { origin: 'https://wall.example', 'access-control-request-headers': asked },
    });
    expect(response.headers['access-control-allow-headers']).toBe(asked);
    expect(response.headers.vary).toBe('Origin, Access-Control-Request-Headers');
  });

  it('by GET may have empty parameters', async () => {
    rig = await LiveRig.start();
    const query = `?query=${encodeURIComponent('subscription {newChat{text}}')}&operationName=&variables=&extensions=`;
    const { text } = await open({ method: 'GET', query });
    await until(() => rig.hub.hasSubscribers('newChat', 'main') || text().includes('errors'));
    expect(text()).not.toContain('errors');
  });

  it('for multipart gets heartbeats, errors as a payload, and the closing boundary', async () => {
    rig = await LiveRig.start();
    const headers = { accept: 'multipart/mixed;subscriptionSpec=1.0, application/json' };
    const { response, text } = await open({ headers, body: JSON.stringify({ query: '{ rooms { id } }' }) });
    await until(() => response.complete);
    expect(text()).toMatch(
      /^--graphql\r\nContent-Type: application\/json\r\n\r\n\{"payload":\{"errors":\[.*\]\}\}\r\n--graphql--\r\n$/,
    );
    const live = await open({ headers });
    await until(() => live.text().split('\r\n\r\n{}\r\n--graphql').length > 2);
  });

  it('is answered on the separate port of the live server too', async () => {
    rig = await LiveRig.start();
    const port = await rig.server.listen(0, '127.0.0.1');
    const response = await new Promise<IncomingMessage>((resolve) => {
      const request = get(
        `http://127.0.0.1:${port}/graphql/stream?query=${encodeURIComponent(NEW_CHAT)}`,
        { headers: { accept: 'text/event-stream' } },
        resolve,
      );
      request.on('error', () => undefined);
      undo.push(() => request.destroy());
    });
    expect(response.statusCode).toBe(200);
  });
});
