import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { KnownDocuments } from '../../src/graphql/known-documents';
import * as operations from '../../src/web/generated/graphql';
import { TestApp } from '../support/app';
import { hasBrowser, openBrowser } from '../support/browser';
import { NAMES, signUp, Visitors, write } from './support/visit';

/** Written by the build. */
const MANIFEST = join(__dirname, '../../dist/web/persisted-documents.json');
const describeInBrowser = hasBrowser ? describe : describe.skip;

test('every document of the page is known by its text', () => {
  const known = new KnownDocuments(JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>);
  const texts = Object.values(operations)
    .filter((value) => value instanceof operations.TypedDocumentString)
    .map((document) => document.toString())
    .filter((text) => /^\s*(query|mutation|subscription) /.test(text));
  expect(texts.length).toBeGreaterThan(25);
  for (const query of texts) expect(() => known.textOf({ query })).not.toThrow();
});

describeInBrowser('the page on a server that executes persisted documents only', () => {
  let browser: Browser;
  let visitors: Visitors;

  beforeAll(async () => {
    const app = await TestApp.start({ PERSISTED_DOCUMENTS: MANIFEST });
    browser = await openBrowser();
    visitors = new Visitors(browser, new URL(app.app.urls.http).origin);
  }, 60_000);
  afterAll(() => browser.close());

  test('registers, sends, and shows the note live to its writer and to others', async () => {
    const names = NAMES.en;
    const reader = await visitors.open('/');
    await reader.page.getByText('Just you right now').waitFor();
    const { page } = await visitors.open('/');
    await signUp(page, names, 'only_known');
    await write(page, names, 'through the gate');
    for (const tab of [page, reader.page]) {
      const note = tab.getByRole('listitem').filter({ hasText: 'through the gate' });
      await note.locator('.author', { hasNotText: 'Yours' }).waitFor();
    }
    for (const [link, text] of [
      ['My page', 'Notes so far: 1'],
      ['Mood', 'Brightness'],
    ] as const) {
      await page.getByRole('link', { name: link, exact: true }).click();
      await page.getByText(text).first().waitFor({ state: 'attached' });
    }
    // A refused document is an error on the console.
    expect(await visitors.leave()).toEqual([]);
  });
});
