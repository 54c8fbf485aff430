import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { underAttack, type Target } from '../support/attack';

const { attack, target } = underAttack('HTTP', {
  HEADERS_TIMEOUT: '1s',
  REQUEST_TIMEOUT: '2s',
  CORS_ORIGINS: 'https://wall.example',
});

const QUERY = JSON.stringify({ query: '{ me { id } }' });
const JSON_TYPE = { 'content-type': 'application/json' };
type Headers = Record<string, string>;

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

function call(to: Target, method: string, path: string, headers: Headers = {}, body: string | Buffer = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request(new URL(path, to.http), { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

/** Status and code. Checks that the answer has the shape of a GraphQL answer and reveals nothing of the server. */
function verdict({ status, body }: Answer): string {
  const { errors } = JSON.parse(body) as { errors?: { message: string; extensions: { code: string } }[] };
  expect(body).not.toMatch(/node_modules|\.[jt]s:\d|at .*\(/);
  if (!errors) return String(status);
  expect(errors[0]?.message).toEqual(expect.any(String));
  return `${status} ${errors[0]?.extensions.code}`;
}

const posts = (name: string, outcome: string, headers: Headers, body: string | Buffer): void => {
  attack(name, outcome, async (to) => verdict(await call(to, 'POST', '/graphql', headers, body)));
};

/** Answers to bytes that no client library would send, until the connection ends. */
function raw(to: Target, bytes: string | Buffer, drip?: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(to.http.port), to.http.hostname);
    const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 200);
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(dripping);
      resolve(text);
    });
    socket.write(bytes);
  });
}
/** Status and code of a refusal after which the connection is closed. */
const refusal = (answer: string): string => {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return `${verdict({ status: Number(head.split(' ')[1]), headers: {}, body })}, connection closed`;
};
const post = (headers: string, body: string): string => `POST /graphql HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;

describe('the body', () => {
  posts('a body that is not JSON', '400 BAD_REQUEST', JSON_TYPE, '{"query":');
  posts('an empty body', '400 BAD_REQUEST', JSON_TYPE, '');
  posts('a body that is a JSON text', '400 BAD_REQUEST', JSON_TYPE, '"{ me { id } }"');
  posts('a body that is null', '400 BAD_REQUEST', JSON_TYPE, 'null');
  posts('an object without a query', '400 BAD_REQUEST', JSON_TYPE, '{}');
  posts('a query that is an object', '400 BAD_REQUEST', JSON_TYPE, '{"query":{"$gt":""}}');
  posts('variables that are a text', '400 BAD_REQUEST', JSON_TYPE, '{"query":"{ me { id } }","variables":"x"}');
  posts('a batch in an array', '400 BAD_REQUEST', JSON_TYPE, `[${QUERY},${QUERY}]`);
  posts('a body of 64 KiB', '200', JSON_TYPE, QUERY.padEnd(64 * 1024));
  posts('a body of 64 KiB and one byte', '413 BAD_REQUEST', JSON_TYPE, QUERY.padEnd(64 * 1024 + 1));
  posts('a body of 1 MB', '413 BAD_REQUEST', JSON_TYPE, QUERY.padEnd(1_000_000));
  posts(
    'a body of 1 MB in chunks, without its length',
    '413 BAD_REQUEST',
    { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
    QUERY.padEnd(1_000_000),
  );
  posts('60,000 nested arrays', '400 BAD_REQUEST', JSON_TYPE, '['.repeat(60_000));
  posts(
    '30,000 nested arrays as variables',
    '200',
    JSON_TYPE,
    `{"query":"{ me { id } }","variables":{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`,
  );
  posts('a body with a key twice', '200', JSON_TYPE, '{"query":"{ nothing }","query":"{ me { id } }"}');
  posts(
    'a body with the key __proto__',
    '200',
    JSON_TYPE,
    '{"query":"{ me { id } }","__proto__":{"query":"{ nothing }"},"variables":{"__proto__":{"polluted":1}}}',
  );
  posts(
    'bytes that are not UTF-8',
    '400 BAD_REQUEST',
    JSON_TYPE,
    Buffer.from([...Buffer.from('{"query":"{ me { id } } #'), 0xc0, 0xaf, 0x22, 0x7d]),
  );
  posts('a body with a byte order mark', '400 BAD_REQUEST', JSON_TYPE, `\uFEFF${QUERY}`);
});

describe('the content type', () => {
  posts('no content type', '415 BAD_REQUEST', {}, QUERY);
  posts('the content type text/plain', '415 BAD_REQUEST', { 'content-type': 'text/plain' }, QUERY);
  posts('a form', '415 BAD_REQUEST', { 'content-type': 'application/x-www-form-urlencoded' }, 'query=%7Bme%7Bid%7D%7D');
  posts('a multipart form', '415 BAD_REQUEST', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--');
  posts(
    'text/plain with application/json as a parameter',
    '415 BAD_REQUEST',
    { 'content-type': 'text/plain; application/json' },
    QUERY,
  );
  for (const charset of ['utf-16', 'utf-7', 'ibm037', 'utf-16;charset=utf-8']) {
    posts(`JSON in ${charset}`, '415 BAD_REQUEST', { 'content-type': `application/json; charset=${charset}` }, QUERY);
  }
  posts('JSON in UTF-8, quoted and in capitals', '200', { 'content-type': 'Application/JSON; Charset="UTF-8"' }, QUERY);
  posts('a body in gzip', '415 BAD_REQUEST', { ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync(QUERY));
});

describe('the method', () => {
  const asks = (name: string, outcome: string, method: string, path: string, headers: Headers = {}): void => {
    attack(name, outcome, async (to) => verdict(await call(to, method, path, headers)));
  };
  const preflighted = { 'apollo-require-preflight': '1' };
  asks('a query by GET, with a header that no form can send', '200', 'GET', '/graphql?query=%7Bme%7Bid%7D%7D', preflighted);
  asks('a query by GET without such a header', '400 BAD_REQUEST', 'GET', '/graphql?query=%7Bme%7Bid%7D%7D');
  asks('a mutation by GET', '405 BAD_REQUEST', 'GET', '/graphql?query=mutation%7Blogout%7D', preflighted);
  asks(
    'variables by GET that are not JSON',
    '400 BAD_REQUEST',
    'GET',
    '/graphql?query=%7Bme%7Bid%7D%7D&variables=%7B',
    preflighted,
  );
  asks('PUT', '405 BAD_REQUEST', 'PUT', '/graphql', JSON_TYPE);
  asks('DELETE', '405 BAD_REQUEST', 'DELETE', '/graphql');
  asks('another path', '404 NOT_FOUND', 'POST', '/graphql/../../etc/passwd');
  asks('a path that leaves the folder of the page', '404 NOT_FOUND', 'GET', '/assets/..%2f..%2f..%2fpackage.json');
  asks('a path that is not well-formed', '404 NOT_FOUND', 'GET', '/assets/%E0%A4%A');
  asks('a room path that is not well-formed', '400 BAD_REQUEST', 'GET', '/rooms/%E0%A4%A');
});

describe('other origins', () => {
  const allows = async (to: Target, origin: string): Promise<string> => {
    const preflight = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    };
    const { headers } = await call(to, 'OPTIONS', '/graphql', preflight);
    const simple = await call(to, 'POST', '/graphql', { ...JSON_TYPE, origin }, QUERY);
    expect(simple.headers['access-control-allow-origin']).toBe(headers['access-control-allow-origin']);
    // Answers by Apollo Server, without it, and before it.
    const again = await call(to, 'POST', '/graphql', { ...JSON_TYPE, origin }, QUERY);
    const refused = await call(to, 'POST', '/graphql', { origin }, QUERY);
    for (const name of ['access-control-allow-origin', 'access-control-expose-headers', 'vary']) {
      expect([again.headers[name], refused.headers[name]]).toEqual([simple.headers[name], simple.headers[name]]);
    }
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    return headers['access-control-allow-origin'] === origin ? 'may read' : 'may not read';
  };
  for (const [name, origin, outcome] of [
    ['an Origin that is allowed', 'https://wall.example', 'may read'],
    ['a foreign Origin', 'https://evil.example', 'may not read'],
    ['Origin: null', 'null', 'may not read'],
    ['an Origin that begins with a good one', 'https://wall.example.evil.test', 'may not read'],
    ['a good Origin with another scheme', 'http://wall.example', 'may not read'],
  ] as const) {
    attack(name, outcome, (to) => allows(to, origin));
  }
  attack('a Host header that contains a content security policy', 'is not repeated', async (to) => {
    const { headers, status } = await call(to, 'GET', '/config.json', { host: 'a;script-src*' });
    expect(status).toBe(200);
    return JSON.stringify(headers).includes('script-src') ? 'is repeated' : 'is not repeated';
  });
});

describe('the connection', () => {
  attack('17 KB of headers', '431 BAD_REQUEST, connection closed', async (to) =>
    refusal(await raw(to, post(`X-Bomb: ${'x'.repeat(17_000)}`, ''))),
  );
  attack('5,000 headers', '431 BAD_REQUEST, connection closed', async (to) =>
    refusal(await raw(to, post(Array.from({ length: 5_000 }, (_, i) => `X-${i}: y`).join('\r\n'), ''))),
  );
  attack('bytes that are not HTTP', '400 BAD_REQUEST, connection closed', async (to) =>
    refusal(await raw(to, 'HELO mail\r\n\r\n')),
  );
  attack('two lengths that differ', '400 BAD_REQUEST, connection closed', async (to) =>
    refusal(await raw(to, post('Content-Length: 5\r\nContent-Length: 6', 'hello'))),
  );
  attack('a length and chunks (request smuggling)', '400 BAD_REQUEST, connection closed', async (to) =>
    refusal(await raw(to, post('Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\n'))),
  );
  attack('headers sent byte by byte', '408 BAD_REQUEST, connection closed', async (to) =>
    refusal(await raw(to, 'POST /graphql HTTP/1.1\r\nHost: x\r\n', 'X')),
  );
  attack('a body sent byte by byte', '408 BAD_REQUEST, connection closed', async (to) =>
    refusal(await raw(to, post('Content-Type: application/json\r\nContent-Length: 60000', '{'), ' ')),
  );
  attack('100 pipelined requests', '100 answers', async (to) => {
    const body = `Content-Type: application/json\r\nContent-Length: ${QUERY.length}`;
    const last = post(`${body}\r\nConnection: close`, QUERY);
    const answers = await raw(to, post(body, QUERY).repeat(99) + last);
    return `${answers.split('{"data":{"me":null}}').length - 1} answers`;
  });
});

test('answers of the API forbid caching and content sniffing', async () => {
  const api = await call(target(), 'POST', '/graphql', JSON_TYPE, QUERY);
  expect(api.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  expect(api.headers['x-powered-by']).toBeUndefined();
});
