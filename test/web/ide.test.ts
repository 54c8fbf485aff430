import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { TestApp } from '../support/app';
import { hasBrowser, openBrowser } from '../support/browser';

const SCREENSHOTS = join(__dirname, 'screenshots');
const describeInBrowser = hasBrowser ? describe : describe.skip;

describeInBrowser('the IDE pages', () => {
  let browser: Browser;
  let context: BrowserContext;
  let app: TestApp;
  let origin: string;
  /** Errors on the console, failed scripts, and requests to other hosts. */
  const problems: string[] = [];

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    app = await TestApp.start();
    origin = new URL(app.app.urls.http).origin;
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser.close());
  afterEach(async () => {
    await context.close();
    expect(problems.splice(0)).toEqual([]);
  });

  async function open(path: string): Promise<Page> {
    context = await browser.newContext({ locale: 'en-US', viewport: { width: 1100, height: 760 } });
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).hostname !== '127.0.0.1') problems.push(request.url());
    });
    const answer = await page.goto(`${origin}${path}`);
    expect(answer?.headers()['content-security-policy']).toContain("default-src 'self'");
    return page;
  }

  test('GraphiQL runs a subscription and shows a message', async () => {
    const page = await open('/graphiql');
    // The editor is loaded after the tabs are there.
    await page.locator('.graphiql-query-editor .CodeMirror-code').getByText('register').first().waitFor();
    await page.getByRole('tab', { name: 'Listen' }).click();
    await page.locator('.graphiql-query-editor').getByText('newChat').first().waitFor();
    const person = await app.person();
    const result = page.locator('.result-window');
    const run = page.locator('.graphiql-execute-button');
    // The editor takes over the name of the operation a moment after the tab has changed.
    await run.click();
    for (let i = 0; !(await result.getByText(/seen from GraphiQL/).count()); i++) {
      if (i > 100) throw new Error(`no event: ${await result.innerText()}`);
      if (/Unknown operation/.test(await result.innerText())) await run.click();
      await app.send(person, `seen from GraphiQL ${i}`);
    }
    await page.screenshot({ path: join(SCREENSHOTS, 'graphiql.png') });
    expect(problems.splice(0).filter((problem) => /^http|Content Security Policy/.test(problem))).toEqual([]);
  }, 60_000);

  test('GraphiQL has a tab for each example', async () => {
    const page = await open('/graphiql');
    for (const name of ['Register', 'Send', 'Listen', 'Recent']) await page.getByRole('tab', { name }).waitFor();
    expect(problems.splice(0).filter((problem) => /^http|Content Security Policy/.test(problem))).toEqual([]);
  });

  const SANDBOX = 'https://embeddable-sandbox.cdn.apollographql.com/**';

  test('Sandbox gets both endpoints and the examples, and its page may subscribe', async () => {
    context = await browser.newContext();
    const page = await context.newPage();
    // Stands for Apollo's script, which comes from the internet: subscribes to what it was given and shows what comes.
    await page.route(SANDBOX, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `window.EmbeddedSandbox = class {
          constructor({ target, initialEndpoint, initialSubscriptionEndpoint, initialState }) {
            const show = (text) => document.querySelector(target).append(text + '\\n');
            const socket = new WebSocket(initialSubscriptionEndpoint, 'graphql-transport-ws');
            socket.onopen = () => socket.send('{"type":"connection_init"}');
            socket.onmessage = ({ data }) => {
              const { type, payload } = JSON.parse(data);
              if (type === 'next') return show(payload.data.newChat.text);
              if (type !== 'connection_ack') return;
              const ask = { query: initialState.document, operationName: 'Listen' };
              socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: ask }));
              fetch(initialEndpoint, {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify({ query: initialState.document, operationName: 'Recent' }),
              }).then((answer) => answer.json()).then(({ data }) => show('cursor ' + typeof data.recentChats.cursor));
            };
          }
        };`,
      }),
    );
    await page.goto(`${origin}/sandbox`);
    const sandbox = page.locator('#sandbox');
    await sandbox.getByText('cursor string').waitFor();
    const person = await app.person();
    for (let i = 0; !(await sandbox.getByText(/seen from Sandbox/).count()); i++) {
      if (i > 100) throw new Error(`no event: ${await sandbox.innerText()}`);
      await app.send(person, `seen from Sandbox ${i}`);
    }
  }, 60_000);

  test('the Sandbox page links to GraphiQL without the internet', async () => {
    context = await browser.newContext();
    const page = await context.newPage();
    await page.route(SANDBOX, (route) => route.abort());
    await page.goto(`${origin}/sandbox`);
    await page.getByRole('link', { name: 'GraphiQL works offline.' }).click();
    await page.getByRole('tab', { name: 'Listen' }).waitFor();
  });
});
