import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { TestApp, type Person } from '../support/app';
import { freePort } from '../support/free-port';
import { until } from '../support/until';

const H2C = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n';
const BODY = JSON.stringify({ query: '{ rooms { id } }' });

/** Sends raw requests on one connection. @returns the status line and the body of each response */
async function raw(port: number, ...requests: string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (data: string) => (text += data));
  const responses = (): string[] =>
    [...text.matchAll(/HTTP\/1\.1 (\d+)[^]*?content-length: (\d+)[^]*?\r\n\r\n/gi)].map(
      ({ 0: head, 1: status = '', 2: length = '', index }) =>
        `${status} ${text.slice(index + head.length, index + head.length + Number(length))}`,
    );
  for (const [i, request] of requests.entries()) {
    socket.write(request);
    await until(() => responses().length > i || socket.closed, `response ${i + 1}: ${text}`);
  }
  socket.destroy();
  return responses();
}

const post = (target: string, headers = ''): string =>
  `POST ${target} HTTP/1.1\r\nHost: wall.test\r\nContent-Type: application/json\r\n${headers}Content-Length: ${BODY.length}\r\n\r\n${BODY}`;
const get = (target: string, headers = ''): string => `GET ${target} HTTP/1.1\r\nHost: wall.test\r\n${headers}\r\n`;

describe('on two ports', () => {
  let app: TestApp;
  let http: number;
  let live: number;
  beforeAll(async () => {
    app = await TestApp.start();
    http = Number(new URL(app.app.urls.http).port);
    live = Number(new URL(app.app.urls.ws).port);
  });

  it('answers a POST that offers h2c, and later requests on the same connection', async () => {
    const [first = '', second = ''] = await raw(http, post('/graphql', H2C), post('/graphql'));
    expect(first).toContain('200 {"data":{"rooms":[{"id":"main"');
    expect(second).toBe(first);
  });

  it('answers a POST whose body arrives after the offer of h2c', async () => {
    const whole = post('/graphql', H2C);
    const socket = connect(http, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (data: string) => (text += data));
    socket.write(whole.slice(0, -BODY.length));
    await until(() => socket.bytesWritten === whole.length - BODY.length);
    socket.write(BODY.slice(0, 5));
    await new Promise(setImmediate);
    socket.write(BODY.slice(5));
    await until(() => text.includes('"rooms"'), text);
    socket.destroy();
  });

  it.each([
    ['http', '/healthz', '200 ok'],
    ['http', '/nothing', '404 '],
    ['http', '/config.json', '200 {"http"'],
    ['live', '/healthz', '200 ok'],
    ['live', '/graphql', '426 '],
    ['live', '/nothing', '404 '],
  ])('answers a request that offers h2c on the port %s at %s as one that offers nothing', async (port, path, answer) => {
    const number = port === 'http' ? http : live;
    const [offered = ''] = await raw(number, get(path, H2C));
    expect(offered.slice(0, answer.length)).toBe(answer);
    expect([offered]).toEqual(await raw(number, get(path)));
  });

  it.each(['http://wall.test/graphql', '/graphql/', 'http://wall.test/graphql/'])('answers queries at %s', async (target) => {
    expect((await raw(http, post(target)))[0]).toContain('200 {"data":{"rooms"');
  });

  it.each(['http://wall.test/healthz', '/healthz/'])('answers %s on both ports', async (target) => {
    for (const port of [http, live]) expect((await raw(port, get(target)))[0]).toContain('200 ok');
  });

  it.each(['/graphql/', 'http://wall.test/graphql'])('opens a WebSocket at %s', async (path) => {
    const headers = { connection: 'Upgrade', upgrade: 'WebSocket', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };
    const request = httpRequest({
      ...{ host: '127.0.0.1', port: live, path },
      headers: { ...headers, 'sec-websocket-version': '13', 'sec-websocket-protocol': 'graphql-transport-ws' },
    });
    request.end();
    const [response, socket] = (await once(request, 'upgrade')) as [{ statusCode: number }, { destroy: () => void }];
    expect(response.statusCode).toBe(101);
    socket.destroy();
  });

  it.each([
    ['GET', `/graphql?query=${encodeURIComponent('{ rooms { id } }')}&operationName=&variables=&extensions=`, undefined],
    ['POST', '/graphql', { query: '{ rooms { id } }', operationName: '', variables: '', extensions: '' }],
  ])('takes empty parameters of a %s as absent', async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${http}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(await response.json()).toMatchObject({ data: { rooms: [{ id: 'main' }] } });
  });
});

describe('on one port', () => {
  let app: TestApp;
  let person: Person;
  beforeAll(async () => {
    const port = String(await freePort());
    app = await TestApp.start({ PORT: port, WS_PORT: port });
    person = await app.person();
  });

  /** @returns the content type and the first part that contains the text of a sent message */
  async function streamed(accept: string, text: string): Promise<[type: string | null, body: string]> {
    const stop = new AbortController();
    const response = await fetch(app.app.urls.http, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'subscription { newChat { text } }' }),
      signal: stop.signal,
    });
    let body = '';
    const reading = (async () => {
      for await (const chunk of response.body ?? []) body += Buffer.from(chunk as Uint8Array).toString();
    })().catch(() => undefined);
    // The subscription begins at some time after the response: messages are sent until one arrives.
    await until(async () => {
      await app.send(person, text);
      return body.includes(text);
    });
    stop.abort();
    await reading;
    return [response.headers.get('content-type'), body];
  }

  it('streams a subscription at /graphql as server-sent events', async () => {
    const [type, body] = await streamed('text/event-stream', 'by events');
    expect(type).toBe('text/event-stream; charset=utf-8');
    expect(body).toContain('event: next\ndata: {"data":{"newChat":{"text":"by events"}}}\n\n');
  });

  it.each([
    ['Apollo Client', 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json,application/json'],
    ['Apollo Kotlin', 'multipart/mixed;subscriptionSpec=1.0, application/graphql-response+json, application/json'],
    ['Apollo Router', 'multipart/mixed;subscriptionSpec="1.0"'],
  ])('streams a subscription at /graphql as multipart to %s', async (_, accept) => {
    const [type, body] = await streamed(accept, 'by parts');
    expect(type).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
    expect(body).toMatch(/^--graphql\r\nContent-Type: application\/json\r\n\r\n\{\}\r\n--graphql/);
    expect(body).toContain(
      '\r\nContent-Type: application/json\r\n\r\n{"payload":{"data":{"newChat":{"text":"by parts"}}}}\r\n--graphql',
    );
  });

  it('answers a query of a client that accepts events besides JSON', async () => {
    const { data } = await app.postRaw({ query: '{ rooms { id } }' }, undefined, {
      accept: 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed',
    });
    expect(data).toMatchObject({ rooms: [{ id: 'main' }] });
  });
});
