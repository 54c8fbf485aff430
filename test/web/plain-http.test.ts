import type { Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { TestApp } from '../support/app';
import { openBrowser } from '../support/browser';
import { barriers, NAMES, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const HOUR_MS = 3_600_000;
const names = NAMES.en;
/** A name in a local network: without HTTPS it is no secure context, unlike localhost. */
const HOST = 'wall.test';
let app: TestApp;
let later = 0;

async function start(): Promise<string> {
  app = await TestApp.start({ RATE_LIMITS: 'off' }, { clock: { now: () => Date.now() + later } });
  return app.app.urls.http.replace('127.0.0.1', HOST);
}

describeInBrowser(
  'the page over plain HTTP under another name than localhost',
  start,
  (visitors) => {
    const noteWith = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });
    const arrived = (page: Page, text: string) => noteWith(page, text).locator('.author', { hasNotText: en.mine }).waitFor();

    test('signs up, sends by Enter, and receives live', async () => {
      const { page } = await visitors.open('/');
      expect(await page.evaluate('[isSecureContext, typeof crypto.randomUUID, typeof navigator.locks]')).toEqual([
        false,
        'undefined',
        'undefined',
      ]);
      await signUp(page, names, 'on_the_lan');
      await page.getByRole('textbox', { name: names.write }).fill('hello from the class room');
      await page.keyboard.press('Enter');
      await arrived(page, 'hello from the class room');
      const other = await visitors.open('/');
      await noteWith(other.page, 'hello from the class room').waitFor();
      await app.send(await app.person(), 'and back');
      for (const tab of [page, other.page]) await noteWith(tab, 'and back').waitFor();
      for (const [link, heading] of [
        [en.mood, en.mood],
        [en.letters, en.letters],
        [en.me, 'on_the_lan'],
      ] as const) {
        await page.getByRole('link', { name: link, exact: true }).click();
        await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      }
      expect(await barriers(page)).toEqual([]);
    }, 60_000);

    test('keeps two tabs logged in when their token expires, and sends each offline note once', async () => {
      const { page, context } = await visitors.open('/');
      await signUp(page, names, 'two_lan_tabs');
      const other = await visitors.tab(context, '/');
      await other.getByText('two_lan_tabs').waitFor();
      later += 2 * HOUR_MS;
      await Promise.all([write(page, names, 'from lan tab one'), write(other, names, 'from lan tab two')]);
      for (const tab of [page, other]) {
        await arrived(tab, 'from lan tab one');
        await arrived(tab, 'from lan tab two');
        expect(await noteWith(tab, 'from lan tab one').count()).toBe(1);
      }
      await page.getByRole('link', { name: en.me }).click();
      await page.getByText('Notes so far: 2').waitFor();
    }, 60_000);
  },
  () => openBrowser([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]),
);
