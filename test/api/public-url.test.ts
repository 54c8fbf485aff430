import { request } from 'node:http';
import WebSocket from 'ws';
import { parseConfig } from '../../src/config/config';
import { TestApp } from '../support/app';
import { until } from '../support/until';

const PRODUCTION = { NODE_ENV: 'production', JWT_SECRET: 'k'.repeat(40), BCRYPT_COST: '10' };

interface Got {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A GET with a Host header of one's own, which fetch does not allow. */
function get(app: TestApp, path: string, host: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    request(new URL(path, app.app.urls.http), { headers: { host }, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    })
      .on('error', reject)
      .end();
  });
}

/** 'open', or the status of the refused upgrade. */
async function socket(app: TestApp, host: string, origin: string): Promise<string> {
  const ws = new WebSocket(app.app.urls.ws, 'graphql-transport-ws', { headers: { host, origin } });
  let outcome: string | undefined;
  ws.on('open', () => (outcome = 'open'));
  ws.on('unexpected-response', (_, response) => (outcome = String(response.statusCode)));
  ws.on('error', () => undefined);
  return until(() => outcome).finally(() => ws.terminate());
}

test.each(['https://example.org/chat', 'https://example.org/?a=b', 'ftp://example.org', 'same'])(
  'PUBLIC_URL=%s is refused in one line',
  (url) => {
    expect(() => parseConfig({ PUBLIC_URL: url })).toThrow(/^PUBLIC_URL must be .*\.$/);
  },
);

test.each(['https://example.org', 'https://example.org/', 'https://example.org/graphql'])('PUBLIC_URL=%s is an origin', (url) => {
  expect(parseConfig({ PUBLIC_URL: url }).PUBLIC_URL).toBe('https://example.org');
});

test('the error for a PUBLIC_URL with a path says what to use instead', () => {
  expect(() => parseConfig({ PUBLIC_URL: 'https://example.org/chat' })).toThrow(/without a path.*Use a host name of its own\.$/);
});

describe('PUBLIC_URL=same-origin', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({
      ...PRODUCTION,
      PUBLIC_URL: 'same-origin',
      CORS_ORIGINS: 'https://other.example',
      ALLOWED_HOSTS: 'wall.lan',
    });
  });

  test.each(['127.0.0.1:8080', '[::1]:8080', '192.168.0.7', 'localhost:9999', 'WALL.lan:8080', 'other.example'])(
    'serves the page at %s with addresses of the same origin',
    async (host) => {
      const config = await get(app, '/config.json', host);
      expect([config.status, JSON.parse(config.body)]).toEqual([200, { http: '/graphql', ws: '/graphql', guests: false }]);
      const page = await get(app, '/', host);
      expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://${host} wss://${host};`);
      expect(await socket(app, host, `http://${host.toLowerCase()}`)).toBe('open');
    },
  );

  test.each(['evil.example', 'wall.lan.evil.example', 'localhost.evil.example', 'evil.example:8080', '127.0.0.1.evil.example'])(
    'refuses the host %j in production, against DNS rebinding',
    async (host) => {
      for (const path of ['/', '/config.json', '/graphql?query=%7Brooms%7Bid%7D%7D']) {
        expect((await get(app, path, host)).status).toBe(421);
      }
      expect((await get(app, '/', host)).body).toContain('ALLOWED_HOSTS');
      expect(await socket(app, host, `http://${host}`)).toBe('403');
    },
  );

  test('answers health checks under any host name', async () => {
    expect((await get(app, '/healthz', 'api:4000')).status).toBe(200);
  });

  test('serves every host outside production', async () => {
    const open = await TestApp.start({ PUBLIC_URL: 'same-origin' });
    expect((await get(open, '/config.json', 'laptop:4000')).status).toBe(200);
    expect(await socket(open, 'laptop:4000', 'http://laptop:4000')).toBe('open');
  });
});
