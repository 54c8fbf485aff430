import type { BrowserContextOptions, Page, Route } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { fill } from '../../src/web/words/words';
import { TestApp } from '../support/app';
import { until } from '../support/until';
import { NAMES, PHONE, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const DAY_MS = 24 * 3_600_000;
const WORDS = { ko, en };
const HOSTILE_LETTER = [
  '# <img src=x onerror=alert(1)>',
  '![tracker](https://example.org/pixel.png) and [a link](javascript:alert(1)) and <https://example.org>',
  '<script>document.title = "hacked"</script>',
  '<div style="position:fixed;inset:0">over everything</div>',
  `**${'w'.repeat(1_000)}**`,
  '\u202eturned around\u202c `code <b>` ~~gone~~',
  '| a | b |\n|---|---|\n| <i>1</i> | [x](data:text/html,1) |',
].join('\n\n');

let app: TestApp;
let later = -2 * DAY_MS;

async function start(): Promise<string> {
  const settings = { ADMINS: 'head_gardener', JWT_EXPIRES_IN: '30d', RATE_LIMITS: 'off' };
  app = await TestApp.start(settings, { clock: { now: () => Date.now() + later } });
  const person = await app.person();
  for (let day = -2; day < 0; day++) {
    for (let i = 0; i < 12; i++)
      await app.send(person, i % 3 ? `정말 기쁘고 고마운 하루예요 ${i}` : `so happy and thankful ${i}`);
    later += DAY_MS;
    await app.app.runInsights(Date.now() + later);
  }
  await app.send(person, '오늘은 조금 불안해요');
  return app.app.urls.http;
}

describeInBrowser('mood, letters and My page', start, (visitors) => {
  const place = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name });

  test.each<['ko' | 'en', string, BrowserContextOptions]>([
    ['ko', 'on a dark phone', { locale: 'ko-KR', colorScheme: 'dark', ...PHONE }],
    ['en', 'on a light desktop', { locale: 'en-US' }],
  ])(
    'marks a letter as unread with a dot until it is opened, %s %s',
    async (language, _, options) => {
      const words = WORDS[language];
      const { page } = await visitors.open('/', options);
      const dot = page.getByTitle(words.unread);
      await dot.waitFor();
      await place(page, words.letters).click();
      const envelopes = page.locator('main').getByRole('listitem').getByRole('link');
      await envelopes.nth(1).waitFor();
      expect(await page.getByRole('article').count()).toBe(0);
      expect(await page.getByText(words['unread-mark']).count()).toBe(2);
      await page.getByText(words['as-table']).click();
      expect(await page.getByRole('row').count()).toBe(3);
      await envelopes.first().click();
      await page
        .getByRole('article')
        .getByText(fill(words['letter-about'], { n: 12, people: 1 }))
        .waitFor();
      await dot.waitFor({ state: 'detached' });
      await page.goBack();
      expect(await page.getByText(words['unread-mark']).count()).toBe(1);
      await page.reload();
      await envelopes.first().waitFor();
      expect(await dot.count()).toBe(0);
      await signUp(page, NAMES[language], `reader_${language}`);
      await dot.waitFor();
    },
    60_000,
  );

  test('shows a hostile letter as text without scripts, requests or links', async () => {
    const { page, context } = await visitors.open('/letters', PHONE);
    await context.route('**/graphql', async (route: Route) => {
      const response = await route.fetch();
      const body = await response.text();
      const json = JSON.parse(body) as { data?: { insights?: { edges: { node: { letter: string; topics: string[] } }[] } } };
      for (const { node } of json.data?.insights?.edges ?? []) {
        node.letter = HOSTILE_LETTER;
        node.topics = ['<b>topic</b>', 'x'.repeat(300)];
      }
      await route.fulfill({ response, body: JSON.stringify(json) });
    });
    await page.reload();
    await page.locator('.mailbox a').first().click();
    const paper = page.getByRole('article');
    await paper.getByText('<img src=x onerror=alert(1)>').waitFor();
    await paper.getByText('<b>topic</b>').waitFor();
    expect(await paper.locator('a, img, script, b, i:not(.strip i), div[style]').count()).toBe(0);
    expect(await page.title()).toBe('Jungle Buzz');
    expect(await page.evaluate('document.querySelector("main").scrollWidth <= innerWidth')).toBe(true);
  });

  test('shows the mood as a chart by hour and day and as a table', async () => {
    const { page } = await visitors.open('/');
    await place(page, 'Mood').click();
    await page.getByRole('img', { name: en['chart-label'] }).waitFor();
    await page.getByText(en['as-table']).click();
    await page.getByRole('button', { name: en['by-day'] }).click();
    await page.getByRole('heading', { name: en['chart-days'] }).waitFor();
    await page.getByRole('row').nth(3).waitFor();
    await page.goBack();
    await page.getByRole('textbox', { name: NAMES.en.write }).waitFor();
  });

  test('shows the account, the mood and every note on My page, page by page', async () => {
    const { page } = await visitors.open('/me');
    await page.getByText(en['need-login']).waitFor();
    await page.locator('main').getByRole('button', { name: NAMES.en.logIn }).click();
    const diarist = await app.person('diarist');
    for (let i = 1; i <= 45; i++) await app.send(diarist, `entry ${i}`);
    await page.getByLabel(NAMES.en.login).fill('diarist');
    await page.getByLabel(NAMES.en.password, { exact: true }).fill('test-password-1');
    await page.keyboard.press('Enter');
    await page.getByText('Notes so far: 45').waitFor();
    await page.getByText(`Here since ${new Intl.DateTimeFormat('en', { year: 'numeric', month: 'long' }).format()}`).waitFor();
    await page.getByRole('heading', { name: en['my-mood'] }).waitFor();
    const notes = page.locator('.note');
    await page.mouse.move(600, 400);
    for (let shown = 0; shown < 45; shown = await notes.count()) {
      await page.mouse.wheel(0, 5_000);
      await notes.nth(shown).waitFor();
    }
    await page.getByText(en['log-end']).waitFor();
    expect(await notes.count()).toBe(45);
    await page.getByText('entry 1', { exact: true }).waitFor();
  });

  test('lets an administrator run a letter and erase a note on every open wall', async () => {
    const reader = await visitors.open('/');
    const { page } = await visitors.open('/');
    await signUp(page, NAMES.en, 'head_gardener');
    await write(page, NAMES.en, 'a weed');
    const weed = (where: Page) => where.locator('.notes').getByRole('listitem').filter({ hasText: 'a weed' });
    await weed(reader.page).waitFor();
    await weed(reader.page).hover();
    await weed(reader.page).getByRole('button', { name: en['about-note'] }).click();
    await reader.page.getByRole('dialog').getByRole('button', { name: NAMES.en.logIn }).waitFor();
    await reader.page.keyboard.press('Escape');

    await weed(page).locator('.author', { hasNotText: en.mine }).waitFor();
    await weed(page).hover();
    await weed(page).getByRole('button', { name: en['about-note'] }).click();
    await page.getByLabel(en.reason).fill('spam');
    await page.getByRole('button', { name: en['take-down'] }).click();
    for (const where of [page, reader.page]) {
      await where.getByText(en.hidden).waitFor();
      expect(await weed(where).count()).toBe(0);
    }
    await place(page, 'Letters').click();
    await page.getByRole('button', { name: en['run-now'] }).click();
    await page.getByRole('article').getByText(en.asked).waitFor();
  });

  test('applies and keeps language and theme, and counts unseen notes in the title of the tab', async () => {
    const { page } = await visitors.open('/', { locale: 'ko-KR' });
    await page.getByLabel(ko.settings).click();
    await page.getByRole('combobox', { name: ko.language }).selectOption('en');
    await page.getByRole('combobox', { name: en.theme }).selectOption('dark');
    await page.reload();
    await page.getByRole('textbox', { name: en.write }).waitFor();
    expect(await page.evaluate('[document.documentElement.lang, getComputedStyle(document.body).colorScheme]')).toEqual([
      'en',
      'dark',
    ]);
    await page.evaluate('Object.defineProperty(document, "hidden", { configurable: true, get: () => true })');
    const person = await app.person();
    await app.send(person, 'psst');
    await app.send(person, 'over here');
    await until(async () => (await page.title()) === '(2) Jungle Buzz', 'the tab says 2');
    await page.evaluate('delete document.hidden; document.dispatchEvent(new Event("visibilitychange"))');
    await until(async () => (await page.title()) === 'Jungle Buzz', 'the tab says nothing');
  });
});
