import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { TestApp } from '../support/app';
import { RecentChatsDocument } from '../support/generated/graphql';
import { until } from '../support/until';
import { pdfPages } from './support/pdf-text';
import { barriers, NAMES, PHONE, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const names = NAMES.en;
const WORKER = join(__dirname, '../../dist/web/sw.js');
const DAY_MS = 86_400_000;
let app: TestApp;
let later = 0;

async function start(): Promise<string> {
  const env = { RATE_LIMITS: 'off', PUSH_CONTACT: 'mailto:wall@example.org', JWT_EXPIRES_IN: '90d' };
  app = await TestApp.start(env, { clock: { now: () => Date.now() + later } });
  return app.app.urls.http;
}

/** Databases of notes that this browser keeps. */
const KEPT = `new Promise((resolve) => {
  const opening = indexedDB.open('jungle-buzz.notes');
  opening.onsuccess = () => {
    const all = opening.result.transaction('rooms').objectStore('rooms').getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result.map(({ owner, notes }) => [owner, notes.length])); };
  };
})`;

describeInBrowser('the page as an app', start, (visitors) => {
  const active = (page: Page) =>
    until(() => page.evaluate<boolean>('navigator.serviceWorker.controller !== null'), 'the service worker has the page');

  test('can be installed, and shows and takes notes without a network', async () => {
    const { page, context } = await visitors.open('/', { serviceWorkers: 'allow', ...PHONE });
    await active(page);
    const manifest = await page.evaluate<{ icons: { sizes: string; src: string; purpose?: string }[]; display: string }>(
      "fetch('/manifest.webmanifest').then((response) => response.json())",
    );
    expect(manifest.display).toBe('standalone');
    expect(manifest.icons.map(({ sizes, purpose }) => [sizes, purpose])).toEqual(
      expect.arrayContaining([
        ['192x192', undefined],
        ['512x512', undefined],
        ['512x512', 'maskable'],
      ]),
    );
    for (const { src } of manifest.icons) {
      const type = await page.evaluate(`fetch('${src}').then((response) => response.headers.get('content-type'))`);
      expect(type).toMatch(/^image\//);
    }
    await signUp(page, names, 'in_a_tunnel');
    await app.send(await app.person(), 'before the tunnel');
    await page.getByText('before the tunnel').waitFor();
    await until(
      async () => JSON.stringify(await page.evaluate(KEPT)) === '[["in_a_tunnel",1]]',
      'the note is kept for this account alone',
    );
    await context.setOffline(true);
    await page.reload();
    await page.getByText('before the tunnel').waitFor();
    await write(page, names, 'from the tunnel');
    await page.getByText('from the tunnel').waitFor();
    await context.setOffline(false);
    await until(
      async () => JSON.stringify(await app.ask(RecentChatsDocument, { first: 5 })).includes('from the tunnel'),
      'the note is sent',
    );
    await page.getByRole('link', { name: en.me, exact: true }).click();
    await page.getByRole('button', { name: en['log-out'], exact: true }).click();
    await until(
      async () => !JSON.stringify(await page.evaluate(KEPT)).includes('in_a_tunnel'),
      'the notes of this account are forgotten',
    );
  }, 90_000);

  test('offers a new version and loads it when the person wants it', async () => {
    const { page } = await visitors.open('/', { serviceWorkers: 'allow', locale: 'ko' });
    await active(page);
    const before = readFileSync(WORKER);
    try {
      writeFileSync(WORKER, `${before.toString()}\n// Another version`);
      await page.evaluate('navigator.serviceWorker.ready.then((registration) => registration.update())');
      await page.getByText(ko['new-version']).waitFor();
      expect(await barriers(page)).toEqual([]);
      const reloaded = page.waitForEvent('load');
      await page.getByRole('button', { name: ko['use-new-version'] }).click();
      await reloaded;
      await page.getByRole('textbox', { name: NAMES.ko.write }).waitFor();
      expect(await page.getByText(ko['new-version']).count()).toBe(0);
    } finally {
      writeFileSync(WORKER, before);
    }
  }, 90_000);

  test('asks for notifications in the mailbox only, shows a letter, and opens it by a tap', async () => {
    await app.send(await app.person(), 'a note for the letter');
    await app.app.runInsights(Date.now() + later);
    later += DAY_MS;
    await app.app.runInsights(Date.now() + later);
    const { page, context } = await visitors.open('/letters', { serviceWorkers: 'allow', permissions: ['notifications'] });
    await active(page);
    await page.getByRole('button', { name: en['notify-on'] }).waitFor();
    await page.getByRole('button', { name: en['notify-on'] }).click();
    await page.getByRole('dialog', { name: names.signUp }).waitFor();
    await page.keyboard.press('Escape');
    // Of the service worker itself: a browser under test has no push service.
    const [worker] = context.serviceWorkers();
    const href = await page.locator('.mailbox a').first().getAttribute('href');
    const notice = JSON.stringify({ title: 'Jungle Buzz', body: 'It is here', tag: 'letter', lang: 'en', url: href });
    await worker?.evaluate(`self.dispatchEvent(new PushEvent('push', { data: ${JSON.stringify(notice)} }))`);
    const shown = 'self.registration.getNotifications().then((list) => list.map(({ title, tag }) => [title, tag]))';
    await until(async () => JSON.stringify(await worker?.evaluate(shown)) === '[["Jungle Buzz","letter"]]', 'it is shown');
    await worker?.evaluate(
      "self.registration.getNotifications().then(([notification]) => self.dispatchEvent(new NotificationEvent('notificationclick', { notification })))",
    );
    await until(async () => ((await worker?.evaluate(shown)) as unknown[]).length === 0, 'it is closed');
  }, 90_000);

  test('prints a letter on one page', async () => {
    const { page } = await visitors.open('/letters');
    await page.locator('.mailbox a').first().click();
    await page.locator('.letter').waitFor();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  }, 60_000);

  test('prints the wall by days, with its notes and no controls', async () => {
    const person = await app.person();
    await app.send(person, 'written on the first day');
    later += DAY_MS;
    await app.send(person, 'written on the second day');
    const { page } = await visitors.open('/');
    await page.getByText('written on the second day').waitFor();
    const pages = pdfPages(await page.pdf({ preferCSSPageSize: true }));
    const pageOf = (text: string) => pages.findIndex((printed) => printed.includes(text));
    expect(pageOf('written on the first day')).toBeGreaterThanOrEqual(0);
    expect(pageOf('written on the second day')).toBe(pageOf('written on the first day') + 1);
    const controls = ['send', 'write', 'log-in', 'sign-up', 'how-you-feel', 'me', 'letters', 'new-room', 'older'] as const;
    expect(controls.filter((name) => pages.join('\n').includes(en[name]))).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    const shown = `[...document.querySelectorAll('button, summary, input, textarea, nav')].filter((control) => control.checkVisibility()).map((control) => control.outerHTML)`;
    expect(await page.evaluate(shown)).toEqual([]);
  }, 60_000);

  test('offers once to install the app, to somebody with an account', async () => {
    const { page } = await visitors.open('/', { locale: 'ko' });
    // Chromium under test never asks by itself.
    const offer = () =>
      page.evaluate(`window.prompted = 0;
        dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: () => { window.prompted++; } }))`);
    await offer();
    expect(await page.getByText(ko['install-hint']).count()).toBe(0);
    await signUp(page, NAMES.ko, 'installer');
    await page.getByText(ko['install-hint']).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: ko.install, exact: true }).click();
    expect(await page.evaluate('window.prompted')).toBe(1);
    await page.getByText(ko['install-hint']).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('textbox', { name: NAMES.ko.write }).waitFor();
    await offer();
    expect(await page.getByText(ko['install-hint']).count()).toBe(0);
  }, 60_000);

  test('sends by background sync what waits when the page was closed without a network', async () => {
    const { page, context } = await visitors.open('/', { serviceWorkers: 'allow' });
    await active(page);
    await signUp(page, names, 'gone_home');
    await context.setOffline(true);
    await write(page, names, 'sent after the page was closed');
    await page.locator('.note.waiting', { hasText: 'sent after the page was closed' }).waitFor();
    await page.close();
    await context.setOffline(false);
    const [worker] = context.serviceWorkers();
    await worker?.evaluate("self.dispatchEvent(new SyncEvent('sync', { tag: 'outbox' }))");
    await until(
      async () => JSON.stringify(await app.ask(RecentChatsDocument, { first: 5 })).includes('sent after the page was closed'),
      'the service worker has sent it',
    );
  }, 60_000);
});
