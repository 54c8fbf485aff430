import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { HALL_WORDS } from '../../src/web/words/hall';
import { TestApp } from '../support/app';
import { TakeBackDocument } from '../support/generated/graphql';
import { barriers } from './support/visit';
import { describeInBrowser } from './support/with-page';

const KILOBYTE = 1_024;
let app: TestApp;
let blog: Server;

/** A page of another origin with the room in a frame and as an element. */
async function start(): Promise<string> {
  blog = createServer((request, response) => {
    const wall = new URL(app.app.urls.http).origin;
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      request.url === '/'
        ? `<!doctype html><html lang="en"><title>Blog</title><main><h1>Blog</h1>
           <iframe title="wall" src="${wall}/embed/main?lang=ko&theme=dark" width="500" height="400"></iframe>
           <script type="module" src="${wall}/element.js"></script>
           <jungle-wall room="main" lang="en" style="height: 300px"></jungle-wall></main></html>`
        : '',
    );
  }).listen(0, '127.0.0.1');
  await once(blog, 'listening');
  const url = `http://127.0.0.1:${(blog.address() as AddressInfo).port}`;
  app = await TestApp.start({ RATE_LIMITS: 'off', EMBED_ORIGINS: url, CORS_ORIGINS: url });
  return url;
}

describeInBrowser('a room in another page', start, (visitors) => {
  afterAll(() => {
    blog.closeAllConnections();
    blog.close();
  });

  test('follows the room in a frame and as an element, and stores nothing', async () => {
    const person = await app.person();
    await app.send(person, 'written before');
    const { page, context } = await visitors.open('/');
    const element = page.locator('jungle-wall');
    const frame = page.frameLocator('iframe');
    for (const place of [element, frame]) await place.getByText('written before').waitFor();
    const { id } = await app.send(person, 'written now');
    for (const place of [element, frame]) await place.getByText('written now').waitFor();
    expect(await element.getByRole('link', { name: HALL_WORDS.en.write }).getAttribute('target')).toBe('_blank');
    expect(await frame.getByRole('link', { name: HALL_WORDS.ko.write }).getAttribute('href')).toContain(
      new URL(app.app.urls.http).host,
    );
    expect(await barriers(page)).toEqual([]);
    await app.ask(TakeBackDocument, { id }, person.accessToken);
    for (const place of [element, frame]) await place.getByText('written now').waitFor({ state: 'detached' });
    const { cookies, origins } = await context.storageState();
    expect([cookies, origins]).toEqual([[], []]);
    await page.evaluate('document.querySelector("jungle-wall").setAttribute("room", "nowhere")');
    await element.getByText(HALL_WORDS.en.missing).waitFor();
  }, 120_000);
});

test('the element has at most 40 KB compressed', () => {
  const file = join(__dirname, '../../dist/web/element.js.gz');
  expect(readFileSync(file).length).toBeLessThanOrEqual(40 * KILOBYTE);
});
