import { once } from 'node:events';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync, inflateSync } from 'node:zlib';

import express from 'express';
import type { RoomPreviews } from '../../src/servers/http/preview/room-preview';
import { staticFiles } from '../../src/servers/http/static-files';
import { tempDir } from '../support/temp-dir';

/** The time that npm pack gives to every file. */
const PACKED = new Date('1985-10-26T08:15:00Z');
const root = tempDir();
const titles = new Map([
  ['open', '<b>"숲"</b> & $& 이야기'],
  ['main', 'Jungle Buzz'],
]);
let server: Server;
let base: string;

function put(name: string, content: string | Buffer): void {
  writeFileSync(join(root, name), content);
  utimesSync(join(root, name), PACKED, PACKED);
}

beforeAll(async () => {
  mkdirSync(join(root, 'assets'));
  put('index.html', '<p>old</p>');
  put('theme.js', 'let a=1');
  put('assets/index-abc.js.gz', gzipSync('console.log(1)'));
  const previews: RoomPreviews = {
    publicRoom: (id) => Promise.resolve(titles.has(id) ? { id, title: titles.get(id) ?? '' } : undefined),
    emotionsOf: () => Promise.resolve(['JOY', 'CALM']),
  };
  const pageUrl = () => 'https://wall.example';
  const endpoints = () => ({ http: '/graphql', ws: '/graphql', sources: [] });
  const embedOrigins = ['https://blog.example.org'];
  const app = express().use(staticFiles({ root, ide: false, guests: false, embedOrigins, previews, pageUrl, endpoints }));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Not by fetch, which sends "Cache-Control: no-cache" with every condition. */
async function get(path: string, headers: Record<string, string> = {}): Promise<Got> {
  const asked = request(base + path, { headers: { 'accept-encoding': 'gzip', ...headers } }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const body = await buffer(response);
  const text = (response.headers['content-encoding'] && body.length > 0 ? gunzipSync(body) : body).toString();
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test.each([
  ['/', 'index.html', '<p>old</p>', '<p>new</p>'],
  ['/rooms/main', 'index.html', '<p>old</p>', '<p>new</p>'],
  ['/theme.js', 'theme.js', 'let a=1', 'let a=2'],
])('%s is sent again after an upgrade that changes neither size nor modification time', async (path, name, old, updated) => {
  put(name, old);
  const first = await get(path);
  expect(first.text).toBe(old);
  const conditions = {
    'if-none-match': first.headers['etag'] ?? '',
    'if-modified-since': first.headers['last-modified'] ?? PACKED.toUTCString(),
  };
  expect((await get(path, { 'if-none-match': conditions['if-none-match'] })).status).toBe(304);
  put(name, updated);
  const second = await get(path, conditions);
  expect([second.status, second.text]).toEqual([200, updated]);
  // What a cache sends that knows the time only.
  expect((await get(path, { 'if-modified-since': PACKED.toUTCString() })).status).toBe(200);
});

test('an asset is cached by its name, which contains a hash of its contents', async () => {
  const first = await get('/assets/index-abc.js');
  expect(first.text).toBe('console.log(1)');
  expect(first.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(first.headers['content-encoding']).toBe('gzip');
  expect(first.headers['vary']).toBe('Accept-Encoding');
  expect((await get('/assets/index-abc.js', { 'if-none-match': first.headers['etag'] ?? '' })).status).toBe(304);
});

test('an asset is decompressed for a client that does not accept gzip', async () => {
  const answer = await get('/assets/index-abc.js', { 'accept-encoding': 'identity' });
  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.headers['content-type']).toContain('javascript');
  expect(answer.text).toBe('console.log(1)');
});

test('an unknown path gets 404 with the page for browsers and is left to the next handler otherwise', async () => {
  const forPerson = await get('/nowhere/at/all', HTML);
  expect([forPerson.status, forPerson.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  expect(forPerson.headers['content-security-policy']).toContain("default-src 'self'");
  expect(forPerson.text).toContain('<p>');
  for (const [path, headers] of [
    ['/nowhere', { accept: 'application/json' }],
    ['/nowhere', { accept: '*/*' }],
    ['/graphql/other', HTML],
    ['/assets/missing.js', HTML],
    ['/healthz/other', HTML],
  ] as const) {
    const answer = await get(path, headers);
    expect([path, answer.status, answer.text.includes('<p>new</p>')]).toEqual([path, 404, false]);
  }
});

describe('with the head of a page', () => {
  const HEAD =
    '<html lang="ko"><head><title>Wall</title><meta property="og:title" content="Wall" /></head><div id="app"></div></html>';
  beforeAll(() => put('index.html', HEAD));

  test('the page of a public room names it and its picture, and every other room gets the page as it is', async () => {
    const { text } = await get('/rooms/open', HTML);
    const escaped = '&#60;b&#62;&#34;숲&#34;&#60;/b&#62; &#38; $&#38; 이야기 · Jungle Buzz';
    expect(text).toContain(`<title>${escaped}</title>`);
    expect(text).toContain(`<meta property="og:title" content="${escaped}" />`);
    expect(text).toContain('<meta property="og:image" content="https://wall.example/rooms/open/preview.png" />');
    for (const path of ['/rooms/hidden', '/rooms/nowhere', '/me'])
      expect([path, (await get(path, HTML)).text]).toEqual([path, HEAD]);
  });

  test.each([
    ['ko', '모두의 담벼락 · Jungle Buzz'],
    ['en', 'Everyone’s wall · Jungle Buzz'],
  ])('the page of the main room names it in the language of the reader (%s)', async (language, title) => {
    const { text, headers } = await get('/', { ...HTML, 'accept-language': language });
    expect(text).toContain(`<title>${title}</title>`);
    expect(headers['vary']).toContain('Accept-Language');
  });

  test('the picture of a public room is a PNG of 1200 by 630 pixels, and no other room has one', async () => {
    const response = await fetch(`${base}/rooms/open/preview.png`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    const png = Buffer.from(await response.arrayBuffer());
    expect(png.length).toBeLessThan(100_000);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1_200, 630]);
    expect(inflateSync(png.subarray(png.indexOf('IDAT') + 4, -16)).length).toBe((1_200 * 3 + 1) * 630);
    expect((await get('/rooms/hidden/preview.png')).status).toBe(404);
    expect((await get('/rooms/hidden/preview.png')).text).toBe(
      (await get('/rooms/nowhere/preview.png')).text.replace('nowhere', 'hidden'),
    );
  });

  test.each([
    ['/rooms/NOT%20AN%20ID', 'ko-KR,ko;q=0.9', 'ko', '없는 페이지'],
    ['/rooms/%E0%A4%A', 'en-US', 'en', 'Page not found'],
    ['/nowhere', 'fr', 'en', 'Page not found'],
  ])('%s is answered with 404 and a page in the language of the reader', async (path, language, lang, title) => {
    const answer = await get(path, { ...HTML, 'accept-language': language });
    expect(answer.status).toBe(404);
    expect(answer.text).toContain(`<html lang="${lang}">`);
    expect(answer.text).toContain(`<title>${title}`);
    expect(answer.text).toContain('<p class="empty');
  });
});
