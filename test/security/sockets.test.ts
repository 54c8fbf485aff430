import { connect, type Socket } from 'node:net';
import WebSocket, { type ClientOptions } from 'ws';
import { underAttack, type Target } from '../support/attack';
import { NEW_CHAT, RawClient } from '../support/live-rig';
import { until } from '../support/until';

const MAX_SILENT = 1_000;
const { attack } = underAttack('WebSocket', {
  CORS_ORIGINS: 'https://wall.example',
  RATE_SOCKETS_PER_ADDRESS: '10000',
  RATE_CONNECTS_PER_ADDRESS: '20000/1m',
  RATE_SOCKETS_UNINITIALISED: String(MAX_SILENT),
  RATE_SUBSCRIBES_PER_SOCKET: '40/1m',
  RATE_MESSAGES_PER_SOCKET: '200/1m',
});

const clients: RawClient[] = [];
const raws: Socket[] = [];
afterEach(() => {
  for (const { ws } of clients.splice(0)) ws.terminate();
  for (const socket of raws.splice(0)) socket.destroy();
});

async function dial(
  to: Target,
  options: ClientOptions = {},
  path = '/graphql',
  protocol: string | string[] = 'graphql-transport-ws',
): Promise<RawClient> {
  const client = new RawClient(new WebSocket(new URL(path, to.ws), protocol, options));
  clients.push(client);
  await until(() => client.ws.readyState !== WebSocket.CONNECTING);
  return client;
}
async function open(to: Target, payload?: object): Promise<RawClient> {
  const client = await dial(to);
  client.send({ type: 'connection_init', ...(payload && { payload }) });
  await until(() => client.of('connection_ack').length === 1 || client.closed);
  return client;
}
/** The outcome of an upgrade. */
const upgraded = ({ refused }: RawClient): string => (refused === undefined ? 'open' : `refused with ${refused}`);
const closed = async (client: RawClient): Promise<string> => `closed with ${(await until(() => client.closed)).code}`;

/** Sends one message that closes the socket. */
const fatal = (name: string, outcome: string, what: string | ((client: RawClient) => void)): void => {
  attack(name, outcome, async (to) => {
    const client = await open(to);
    if (typeof what === 'string') client.send(what);
    else what(client);
    return closed(client);
  });
};
/** Subscribes. The socket must stay usable. */
const subscribes = (name: string, outcome: string, payload: unknown, id = 'x'): void => {
  attack(name, outcome, async (to) => {
    const client = await open(to);
    client.send({ type: 'subscribe', id, payload });
    await client.subscribe('after');
    expect(client.closed).toBeUndefined();
    const [problem] = client.problems(id);
    return problem ? `error ${problem.code} for its id` : 'accepted';
  });
};

describe('the upgrade', () => {
  for (const [name, origin, outcome] of [
    ['an allowed Origin', 'https://wall.example', 'open'],
    ['no Origin, as from a client that is not a browser', undefined, 'open'],
    ['a foreign Origin', 'https://evil.example', 'refused with 403'],
    ['Origin: null', 'null', 'refused with 403'],
    ['an Origin that begins with a good one', 'https://wall.example.evil.test', 'refused with 403'],
    ['an Origin that ends with a good one', 'https://evil-wall.example', 'refused with 403'],
    ['a good Origin with another scheme', 'http://wall.example', 'refused with 403'],
    ['a good Origin with another port', 'https://wall.example:444', 'refused with 403'],
  ] as const) {
    attack(name, outcome, async (to) => upgraded(await dial(to, origin === undefined ? {} : { origin })));
  }
  attack('another path', 'refused with 404', async (to) => upgraded(await dial(to, {}, '/graphql/../admin')));
  attack('the former protocol graphql-ws', 'closed with 4406', async (to) =>
    closed(await dial(to, {}, '/graphql', 'graphql-ws')),
  );
  attack('no protocol', 'closed with 4406', async (to) => closed(await dial(to, {}, '/graphql', [])));
  attack('16 KB of headers', 'refused with 431', async (to) =>
    upgraded(await dial(to, { headers: { 'x-bomb': 'x'.repeat(17_000) } })),
  );
});

describe('an offer of h2c', () => {
  const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
  /** @param headers and body of a POST to /graphql @returns the statuses that the connection gets */
  const statuses = async (to: Target, rest: string): Promise<string> => {
    const socket = connect(Number(to.ws.port), to.ws.hostname);
    raws.push(socket);
    let text = '';
    socket.setEncoding('latin1').on('data', (data: string) => (text += data));
    socket.on('error', () => undefined);
    // The last request closes the connection.
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: x\r\n${offer}${rest}GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    await until(() => socket.closed);
    return [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status = '']) => status).join(', ');
  };
  const hidden = 'GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n';
  attack('h2c with a request in its body', '426, 200', (to) => statuses(to, `Content-Length: ${hidden.length}\r\n\r\n${hidden}`));
  attack('h2c with a request in its body, and 100 headers before its Content-Length', '431', (to) =>
    statuses(to, `${'X: x\r\n'.repeat(100)}Content-Length: ${hidden.length}\r\n\r\n${hidden}`),
  );
  attack('h2c with Content-Length and Transfer-Encoding', '400', (to) =>
    statuses(to, `Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`),
  );
  attack('h2c with several Upgrade and Connection headers', '426, 200', (to) =>
    statuses(to, 'Upgrade: CONNECT\r\nConnection: upgrade\r\nContent-Length: 0\r\n\r\n'),
  );
});

describe('before the acknowledgement', () => {
  attack('no connection_init', 'closed with 4408', async (to) => closed(await dial(to)));
  attack('subscribe first', 'closed with 4401', async (to) => {
    const client = await dial(to);
    client.send({ type: 'subscribe', id: 'x', payload: { query: NEW_CHAT } });
    return closed(client);
  });
  attack('connection_init twice', 'closed with 4429', async (to) => {
    const client = await open(to);
    client.send({ type: 'connection_init' });
    return closed(client);
  });
  for (const [name, payload] of [
    ['a forged token', { authorization: 'Bearer a.b.c' }],
    ['a token that is an object', { authorization: { toString: 'x' } }],
    ['a token of 15 KB', { authorization: `Bearer ${'x'.repeat(15_000)}` }],
    ['a forged token as authToken', { authToken: 'a.b.c' }],
    ['a forged token in headers', { headers: { AUTHORIZATION: 'Bearer a.b.c' } }],
    ['two tokens', { authorization: 'Bearer a.b.c', authToken: 'd.e.f' }],
  ] as const) {
    attack(`connection_init with ${name}`, 'closed with 4403', async (to) => closed(await open(to, payload)));
  }
  attack('an upgrade with a forged token in its header', 'closed with 4403', async (to) => {
    const client = await dial(to, { headers: { authorization: 'Bearer a.b.c' } });
    client.send({ type: 'connection_init' });
    return closed(client);
  });
  attack('connection_init with a token of 1 MB', 'closed with 1009', async (to) =>
    closed(await open(to, { authorization: `Bearer ${'x'.repeat(1_000_000)}` })),
  );
  attack('connection_init with a payload that is a string', 'closed with 4400', async (to) => {
    const client = await dial(to);
    client.send('{"type":"connection_init","payload":"x"}');
    return closed(client);
  });
  attack('5,000 silent sockets', `at most ${MAX_SILENT} stay open, the oldest are closed`, async (to) => {
    let gone = 0;
    const { hostname, port } = to.ws;
    const upgrade =
      'GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n';
    for (let i = 0; i < 5_000; i += 500) {
      const batch = Array.from({ length: 500 }, () => {
        const socket = connect(Number(port), hostname);
        raws.push(socket);
        socket.on('error', () => undefined).on('close', () => gone++);
        socket.write(upgrade);
        return new Promise((resolve) => socket.once('data', resolve).once('close', resolve));
      });
      await Promise.all(batch);
    }
    await until(() => gone >= 5_000 - MAX_SILENT);
    // A socket that sends connection_init is accepted meanwhile.
    expect((await open(to)).closed).toBeUndefined();
    return `at most ${MAX_SILENT} stay open, the oldest are closed`;
  });
});

describe('messages', () => {
  fatal('a text that is not JSON', 'closed with 4400', 'oops');
  fatal('an array', 'closed with 4400', '[1]');
  fatal('null', 'closed with 4400', 'null');
  fatal('an unknown type', 'closed with 4400', '{"type":"start"}');
  fatal('a type that is a number', 'closed with 4400', '{"type":1}');
  fatal('next, which only a server sends', 'closed with 4400', '{"type":"next","id":"a","payload":{}}');
  fatal('error, which only a server sends', 'closed with 4400', '{"type":"error","id":"a","payload":[]}');
  fatal('connection_ack, which only a server sends', 'closed with 4400', '{"type":"connection_ack"}');
  fatal('subscribe without a payload', 'closed with 4400', '{"type":"subscribe","id":"a"}');
  fatal('subscribe with a query that is a number', 'closed with 4400', '{"type":"subscribe","id":"a","payload":{"query":1}}');
  fatal('subscribe without an id', 'closed with 4400', '{"type":"subscribe","payload":{"query":"{a}"}}');
  fatal('subscribe with an id that is a number', 'closed with 4400', '{"type":"subscribe","id":1,"payload":{"query":"{a}"}}');
  fatal(
    'an id of 10 KB',
    'closed with 4400',
    JSON.stringify({ type: 'subscribe', id: 'x'.repeat(10_000), payload: { query: '{a}' } }),
  );
  attack('an id twice', 'closed with 4409', async (to) => {
    const client = await open(to);
    await client.subscribe('x');
    client.send({ type: 'subscribe', id: 'x', payload: { query: NEW_CHAT } });
    return closed(client);
  });
  for (const id of ['__proto__', 'constructor', 'hasOwnProperty'])
    subscribes(`the id ${id}`, 'accepted', { query: NEW_CHAT }, id);
  attack('variables with the keys __proto__ and constructor', 'accepted', async (to) => {
    const client = await open(to);
    client.send(
      `{"type":"subscribe","id":"x","payload":{"query":${JSON.stringify(NEW_CHAT)},"variables":{"__proto__":{"after":"x"},"constructor":1}}}`,
    );
    await client.subscribe('after');
    expect(Object.prototype).not.toHaveProperty('after');
    return client.problems('x').length === 0 ? 'accepted' : 'error';
  });
  attack('complete for an id that is not open', 'nothing', async (to) => {
    const client = await open(to);
    client.send({ type: 'complete', id: 'nobody' });
    await client.subscribe('after');
    return client.closed ? 'closed' : 'nothing';
  });
});

describe('operations', () => {
  subscribes('a syntax error', 'error GRAPHQL_PARSE_FAILED for its id', { query: 'subscription { newChat {' });
  subscribes('an unknown field', 'error GRAPHQL_VALIDATION_FAILED for its id', { query: 'subscription { newChat { secrets } }' });
  subscribes('a query', 'error GRAPHQL_VALIDATION_FAILED for its id', { query: '{ me { id } }' });
  subscribes('a mutation', 'error GRAPHQL_VALIDATION_FAILED for its id', { query: 'mutation { logout }' });
  subscribes('introspection', 'error GRAPHQL_VALIDATION_FAILED for its id', { query: '{ __schema { types { name } } }' });
  subscribes('__typename of Subscription', 'error GRAPHQL_VALIDATION_FAILED for its id', {
    query: 'subscription { __typename }',
  });
  subscribes('an unknown operationName', 'error GRAPHQL_VALIDATION_FAILED for its id', {
    query: NEW_CHAT.replace('subscription', 'subscription A'),
    operationName: 'B',
  });
  subscribes('two fields in two fragments', 'error GRAPHQL_VALIDATION_FAILED for its id', {
    query:
      'subscription { ...A ...B } fragment A on Subscription { a: newChat { id } } fragment B on Subscription { b: newChat { id } }',
  });
  subscribes('a fragment that selects itself', 'error GRAPHQL_VALIDATION_FAILED for its id', {
    query: 'subscription { ...A } fragment A on Subscription { ...A }',
  });
  subscribes('two fields', 'error GRAPHQL_VALIDATION_FAILED for its id', {
    query: 'subscription { a: newChat { id } b: newChat { id } }',
  });
  subscribes('501 tokens', 'error OPERATION_TOO_COMPLEX for its id', {
    query: `subscription { newChat { ${'id '.repeat(496)} } }`,
  });
  subscribes('6 aliases of one field', 'error OPERATION_TOO_COMPLEX for its id', {
    query: `subscription { newChat { ${Array.from({ length: 6 }, (_, i) => `a${i}: id`).join(' ')} } }`,
  });
  subscribes('a room that does not exist', 'error NOT_FOUND for its id', {
    query: 'subscription { newChat(room: "nowhere") { id } }',
  });
  subscribes('the room __proto__', 'error NOT_FOUND for its id', { query: 'subscription { newChat(room: "__proto__") { id } }' });
  subscribes('a forged cursor', 'error BAD_USER_INPUT for its id', { query: NEW_CHAT, variables: { after: 'x'.repeat(40) } });
  subscribes('a cursor that is an object', 'error BAD_USER_INPUT for its id', {
    query: NEW_CHAT,
    variables: { after: { $gt: '' } },
  });
  attack('10,000 subscriptions', '32 stay open, the others are refused, closed with 1013', async (to) => {
    const client = await open(to);
    for (let i = 0; i < 10_000; i++) client.send({ type: 'subscribe', id: `s${i}`, payload: { query: NEW_CHAT } });
    const end = await closed(client);
    expect(client.of('error').every(({ id }) => Number(id?.slice(1)) >= 32)).toBe(true);
    return `32 stay open, the others are refused, ${end}`;
  });
  attack('the 33rd subscription', 'error UNAVAILABLE for its id', async (to) => {
    const client = await open(to);
    for (let i = 0; i < 33; i++) client.send({ type: 'subscribe', id: `s${i}`, payload: { query: NEW_CHAT } });
    await until(() => client.of('error').length > 0);
    expect(client.closed).toBeUndefined();
    return `error ${client.problems('s32')[0]?.code} for its id`;
  });
  attack('a 41st subscription after 40 completed ones', 'error RATE_LIMITED for its id', async (to) => {
    const client = await open(to);
    for (let i = 0; i < 40; i++) {
      client.send({ type: 'subscribe', id: `s${i}`, payload: { query: NEW_CHAT } });
      client.send({ type: 'complete', id: `s${i}` });
    }
    client.send({ type: 'subscribe', id: 'one more', payload: { query: NEW_CHAT } });
    await until(() => client.of('error').length > 0);
    return `error ${client.problems('one more')[0]?.code} for its id`;
  });
  attack('1,000 subscribe and complete messages at once', 'closed with 1013', async (to) => {
    const client = await open(to);
    for (let i = 0; i < 1_000; i++) {
      client.send({ type: 'subscribe', id: `s${i}`, payload: { query: NEW_CHAT } });
      client.send({ type: 'complete', id: `s${i}` });
    }
    return closed(client);
  });
});

describe('frames', () => {
  /** Sends raw bytes that close the socket. */
  const bytes = (name: string, outcome: string, ...frames: Buffer[]): void => {
    attack(name, outcome, async (to) => {
      const client = await open(to);
      const raw = (client.ws as unknown as { _socket: Socket })._socket;
      for (const frame of frames) raw.write(frame);
      return closed(client);
    });
  };
  const frame = (first: number, payload: Buffer, masked = true): Buffer =>
    Buffer.concat([Buffer.from([first, (masked ? 0x80 : 0) | payload.length, ...(masked ? [0, 0, 0, 0] : [])]), payload]);
  const ping = Buffer.from('{"type":"ping"}');
  bytes('a frame without a mask', 'closed with 1002', frame(0x81, ping, false));
  bytes('a frame with a reserved bit', 'closed with 1002', frame(0xc1, ping));
  bytes('a frame with a reserved opcode', 'closed with 1002', frame(0x83, ping));
  bytes('a continuation frame without a first frame', 'closed with 1002', frame(0x80, ping));
  bytes('a fragmented ping', 'closed with 1002', frame(0x09, ping));
  bytes('a text that is not UTF-8', 'closed with 1007', frame(0x81, Buffer.from([0x22, 0xc0, 0xaf, 0x22])));
  bytes('a close with a reserved code', 'closed with 1002', frame(0x88, Buffer.from([0x03, 0xed])));
  bytes('a frame with a length of 4 GiB', 'closed with 1009', Buffer.from([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]));
  fatal('a message of 16 KiB and one byte', 'closed with 1009', 'x'.repeat(16 * 1024 + 1));
  fatal('a message in 65 fragments', 'closed with 1008', ({ ws }) => {
    for (let i = 0; i < 64; i++) ws.send('x', { fin: false });
    ws.send('x', { fin: true });
  });
  fatal('10,000 ping messages', 'closed with 1013', (client) => {
    for (let i = 0; i < 10_000; i++) client.send({ type: 'ping' });
  });
  attack('10,000 ping frames', 'the socket is closed', async (to) => {
    const client = await open(to);
    for (let i = 0; i < 10_000; i++) client.ws.ping();
    await closed(client);
    return 'the socket is closed';
  });
  fatal('10,000 pong frames', 'closed with 1013', ({ ws }) => {
    for (let i = 0; i < 10_000; i++) ws.pong();
  });
});

describe('a slow consumer', () => {
  attack('32 subscriptions, without reading any of 15 MB', 'closed with 1013', async (to) => {
    const client = await open(to);
    const query = 'subscription { newChat { a: text b: text c: text d: text e: text } }';
    for (let i = 0; i < 32; i++) await client.subscribe(`s${i}`, query);
    expect(client.of('error')).toEqual([]);
    client.ws.pause();
    const speaker = await to.app.person();
    // 650 KB each: together more than the system's socket buffers and 1 MiB.
    for (let i = 0; i < 24; i++) await to.app.send(speaker, `${i}`.padEnd(1_000, '각'));
    await to.witnessIsServed();
    client.ws.resume();
    return closed(client);
  });
});
