import type { BrowserContextOptions, Page, Route } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { fill } from '../../src/web/words/words';
import { TestApp } from '../support/app';
import { until } from '../support/until';
import { barriers, NAMES, PHONE, signUp, write } from './support/visit';
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
  const settings = { ADMINS: 'head_gardener', MODERATORS: 'guard_ko,guard_en', JWT_EXPIRES_IN: '30d', RATE_LIMITS: 'off' };
  app = await TestApp.start(settings, { clock: { now: () => Date.now() + later } });
  const people = [await app.person(), await app.person(), await app.person()] as const;
  for (let day = -2; day < 0; day++) {
    for (let i = 0; i < 12; i++)
      await app.send(people[i % 3] ?? people[0], i % 3 ? `정말 기쁘고 고마운 하루예요 ${i}` : `so happy and thankful ${i}`);
    later += DAY_MS;
    await app.app.runInsights(Date.now() + later);
  }
  await app.send(people[0], '오늘은 조금 불안해요');
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
        .getByText(fill(words['letter-about'], { n: 12, people: 3 }))
        .waitFor();
      await dot.waitFor({ state: 'detached' });
      await page.getByRole('article').getByText(words.eight).click();
      expect(await page.locator('.shares li').count()).toBe(8);
      await page.goBack();
      await page.getByText(words['unread-mark']).first().waitFor();
      expect(await page.getByText(words['unread-mark']).count()).toBe(1);
      await page.reload();
      await envelopes.first().waitFor();
      expect(await dot.count()).toBe(0);
      await signUp(page, NAMES[language], `reader_${language}`);
      await dot.waitFor();
    },
    60_000,
  );

  test.each<['ko' | 'en', string, BrowserContextOptions]>([
    ['ko', 'on a dark phone', { locale: 'ko-KR', colorScheme: 'dark', ...PHONE }],
    ['en', 'on a light desktop', { locale: 'en-US' }],
  ])(
    'shows the question of the room, which a moderator can replace and a note can answer, %s %s',
    async (language, _, options) => {
      const words = WORDS[language];
      const asked = language === 'ko' ? '점심에 뭐 먹었어요?' : 'What did you have for lunch?';
      const reader = await visitors.open('/', options);
      await signUp(reader.page, NAMES[language], `eater_${language}`);
      const card = reader.page.getByRole('region', { name: words.question });
      await card.getByRole('paragraph').waitFor();
      expect(await card.getByRole('button', { name: words.ask }).count()).toBe(0);
      const { page } = await visitors.open('/', options);
      await signUp(page, NAMES[language], `guard_${language}`);
      await page.getByRole('button', { name: words.ask }).click();
      await page.getByRole('dialog').getByRole('button', { name: words['ask-send'] }).click();
      await page.getByText(words['ask-rule']).waitFor();
      await page.getByLabel(words['ask-label'], { exact: true }).fill(asked);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      // The open page of the reader hears of it.
      await card.getByText(asked).waitFor();
      const composer = reader.page.locator('.composer');
      const field = composer.getByRole('textbox');
      await card.getByRole('button', { name: words.answer }).click();
      await composer.getByText(asked).waitFor();
      await composer.getByRole('button', { name: words['answer-cancel'] }).click();
      await composer.getByText(asked).waitFor({ state: 'detached' });
      await card.getByRole('button', { name: words.answer }).click();
      await field.fill(`noodles ${language}`);
      await reader.page.reload();
      await composer.getByText(asked).waitFor();
      expect(await barriers(reader.page)).toEqual([]);
      await field.press('Enter');
      const answer = page
        .locator('.notes')
        .getByRole('listitem')
        .filter({ hasText: `noodles ${language}` });
      await answer.getByText(words['answers-question']).waitFor();
      expect(await composer.getByText(asked).count()).toBe(0);
      await write(reader.page, NAMES[language], `and tea ${language}`);
      await page.getByText(`and tea ${language}`).waitFor();
      expect(await page.getByText(words['answers-question']).count()).toBeLessThanOrEqual(language === 'ko' ? 1 : 2);
    },
    60_000,
  );

  test('begins an answer to an older letter from its page', async () => {
    const { page } = await visitors.open('/letters');
    await page.locator('.mailbox a').nth(1).click();
    const paper = page.getByRole('article');
    await paper.getByRole('heading', { name: en['letter-question'] }).waitFor();
    const question = (await paper.locator('.asked p').textContent()) ?? '';
    await paper.getByRole('button', { name: en.answer }).click();
    await page.locator('.composer').getByText(question).waitFor();
  });

  test('shows a hostile letter as text without scripts, requests or links', async () => {
    const { page, context } = await visitors.open('/letters', PHONE);
    await context.route('**/graphql', async (route: Route) => {
      const response = await route.fetch();
      const body = await response.text();
      const json = JSON.parse(body) as { data?: { insightById?: { [field: string]: unknown } } };
      Object.assign(json.data?.insightById ?? {}, {
        ...{ letter: HOSTILE_LETTER, ko: null, en: null },
        facts: ['<b>fact</b>', 'y'.repeat(300)],
        topics: ['<b>topic</b>', 'x'.repeat(300)],
        question: '<b>question</b> [x](/y)?',
      });
      await route.fulfill({ response, body: JSON.stringify(json) });
    });
    await page.reload();
    await page.locator('.mailbox a').first().click();
    const paper = page.getByRole('article');
    await paper.getByText('<img src=x onerror=alert(1)>').waitFor();
    for (const part of ['topic', 'fact', 'question']) await paper.getByText(`<b>${part}</b>`).waitFor();
    expect(await paper.locator('a, img, script, b, i:not(.strip i), div[style]').count()).toBe(0);
    expect(await page.title()).toContain('Jungle Buzz');
    expect(await page.evaluate('document.querySelector("main").scrollWidth <= innerWidth')).toBe(true);
  });

  test('shows the mood as a chart by hour and day and as a table', async () => {
    const { page } = await visitors.open('/');
    await place(page, 'Mood').click();
    const chart = page.getByRole('img', { name: en['chart-label'] });
    await chart.press('ArrowLeft');
    const tip = page.locator('.tip');
    const nothing = tip.getByText('0 notes', { exact: true });
    await tip.getByText(/^\d+ notes?$/).waitFor();
    // An hour may have begun since the notes, or between them.
    if (await nothing.isVisible()) await chart.press('ArrowLeft');
    await tip.getByText(/^[1-9]\d* notes?$/).waitFor();
    for (let hour = 0; hour < 2; hour++) await chart.press('ArrowLeft');
    await nothing.waitFor();
    await page.getByRole('button', { name: en.eight }).click();
    await page.getByRole('img', { name: en['eight-label'] }).waitFor();
    expect(await page.locator('.legend li').count()).toBe(8);
    await page.getByText(en['as-table'], { exact: true }).click();
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
    await app.send(await app.person(), 'a weed');
    const weed = (where: Page) => where.locator('.notes').getByRole('listitem').filter({ hasText: 'a weed' });
    await weed(reader.page).waitFor();
    await weed(reader.page).hover();
    await weed(reader.page).getByRole('button', { name: en['about-note'] }).click();
    await reader.page.getByRole('dialog').getByRole('button', { name: en['report-as'] }).waitFor();
    await reader.page.keyboard.press('Escape');

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
    await until(async () => (await page.title()) === '(2) Everyone’s wall · Jungle Buzz', 'the tab says 2');
    await page.evaluate('delete document.hidden; document.dispatchEvent(new Event("visibilitychange"))');
    await until(async () => (await page.title()) === 'Everyone’s wall · Jungle Buzz', 'the tab says nothing');
  });
});
