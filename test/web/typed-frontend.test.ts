import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { TestApp } from '../support/app';
import { hasBrowser, openBrowser } from '../support/browser';
import { Emotion, Empathy, SetEmpathyDocument, SetFeelingDocument } from '../support/generated/graphql';
import { tempDir } from '../support/temp-dir';

const ROOT = join(__dirname, '../..');
const describeInBrowser = hasBrowser ? describe : describe.skip;

describeInBrowser('examples/typed-frontend', () => {
  let app: TestApp;
  let browser: Browser;
  let server: Server;
  let page: string;

  beforeAll(async () => {
    const built = tempDir();
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    await promisify(execFile)(process.execPath, [vite, 'build', 'examples/typed-frontend', '--outDir', built], { cwd: ROOT });
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = path === '/' ? 'index.html' : path;
      response.setHeader('content-type', extname(file) === '.js' ? 'text/javascript' : 'text/html');
      try {
        response.end(readFileSync(join(built, file)));
      } catch {
        response.writeHead(204).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    app = await TestApp.start();
    const { http, ws } = app.app.urls;
    page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?${String(new URLSearchParams({ api: http, live: ws }))}`;
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
  });

  test('shows what was there, what others write, and what its own person writes with a feeling, each once and as it is now', async () => {
    const other = await app.person();
    await app.send(other, 'before the page came');
    const tab = await browser.newPage();
    const problems: string[] = [];
    tab.on('pageerror', (error) => problems.push(error.message));
    await tab.goto(page);
    await tab.getByText('before the page came').waitFor();
    await tab.locator('#state', { hasText: 'live' }).waitFor();
    const { id } = await app.send(other, 'while it is open');
    await tab.getByText('while it is open').waitFor();
    await tab.getByLabel('Name').fill('typed_mina');
    await tab.getByRole('button', { name: 'Join' }).click();
    await tab.getByLabel('Message').fill('I am so happy today');
    await tab.getByLabel('Feeling').selectOption('love');
    await tab.getByRole('button', { name: 'Send' }).click();
    await tab.getByText('I am so happy today (love)').waitFor();
    const reader = await app.person();
    await app.ask(SetFeelingDocument, { id, feeling: Emotion.Hope }, other.accessToken);
    await app.ask(SetEmpathyDocument, { chatId: id, empathy: Empathy.Hug }, reader.accessToken);
    await tab.getByText('while it is open (hope, hug 1)').waitFor();
    const notes = await tab.locator('li').allInnerTexts();
    expect(notes.map((note) => note.replace(/^[^:]*: | \([^)]+\)$/g, ''))).toEqual([
      'before the page came',
      'while it is open',
      'I am so happy today',
    ]);
    expect(problems).toEqual([]);
    await tab.close();
  });
});
