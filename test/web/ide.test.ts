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
  /** What went wrong in any page: errors on the console, failed scripts, requests to anywhere else. */
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
    await page.goto(`${origin}${path}`);
    return page;
  }

  test('GraphiQL runs a subscription and sees a message come', async () => {
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
    problems.splice(0);
  }, 60_000);
});
