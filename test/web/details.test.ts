import type { Page, Route } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { fill } from '../../src/web/words/words';
import { TestApp } from '../support/app';
import { CreateRoomDocument } from '../support/generated/graphql';
import { until } from '../support/until';
import { NAMES, PHONE, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const names = NAMES.en;
/** 23:30 on the day of 25 hours on which summer time ends in New York. */
const NOW = Date.parse('2026-11-02T04:30:00Z');
let app: TestApp;
let now = NOW - 3 * DAY_MS - HOUR_MS;

async function start(): Promise<string> {
  const settings = { RATE_LIMITS: 'off', JWT_EXPIRES_IN: '30d', ROOMS_MAX: '100' };
  app = await TestApp.start(settings, { clock: { now: () => now } });
  const person = await app.person();
  await app.send(person, 'written three days ago');
  now += DAY_MS;
  await app.app.runInsights(now);
  now += DAY_MS;
  await app.send(person, 'written on the day before');
  for (const text of [
    'so happy, what a joy',
    'I am so sad, I cried',
    '너무 화나요',
    'worried and scared',
    '너무 지치고 피곤해요',
  ])
    await app.send(person, text);
  await app.app.runInsights(now + DAY_MS);
  now = NOW;
  await app.send(person, 'so happy and thankful today');
  return app.app.urls.http;
}

describeInBrowser('details of the page', start, (visitors) => {
  const noteWith = (page: Page, text: string) => page.locator('.notes').getByRole('listitem').filter({ hasText: text });
  const field = (page: Page) => page.getByRole('textbox', { name: names.write });
  const focused = (page: Page) => page.evaluate<string>('document.activeElement.ariaLabel ?? document.activeElement.id');
  /** The contrast of an element's text and background, which both are opaque. */
  const contrast = (page: Page, selector: string) =>
    page.evaluate<number>(`{
      const style = getComputedStyle(document.querySelector('${selector}'));
      const luminance = (color) => {
        const [r, g, b] = color.match(/[\\d.]+/g).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const [low, high] = [luminance(style.color), luminance(style.backgroundColor)].sort((a, b) => a - b);
      (high + 0.05) / (low + 0.05);
    }`);
  const overlap = (page: Page, one: string, other: string) =>
    page.evaluate<boolean>(`{
      const [a, b] = ['${one}', '${other}'].map((selector) => document.querySelector(selector).getBoundingClientRect());
      a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    }`);

  test('does not send on the Enter with keyCode 229 that ends a composition in Safari', async () => {
    const { page } = await visitors.open('/');
    await field(page).fill('안녕하세');
    const press = (keyCode: number) =>
      page.evaluate(`document.querySelector('textarea').dispatchEvent(Object.defineProperty(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }), 'keyCode', { value: ${keyCode} }))`);
    await press(229);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await press(13);
    await page.getByRole('dialog').waitFor();
  });

  test('updates its texts after the browser has translated them', async () => {
    const { page } = await visitors.open('/');
    await page.getByText(en.anonymous).waitFor();
    // Chrome wraps each text in new elements.
    await page.evaluate(`{
      const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        const outer = document.createElement('font');
        outer.appendChild(document.createElement('font')).textContent = text.data + '*';
        text.replaceWith(outer);
      }
    }`);
    await page.getByText(`${en.anonymous}*`).waitFor();
    await field(page).fill('x'.repeat(950));
    await page.getByText(fill(en.left, { n: 50 })).waitFor();
    expect(await page.getByText(en.anonymous).count()).toBe(0);
    await field(page).fill('x'.repeat(1_002));
    await page.getByText(fill(en['too-long'], { n: 2 })).waitFor();
    await field(page).fill('');
    await page.getByText(en.anonymous, { exact: true }).waitFor();
    const other = await visitors.open('/');
    await page.getByText(fill(en.online, { n: 2 }), { exact: true }).waitFor();
    await other.page.close();
  });

  test('counts decomposed Hangul as the server does', async () => {
    const { page } = await visitors.open('/');
    await field(page).fill('각'.repeat(990).normalize('NFD'));
    await page.getByText(fill(en.left, { n: 10 })).waitFor();
    await field(page).fill('각'.repeat(1_001).normalize('NFD'));
    await page.getByText(fill(en['too-long'], { n: 1 })).waitFor();
  });

  test('says Yesterday at the end of a day of 25 hours', async () => {
    const { page, context } = await visitors.open('/', { timezoneId: 'America/New_York' });
    await context.clock.setFixedTime(NOW);
    await page.reload();
    await noteWith(page, 'so happy and thankful today').waitFor();
    expect((await page.locator('.day').allInnerTexts()).slice(-2)).toEqual([en.yesterday, en.today]);
  });

  test('reloads once when the code of a page is gone after an upgrade', async () => {
    const { page, context } = await visitors.open('/');
    await noteWith(page, 'so happy and thankful today').waitFor();
    let loads = 0;
    page.on('domcontentloaded', () => loads++);
    await context.route('**/mood-page-*.js', (route) => (loads === 0 ? route.abort() : route.continue()));
    // The page that is open came from an older build.
    await page.evaluate(`document.querySelector('script[type=module]').setAttribute('src', '/assets/index-of-before.js')`);
    await page.getByRole('link', { name: en.mood, exact: true }).click();
    await page.getByRole('heading', { name: en.mood, exact: true }).waitFor();
    expect(loads).toBe(1);
  });

  test('says that a page did not load, and does not reload, when its code is missing without an upgrade', async () => {
    const { page, context } = await visitors.open('/');
    await context.route('**/mood-page-*.js', (route) => route.abort());
    let loads = 0;
    page.on('domcontentloaded', () => loads++);
    await page.getByRole('link', { name: en.mood, exact: true }).click();
    await page.getByText(en['page-failed']).waitFor();
    expect(loads).toBe(0);
  });

  test('returns the focus from a dialog to the button that opened it, or to the content', async () => {
    const { page } = await visitors.open('/');
    await noteWith(page, 'so happy and thankful today').waitFor();
    await page.getByRole('region', { name: en.notes }).focus();
    await page.keyboard.press('ArrowUp');
    // Past the button for kind words
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe(en['about-note']);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText(en['why-report']).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await until(async () => (await focused(page)) === en['about-note'], 'the focus is on the button');
    // The button for logging in is gone after the login.
    await signUp(page, names, 'focus_keeper');
    await until(async () => (await focused(page)) === 'content', 'the focus is in the content');
  });

  test('shows its banner in readable colours and over no heading or field', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, context } = await visitors.open('/', { colorScheme, ...PHONE });
      await noteWith(page, 'so happy and thankful today').waitFor();
      await context.setOffline(true);
      await page.getByText(en.offline).waitFor();
      for (const other of ['h1', '.meter', 'textarea'])
        expect([other, await overlap(page, '.banner', other)]).toEqual([other, false]);
      await page.evaluate('history.pushState(null, "", "/mood"); dispatchEvent(new PopStateEvent("popstate"))');
      await page.locator('main.page :is(h1, .empty)').first().waitFor();
      expect(await overlap(page, '.banner', 'h1, .empty')).toBe(false);
      await page.goBack();
      await context.setOffline(false);
      await page.getByText(en.back).waitFor();
      expect(await contrast(page, '.banner')).toBeGreaterThan(4.5);
    }
  }, 60_000);

  test('keeps the colours of strip and chart when the person has forced colours', async () => {
    const { page, context } = await visitors.open('/mood', { forcedColors: 'active' });
    await context.clock.setFixedTime(NOW);
    await page.reload();
    await page.locator('canvas').waitFor();
    await page.getByRole('button', { name: en.eight }).click();
    await page.locator('.legend .JOY').waitFor();
    const hues = (selector: string) =>
      page.evaluate<number>(
        `new Set([...document.querySelectorAll('${selector}')].map((e) => getComputedStyle(e).backgroundColor)).size`,
      );
    expect(await hues('.legend i')).toBe(8);
    expect(await hues('.strip i')).toBe(8);
    const drawn = () =>
      page.evaluate<number>(`{
      const canvas = document.querySelector('canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const colours = new Map();
      for (let i = 0; i < data.length; i += 4)
        if (data[i + 3] === 255) colours.set(data.slice(i, i + 3).join(), (colours.get(data.slice(i, i + 3).join()) ?? 0) + 1);
      [...colours.values()].filter((pixels) => pixels > 200).length;
    }`);
    await until(async () => (await drawn()) > 2, 'the chart has its colours');
  });

  test('prints a letter whole', async () => {
    const { page, context } = await visitors.open('/letters');
    await context.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const json = JSON.parse(await response.text()) as { data?: { insightById?: { letter: string } } };
      if (json.data?.insightById) json.data.insightById.letter = Array(80).fill('A paragraph of a long letter.').join('\n\n');
      await route.fulfill({ response, body: JSON.stringify(json) });
    });
    await page.reload();
    await page.locator('.mailbox a').first().click();
    await page.getByRole('article').waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const { whole, letter, clipped, ink } = await page.evaluate<{
      whole: number;
      letter: number;
      clipped: number;
      ink: string;
    }>(`({
      whole: document.documentElement.scrollHeight,
      letter: document.querySelector('.letter').getBoundingClientRect().height,
      clipped: [...document.querySelectorAll('#app, .place, main')].filter((e) => getComputedStyle(e).overflowY !== 'visible').length,
      ink: getComputedStyle(document.body).color,
    })`);
    expect(letter).toBeGreaterThan(2_000);
    expect(whole).toBeGreaterThanOrEqual(Math.floor(letter));
    expect(clipped).toBe(0);
    expect(ink).toBe('rgb(39, 48, 43)');
    expect(await page.locator('.places').isVisible()).toBe(false);
    // The change of medium moves everything, which is no fault.
    await page.close();
  });

  test.each(['/nothing/here', '/rooms/NO%20ROOM', '/graphiqlx'])(
    'answers the wrong address %s with a page in the reader’s language',
    async (path) => {
      for (const [locale, words, main] of [
        ['ko-KR', ko, '모두의 담벼락'],
        ['en-US', en, 'Everyone’s wall'],
      ] as const) {
        const { page } = await visitors.open(path, { locale });
        await page.getByText(words['page-gone']).waitFor();
        await page.getByRole('button', { name: words['to-main'] }).click();
        await page.getByRole('heading', { name: main }).waitFor();
        await page.close();
      }
    },
  );

  test('answers programs at a wrong address in JSON, and browsers with status 404', async () => {
    const { origin } = new URL(app.app.urls.http);
    const program = await fetch(`${origin}/nothing/here`);
    expect([program.status, program.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
    const browser = await fetch(`${origin}/nothing/here`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([browser.status, browser.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(browser.headers.get('content-security-policy')).toContain("default-src 'self'");
    const asset = await fetch(`${origin}/assets/gone.js`, { headers: { accept: 'text/html' } });
    expect(asset.headers.get('content-type')).toContain('json');
  });

  test('opens a letter by its address however old it is, without the list, and says when there is no such letter', async () => {
    const { page, context } = await visitors.open('/letters');
    const older = await page.locator('.mailbox a').nth(1).getAttribute('href');
    const lists = (route: Route) => ((route.request().postData() ?? '').includes('insights(') ? route.abort() : route.continue());
    await context.route('**/graphql', lists);
    await page.goto(`${new URL(page.url()).origin}${older}`);
    await page.getByRole('article').waitFor();
    await context.unroute('**/graphql', lists);
    await page.goto(`${new URL(page.url()).origin}/letters?letter=none`);
    await page.getByText(en['letter-gone']).waitFor();
    await page.locator('.mailbox a').nth(1).waitFor();
  });

  test('keeps its button clear of right-to-left text, its strip wide at 320 px, and hints clear of the focus ring', async () => {
    const person = await app.person();
    await app.send(person, '\u05d0\u05d1\u05d2 \u05d3\u05d4\u05d5 '.repeat(20));
    const { page } = await visitors.open('/', { ...PHONE, viewport: { width: 320, height: 640 } });
    const rtl = noteWith(page, '\u05d0\u05d1\u05d2');
    await rtl.waitFor();
    const gap = await page.evaluate<number>(`{
      const note = [...document.querySelectorAll('.note')].at(-1);
      const range = document.createRange();
      range.selectNodeContents(note.querySelector('p'));
      const button = note.querySelector('.more .icon').getBoundingClientRect();
      Math.min(...[...range.getClientRects()].filter((r) => r.top < button.bottom).map((r) => button.left - r.right));
    }`);
    expect(gap).toBeGreaterThanOrEqual(0);
    expect((await page.locator('.strip').first().boundingBox())?.width).toBeGreaterThan(80);
    await page.getByRole('button', { name: names.logIn, exact: true }).click();
    await page.getByRole('dialog').waitFor();
    const distances = await page.evaluate<number[]>(`{
      const [label, input, hint] = ['label', 'input', 'p'].map((tag) =>
        document.querySelector('dialog .field ' + tag).getBoundingClientRect());
      [input.top - label.bottom, hint.top - input.bottom];
    }`);
    // The focus ring ends 5 px outside of the field.
    for (const distance of distances) {
      expect(distance).toBeGreaterThan(6);
      expect(distance).toBeLessThanOrEqual(10);
    }
  });

  test('gives the notes the place of the bars on a low phone, and of all bars while the composer has the focus', async () => {
    const { page } = await visitors.open('/', { ...PHONE, viewport: { width: 375, height: 330 } });
    const bars = ['.name', '.account', '.rooms', '.places'].map((bar) => page.locator(bar));
    const places = page.locator('.places');
    const field = page.getByRole('textbox', { name: names.write });
    const notesHeight = async () => (await page.locator('.notes').boundingBox())?.height ?? 0;
    await places.waitFor();
    for (const bar of bars.slice(0, 3)) await bar.waitFor({ state: 'hidden' });
    expect(await notesHeight()).toBeGreaterThan(100);
    await field.tap();
    for (const bar of bars) await bar.waitFor({ state: 'hidden' });
    expect(await notesHeight()).toBeGreaterThan(150);
    await page.getByRole('region', { name: en.question }).waitFor({ state: 'hidden' });
    await page.getByRole('heading').first().tap();
    await places.waitFor();
    await page.setViewportSize({ width: 667, height: 375 });
    await until(async () => (await notesHeight()) > 120, 'the notes have room');
    await page.setViewportSize({ width: 375, height: 667 });
    for (const bar of bars) await bar.waitFor();
    await field.tap();
    for (const bar of bars) await bar.waitFor({ state: 'hidden' });
    expect(await notesHeight()).toBeGreaterThan(400);
  });

  test('gives a finger 44 px for every control, and text of 16 px to every field', async () => {
    await app.send(await app.person(), 'a note with a button');
    const { page } = await visitors.open('/', PHONE);
    await noteWith(page, 'a note with a button').waitFor();
    const small = () =>
      page.evaluate<string[]>(`[...document.querySelectorAll('a:not(.skip, .note p a), button, summary, input, select, textarea')]
        .filter((control) => control.checkVisibility() && !control.matches('[type=checkbox]'))
        .filter((control) => {
          const { width, height } = control.getBoundingClientRect();
          const isField = control.matches('input, select, textarea');
          return width < 44 || height < 44 || (isField && parseFloat(getComputedStyle(control).fontSize) < 16);
        })
        .map((control) => control.outerHTML)`);
    expect(await small()).toEqual([]);
    await page.getByLabel(en.settings).tap();
    expect(await small()).toEqual([]);
    await page.getByRole('button', { name: names.logIn, exact: true }).tap();
    await page.getByRole('dialog').waitFor();
    expect(await small()).toEqual([]);
    await page.keyboard.press('Escape');
    await signUp(page, names, 'thumb');
    await noteWith(page, 'a note with a button').getByRole('button', { name: en.empathize }).tap();
    await page.getByRole('group', { name: en.empathize }).waitFor();
    await page.getByRole('button', { name: en.answer }).tap();
    await page.getByRole('button', { name: en['answer-cancel'] }).waitFor();
    await write(page, names, 'under a thumb');
    await noteWith(page, 'under a thumb').getByText(en.mine).waitFor();
    await noteWith(page, 'under a thumb').getByRole('button', { name: en['about-note'] }).waitFor();
    expect(await small()).toEqual([]);
    await noteWith(page, 'under a thumb').getByRole('button', { name: en['about-note'] }).tap();
    await page.getByRole('button', { name: en['take-back'] }).waitFor();
    expect(await small()).toEqual([]);
  });

  test('keeps the button for a new room in sight among thirty rooms', async () => {
    const { accessToken } = await app.person();
    for (let i = 0; i < 30; i++)
      await app.ask(CreateRoomDocument, { input: { id: `room-${i}`, title: `Room number ${i}`, anonymous: true } }, accessToken);
    for (const options of [{}, PHONE]) {
      const { page } = await visitors.open('/', options);
      await page.getByRole('link', { name: 'Room number 29' }).waitFor({ state: 'attached' });
      const box = await page.getByRole('button', { name: en['new-room'] }).boundingBox();
      const size = page.viewportSize();
      expect(box && size && box.x + box.width <= size.width && box.y + box.height <= size.height).toBe(true);
    }
  });
});
