import { get, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { LiveRig, NEW_CHAT } from '../support/live-rig';
import { StreamClients, viewerOf } from '../support/stream-clients';
import { until } from '../support/until';

let rig: LiveRig;
const clients = new StreamClients(() => rig);
afterEach(async () => {
  clients.end();
  await rig.stop();
});

const members = (count: number) => until(() => rig.server.socketCount === count);

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
    const { response, text } = await clients.open(init);
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
    const { response, text } = await clients.open({ body });
    await until(() => response.complete);
    expect([response.statusCode, text()]).toEqual([200, expect.stringContaining(`"code":"${code}"`)]);
  });

  it('counts against the limits of address and user together with sockets', async () => {
    rig = await LiveRig.start({ authenticate: viewerOf, maxSocketsPerAddress: 3, maxSocketsPerUser: 2 });
    const authorization = `Bearer mina:${rig.now + 100_000}`;
    await rig.connect({ authorization });
    const second = clients.listen({}, NEW_CHAT, { authorization });
    await members(2);
    const { response } = await clients.open({ headers: { authorization } });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '5']);
    await rig.connect();
    expect((await clients.open()).response.statusCode).toBe(429);
    expect((await rig.dial()).refused).toBe(429);
    second.stop();
    await members(2);
    clients.listen({}, NEW_CHAT, { authorization });
    await members(3);
  });

  it('counts against the limit of its address even if its body arrives late', async () => {
    rig = await LiveRig.start({ maxSocketsPerAddress: 2 });
    const statuses: (number | undefined)[] = [];
    const { port } = new URL(clients.url);
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
    expect((await clients.open({ headers: { origin: 'https://evil.test' } })).response.statusCode).toBe(403);
    const ours = await clients.open({ headers: { origin: 'https://wall.example' } });
    expect([ours.response.statusCode, ours.response.headers['access-control-allow-origin']]).toEqual([
      200,
      'https://wall.example',
    ]);
    const preflight = await clients.open({ method: 'OPTIONS', headers: { origin: 'https://wall.example' } });
    expect([preflight.response.statusCode, preflight.response.headers['access-control-allow-headers']]).toEqual([
      204,
      expect.stringContaining('authorization'),
    ]);
  });

  it('with HEAD is answered with 405 and no body, and the connection serves the next request', async () => {
    rig = await LiveRig.start();
    const socket = connect(Number(new URL(rig.url).port), '127.0.0.1');
    clients.atEnd(() => socket.destroy());
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
    const { response } = await clients.open({
      method: 'OPTIONS',
      headers: { origin: 'https://wall.example', 'access-control-request-headers': asked },
    });
    expect(response.headers['access-control-allow-headers']).toBe(asked);
    expect(response.headers.vary).toBe('Origin, Access-Control-Request-Headers');
  });

  it('by GET may have empty parameters', async () => {
    rig = await LiveRig.start();
    const query = `?query=${encodeURIComponent('subscription {newChat{text}}')}&operationName=&variables=&extensions=`;
    const { text } = await clients.open({ method: 'GET', query });
    await until(() => rig.hub.hasSubscribers('newChat', 'main') || text().includes('errors'));
    expect(text()).not.toContain('errors');
  });

  it('for multipart gets heartbeats, errors as a payload, and the closing boundary', async () => {
    rig = await LiveRig.start();
    const headers = { accept: 'multipart/mixed;subscriptionSpec=1.0, application/json' };
    const { response, text } = await clients.open({ headers, body: JSON.stringify({ query: '{ rooms { id } }' }) });
    await until(() => response.complete);
    expect(text()).toMatch(
      /^--graphql\r\nContent-Type: application\/json\r\n\r\n\{"payload":\{"errors":\[.*\]\}\}\r\n--graphql--\r\n$/,
    );
    const live = await clients.open({ headers });
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
      clients.atEnd(() => request.destroy());
    });
    expect(response.statusCode).toBe(200);
  });
});
