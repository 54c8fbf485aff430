import type { Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { TestApp } from '../support/app';
import { NAMES, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const names = NAMES.en;

const blocked = (name: string): string =>
  `Object.defineProperty(window, '${name}', { get() { throw new DOMException('denied', 'SecurityError'); } });`;

/** Each replaces a part of the browser's storage by one that fails, before the page runs. */
const FAILURES: Readonly<Record<string, string>> = {
  'all storage is blocked': ['localStorage', 'sessionStorage', 'indexedDB'].map(blocked).join('\n'),
  'there is no IndexedDB': `Object.defineProperty(window, 'indexedDB', { value: undefined });`,
  'the quota of local storage is used up': `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`,
  'IndexedDB refuses every put': `IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };`,
  'IndexedDB aborts every commit': `{
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      const request = put.apply(this, args);
      request.addEventListener('success', () => this.transaction.abort());
      return request;
    };
  }`,
  'IndexedDB never answers': `IDBFactory.prototype.open = () => new EventTarget();`,
  'the browser closes the database before each transaction': `{
    const { transaction } = IDBDatabase.prototype;
    let calls = 0;
    IDBDatabase.prototype.transaction = function (...args) {
      if (++calls % 2) this.close();
      return transaction.apply(this, args);
    };
  }`,
};

let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ RATE_LIMITS: 'off' });
  return app.app.urls.http;
}

describeInBrowser('a browser whose storage fails', start, (visitors) => {
  const noteWith = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

  test.each(Object.entries(FAILURES))('opens the wall and sends notes from memory when %s', async (name, script) => {
    const person = `memory_${Object.keys(FAILURES).indexOf(name)}`;
    const { page, context } = await visitors.open('/');
    await context.addInitScript({ content: script });
    await page.reload();
    await signUp(page, names, person);
    await write(page, names, `sent by ${person}`);
    await noteWith(page, `sent by ${person}`).locator('.author', { hasNotText: en.mine }).waitFor();
    // Offline it waits in memory, and is sent once when the connection is back.
    await context.setOffline(true);
    await page.getByText(en.offline).waitFor();
    await write(page, names, `waited by ${person}`);
    await noteWith(page, `waited by ${person}`).getByText(en.waiting).waitFor();
    await context.setOffline(false);
    await noteWith(page, `waited by ${person}`).locator('.author', { hasNotText: en.mine }).waitFor();
    expect(await noteWith(page, `waited by ${person}`).count()).toBe(1);
  });
});
