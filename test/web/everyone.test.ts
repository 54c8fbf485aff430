import type { Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { TestApp } from '../support/app';
import { until } from '../support/until';
import { barriers, NAMES, PHONE, signUp } from './support/visit';
import { describeInBrowser } from './support/with-page';
import { wallScripts } from './support/wall-scripts';

const DAY_MS = 24 * 3_600_000;
const names = NAMES.en;

const HOSTILE = [
  '<script>document.title = "hacked"</script><img src=x onerror=alert(1)><b>bold</b>',
  '![tracker](https://example.org/pixel.png) [a link](javascript:alert(1)) https://example.org',
  `\u202eabc\u202c \u2067def\u2069 ${'\u0301'.repeat(200)}`,
  'w'.repeat(1_000),
  '👩‍👩‍👧‍👦🏳️‍🌈👍🏽'.repeat(40),
  `${'a\n'.repeat(100)}end of a tall one`,
];

let app: TestApp;
let later = -DAY_MS;

async function start(): Promise<string> {
  const settings = { JWT_EXPIRES_IN: '30d', RATE_LIMITS: 'off' };
  app = await TestApp.start(settings, { clock: { now: () => Date.now() + later } });
  const person = await app.person();
  for (let i = 0; i < 12; i++) await app.send(person, `정말 기쁘고 고마운 하루예요 ${i}`);
  later += DAY_MS;
  await app.app.runInsights(Date.now() + later);
  for (const text of [
    'I am so happy today, what a joy!',
    '정말 사랑해요, 고마워요',
    'calm and quiet evening',
    '내일이 기대돼요, 잘될 거예요',
    'I am so sad, I cried all night',
    '너무 화나요, 진짜 짜증나',
    'I am worried and scared about tomorrow',
    '너무 지치고 피곤해요',
    '12:30',
  ])
    await app.send(person, text);
  return app.app.urls.http;
}

describeInBrowser('the page for everyone', start, (visitors) => {
  const go = async (page: Page, name: string) => {
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await page.locator('main:not([aria-busy=true])').getByRole('heading').first().waitFor();
  };

  test.each(['light', 'dark'] as const)(
    'has no serious finding of axe on any view, in %s',
    async (colorScheme) => {
      // The phone has every part of the desktop but the button of the side.
      const { page } = await visitors.open('/', { colorScheme, ...(colorScheme === 'dark' && PHONE) });
      await page.getByText('12:30').waitFor();
      const found = await barriers(page);
      const look = async () => {
        found.push(...(await barriers(page)));
      };
      await page.getByLabel(en.settings).click();
      await look();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: names.logIn, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await look();
      await page.keyboard.press('Escape');
      await signUp(page, names, `everyone_${colorScheme}`);
      await page.getByRole('button', { name: en['new-room'] }).click();
      await page.getByRole('dialog').getByRole('button', { name: en.create }).click();
      await page.getByText(en['room-title-rule']).waitFor();
      await look();
      await page.keyboard.press('Escape');
      await go(page, en.mood);
      await page.locator('canvas').waitFor();
      await page.getByText(en['as-table']).click();
      await look();
      await go(page, en.letters);
      await page.locator('.mailbox a').first().waitFor();
      await look();
      await page.locator('.mailbox a').first().click();
      await page.getByRole('article').waitFor();
      await look();
      await go(page, en.me);
      await page.locator('canvas').waitFor();
      // On a phone the list begins below the fold and is loaded when it comes near.
      await page.locator('main section').last().scrollIntoViewIfNeeded();
      await page.getByText(en['log-empty']).waitFor();
      await look();
      expect(found).toEqual([]);
    },
    90_000,
  );

  test('can be used by keyboard alone', async () => {
    const { page } = await visitors.open('/');
    const { keyboard } = page;
    await page.getByText('12:30').waitFor();
    const focused = async () =>
      String(await page.evaluate('document.activeElement.textContent || document.activeElement.ariaLabel'));
    /** Presses Tab until the element of this name has the focus. */
    const tabTo = async (name: string) => {
      for (let i = 0; (await focused()).trim() !== name; i++) {
        if (i > 40) throw new Error(`the focus does not reach ${name}`);
        await keyboard.press('Tab');
      }
    };
    await keyboard.press('Tab');
    expect(await focused()).toBe(en.skip);
    await keyboard.press('n');
    await keyboard.type('written without a mouse');
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: en['sign-up'] }).waitFor();
    await keyboard.press('Escape');
    await until(async () => (await focused()) === en.write, 'the focus is back');
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: en['sign-up'] }).waitFor();
    await tabTo(en['log-in']);
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: en['log-in'] }).waitFor();
    await tabTo(en['sign-up']);
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: en['sign-up'] }).waitFor();
    await page.getByRole('dialog').getByLabel(en.username, { exact: true }).focus();
    await keyboard.type('keys_only');
    await keyboard.press('Tab');
    await keyboard.type('quiet-otter-7');
    await keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await until(async () => (await focused()) === en.write, 'the focus is back');
    const mine = page.locator('.notes').getByRole('listitem').filter({ hasText: 'written without a mouse' });
    await mine.locator('.author', { hasNotText: en.mine }).waitFor();

    await page.getByRole('region', { name: en.notes }).focus();
    await keyboard.press('ArrowUp');
    expect(await focused()).toContain('written without a mouse');
    await keyboard.press('ArrowUp');
    expect(await focused()).toContain('12:30');
    await tabTo(en['about-note']);
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: en['about-note'] }).waitFor();
    await keyboard.type('not about a feeling');
    await keyboard.press('Enter');
    await page.getByText(en.reported).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await tabTo(en.letters);
    await keyboard.press('Enter');
    await page.locator('.mailbox a').first().waitFor();
    await page.locator('.mailbox a').first().focus();
    await keyboard.press('Enter');
    await page.getByRole('article').waitFor();
  }, 60_000);

  test('shows hostile text as text without breaking the layout', async () => {
    const person = await app.person();
    for (const text of HOSTILE) await app.send(person, text);
    for (const options of [{}, PHONE]) {
      const { page } = await visitors.open('/', options);
      const notes = page.locator('.notes').getByRole('listitem');
      await notes.getByText('<img src=x onerror=alert(1)>').waitFor({ state: 'attached' });
      await notes.getByText('end of a tall one').waitFor();
      expect(await notes.locator('p :not(em, a)').count()).toBe(0);
      const links = notes.locator('p a[rel="noopener noreferrer nofollow ugc"]');
      expect(await links.allInnerTexts()).toEqual(['https://example.org/pixel.png', 'https://example.org']);
      const tall = notes.filter({ hasText: 'end of a tall one' });
      const height = async () => (await tall.boundingBox())?.height ?? 0;
      expect(await height()).toBeLessThan(500);
      await tall.getByRole('button', { name: en.unfold }).click();
      expect(await height()).toBeGreaterThan(2_000);
      await tall.getByRole('button', { name: en.fold }).click();
      expect(await height()).toBeLessThan(500);
      expect(await page.title()).toContain('Jungle Buzz');
      expect(
        await page.evaluate(
          '[document.body, ...document.querySelectorAll(".notes, .note")].every((e) => e.scrollWidth <= e.clientWidth + 1)',
        ),
      ).toBe(true);
      // A change of direction must not leave its note.
      expect(
        await page.evaluate(
          'getComputedStyle([...document.querySelectorAll(".note p")].find((p) => p.textContent.includes("abc"))).unicodeBidi',
        ),
      ).toBe('isolate');
    }
  }, 60_000);

  test('serves a favicon, a manifest and Open Graph metadata', async () => {
    const origin = new URL(app.app.urls.http).origin;
    const html = await (await fetch(origin)).text();
    expect(html).toMatch(/<meta property="og:title" content="[^"]+"/);
    expect(html).toMatch(/<meta property="og:description" content="[^"]+"/);
    expect((await fetch(`${origin}/favicon.svg`)).headers.get('content-type')).toContain('image/svg+xml');
    const manifest = (await (await fetch(`${origin}/manifest.webmanifest`)).json()) as { name: string; icons: { src: string }[] };
    expect(manifest.name).toContain('Jungle Buzz');
    expect((await fetch(`${origin}${manifest.icons[0]?.src}`)).status).toBe(200);
  });

  test('only fades new notes in with prefers-reduced-motion', async () => {
    const { page } = await visitors.open('/', { reducedMotion: 'reduce' });
    await page.getByText('12:30').waitFor({ state: 'attached' });
    await app.send(await app.person(), 'comes in quietly');
    await page.locator('.note.fresh', { hasText: 'comes in quietly' }).waitFor();
    expect(await page.evaluate('getComputedStyle(document.querySelector(".note.fresh")).animationName')).toBe('appear-only');
  });
});

test('the wall needs no more than 60 kB of JavaScript at the start, gzipped', () => {
  const sizes = wallScripts();
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThanOrEqual(60_000);
});
