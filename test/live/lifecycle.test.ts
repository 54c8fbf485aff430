import { createServer } from 'node:http';
import { connect as tcp, type AddressInfo } from 'node:net';
import WebSocket from 'ws';
import { unauthenticated } from '../../src/domain/errors';
import type { Viewer } from '../../src/domain/user';
import { originPolicy } from '../../src/servers/origin-policy';
import { LiveRig, type RawClient } from '../support/live-rig';
import { until } from '../support/until';

let rig: LiveRig;
afterEach(() => rig.stop());

/** Tokens are `Bearer <session>:<expiresAt>`; user of session s is u-s. */
const viewerOf = (authorization: string | undefined): Viewer | null => {
  if (authorization === undefined) return null;
  const [, sessionId = '', until = ''] = /^Bearer (\w+):(\d+)$/.exec(authorization) ?? [];
  if (!sessionId) throw unauthenticated('TOKEN_INVALID');
  return { sessionId, userId: `u-${sessionId[0]}`, username: sessionId, expiresAt: Number(until) };
};
const token = (session: string, until: number): object => ({ authorization: `Bearer ${session}:${until}` });
const closed = async (client: RawClient): Promise<number> => (await until(() => client.closed)).code;

describe('connection_init', () => {
  beforeEach(async () => {
    rig = await LiveRig.start({ authenticate: viewerOf });
  });

  it.each([
    ['no payload', undefined],
    ['an empty payload', {}],
    ['a null authorization', { authorization: null }],
    ['a good token', token('s', 9_999_999_999_999)],
  ])('with %s is acknowledged', async (_, payload) => {
    const client = await rig.connect(payload);
    expect(client.messages).toEqual([{ type: 'connection_ack' }]);
  });

  it.each([
    ['an invalid token', { authorization: 'Bearer nonsense' }],
    ['an authorization that is not a string', { authorization: { a: 1 } }],
  ])('with %s closes with 4403', async (_, payload) => {
    expect(await closed(await rig.connect(payload))).toBe(4403);
  });

  it('that is missing for three seconds closes the socket with 4408', async () => {
    expect(await closed(await rig.dial())).toBe(4408);
  });

  it('that is sent twice closes the socket with 4429', async () => {
    const client = await rig.connect();
    client.send({ type: 'connection_init' });
    expect(await closed(client)).toBe(4429);
  });
});

describe('a message', () => {
  beforeEach(async () => {
    rig = await LiveRig.start();
  });

  it.each([
    ['not JSON', 'oops', 4400],
    ['a JSON array', '[1]', 4400],
    ['null', 'null', 4400],
    ['of an unknown type', '{"type":"start"}', 4400],
    ['of a type that only servers send: next', '{"type":"next","id":"a","payload":{}}', 4400],
    ['of a type that only servers send: error', '{"type":"error","id":"a","payload":[]}', 4400],
    ['of a type that only servers send: connection_ack', '{"type":"connection_ack"}', 4400],
    ['with an id of 129 characters', JSON.stringify({ type: 'subscribe', id: 'x'.repeat(129), payload: { query: '{a}' } }), 4400],
    ['larger than 16 KiB', JSON.stringify({ type: 'ping', payload: { a: 'x'.repeat(16 * 1024) } }), 1009],
  ])('that is %s closes the socket', async (_, text, code) => {
    const client = await rig.connect();
    client.send(text);
    expect(await closed(client)).toBe(code);
  });

  it('of 65 fragments closes the socket', async () => {
    const client = await rig.connect();
    for (let i = 0; i < 64; i++) client.ws.send('x', { fin: false });
    client.ws.send('x', { fin: true });
    expect(await closed(client)).toBe(1008);
  });

  it('subscribe before connection_init closes with 4401', async () => {
    const client = await rig.dial();
    client.send({ type: 'subscribe', id: 'a', payload: { query: '{ a }' } });
    expect(await closed(client)).toBe(4401);
  });

  it('subscribe with an id in use closes with 4409', async () => {
    const client = await rig.connect();
    await client.subscribe('a');
    client.send({ type: 'subscribe', id: 'a', payload: { query: '{ a }' } });
    expect(await closed(client)).toBe(4409);
  });

  it('with keys of Object.prototype is handled like any other', async () => {
    const client = await rig.connect();
    for (const id of ['__proto__', 'constructor', 'toString']) await client.subscribe(id);
    const variables = JSON.parse('{"__proto__":{"after":"x"},"constructor":1}') as object;
    await client.subscribe('p', 'subscription ($after: ChatCursor) { newChat(after: $after) { text } }', variables);
    client.send({ id: 'nobody', type: 'complete' });
    rig.log.put('main', 'well');
    await until(() => client.of('next').length === 4);
  });

  it('ping is answered with its payload', async () => {
    const client = await rig.connect();
    client.send({ type: 'ping', payload: { a: 1 } });
    await until(() => client.of('pong').length === 1);
    expect(client.of('pong')[0]).toEqual({ type: 'pong', payload: { a: 1 } });
  });
});

describe('a session', () => {
  beforeEach(async () => {
    rig = await LiveRig.start({ authenticate: viewerOf, maxSocketsPerUser: 2 });
  });

  it('closes only its own sockets with 4403 when its token expires', async () => {
    const short = await rig.connect(token('s', rig.now + 1_000));
    const long = await rig.connect(token('l', rig.now + 100_000));
    const anonymous = await rig.connect();
    rig.now += 1_000;
    expect(await closed(short)).toBe(4403);
    expect([long.closed, anonymous.closed]).toEqual([undefined, undefined]);
  });

  it('closes only its own sockets with 4403 when it is revoked', async () => {
    const ended = await rig.connect(token('s1', rig.now + 100_000));
    const other = await rig.connect(token('s2', rig.now + 100_000));
    rig.revoked.call('s1');
    expect(await closed(ended)).toBe(4403);
    expect(other.closed).toBeUndefined();
  });

  it('counts against the sockets of its user: one beyond the limit is closed with 1013 until another closes', async () => {
    const far = rig.now + 100_000;
    const first = await rig.connect(token('s1', far));
    await rig.connect(token('s2', far));
    expect(await closed(await rig.connect(token('s3', far)))).toBe(1013);
    const somebodyElse = await rig.connect(token('t', far));
    first.ws.close();
    await closed(first);
    await until(() => rig.server.socketCount === 2);
    const again = await rig.connect(token('s1', far));
    expect([again.closed, somebodyElse.closed]).toEqual([undefined, undefined]);
  });
});

describe('an upgrade', () => {
  it('is refused with 429 beyond the limit of sockets per address', async () => {
    rig = await LiveRig.start({ maxSocketsPerAddress: 2 });
    const [first] = [await rig.connect(), await rig.connect()];
    expect((await rig.dial()).refused).toBe(429);
    first.ws.close();
    await until(() => rig.server.socketCount === 1);
    expect((await rig.connect()).closed).toBeUndefined();
  });

  it('is refused for other origins and accepted for own pages and clients without an Origin', async () => {
    let port = 0;
    rig = await LiveRig.start({ allowsOrigin: originPolicy(['https://wall.example'], () => [4000, port]) });
    port = Number(new URL(rig.url).port);
    const status = async (origin?: string): Promise<number> =>
      (await rig.dial(origin === undefined ? {} : { origin })).refused ?? 101;
    expect(await status()).toBe(101);
    expect(await status('https://wall.example')).toBe(101);
    expect(await status('http://127.0.0.1:4000')).toBe(101);
    expect(await status(`http://127.0.0.1:${port}`)).toBe(101);
    for (const foreign of [
      'null',
      'http://wall.example',
      'https://wall.example.evil.test',
      'https://evil.test/https://wall.example',
      'https://WALL.example',
      'https://wall.example:444',
      'http://127.0.0.1:4999',
      'http://127.0.0.2:4000',
      'http://127.0.0.1.evil.test:4000',
    ]) {
      expect([foreign, await status(foreign)]).toEqual([foreign, 403]);
    }
  });

  it('at another path is refused with 404', async () => {
    rig = await LiveRig.start();
    const ws = new WebSocket(rig.url.replace('/graphql', '/other'), 'graphql-transport-ws');
    const status = await new Promise((resolve) =>
      ws.on('unexpected-response', (_, { statusCode }) => resolve(statusCode)).on('error', () => undefined),
    );
    ws.terminate();
    expect(status).toBe(404);
  });

  it('with another protocol is closed with 4406', async () => {
    rig = await LiveRig.start();
    const ws = new WebSocket(rig.url, 'graphql-ws');
    ws.on('error', () => undefined);
    const code = await new Promise((resolve) => ws.on('close', resolve));
    expect([4406, 1006]).toContain(code);
  });
});

describe('the separate port', () => {
  it('answers HTTP requests with health checks or an error that says what is served', async () => {
    let ready = true;
    rig = await LiveRig.start({ health: { isReady: () => ready, about: () => '' } });
    const port = await rig.server.listen(0, '127.0.0.1');
    const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    ready = false;
    expect((await get('/readyz')).status).toBe(503);
    const plain = await get('/graphql');
    expect([plain.status, ((await plain.json()) as { errors: { message: string }[] }).errors[0]?.message]).toEqual([
      426,
      expect.stringContaining('WebSocket'),
    ]);
    expect((await get('/nothing')).status).toBe(404);
  });

  it('fails to open with the name of the setting when the port is in use', async () => {
    rig = await LiveRig.start();
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(rig.server.listen(port, '127.0.0.1')).rejects.toThrow(`WS_PORT=${port}`);
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe('a half-open socket', () => {
  it('is terminated within 30 s, and one that answers pings stays open', async () => {
    rig = await LiveRig.start();
    const alive = await rig.connect();
    const silent = tcp(Number(new URL(rig.url).port), '127.0.0.1');
    silent.on('error', () => undefined);
    let gone = false;
    silent.on('close', () => (gone = true));
    silent.write(
      'GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    );
    const init = Buffer.from('{"type":"connection_init"}');
    silent.write(Buffer.concat([Buffer.from([0x81, 0x80 | init.length, 0, 0, 0, 0]), init]));
    silent.resume();
    await until(() => rig.server.socketCount === 2);
    for (let i = 0; i < 3; i++) await until(() => gone).catch(() => undefined);
    expect(gone).toBe(true);
    expect(alive.closed).toBeUndefined();
  }, 60_000);
});

describe('a stop', () => {
  it('closes all sockets with 1001, refuses new ones, and releases all resources', async () => {
    rig = await LiveRig.start();
    const clients = await Promise.all(Array.from({ length: 50 }, () => rig.connect()));
    await Promise.all(clients.map((client) => client.subscribe('a')));
    const first = rig.server.stop();
    await until(() => clients.some((client) => client.closed));
    expect((await rig.dial()).refused).toBe(503);
    await Promise.all([first, rig.server.stop()]);
    await until(() => clients.every((client) => client.closed));
    expect(new Set(clients.map((client) => client.closed?.code))).toEqual(new Set([1001]));
    expect([rig.server.socketCount, rig.hub.groupCount]).toEqual([0, 0]);
  });
});
