import type { Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { fill } from '../../src/web/words/words';
import { TestApp } from '../support/app';
import { until } from '../support/until';
import { barriers, NAMES, PHONE, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const PASSWORD = 'quiet-otter-7';
let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ ADMINS: 'head_gardener', RATE_LIMITS: 'off' });
  return app.app.urls.http;
}

describeInBrowser('people who come and go', start, (visitors) => {
  const own = (page: Page, text: string) =>
    page
      .locator('.notes')
      .getByRole('listitem')
      .filter({ hasText: text })
      .filter({ has: page.locator('.mark') });

  test('lets a newcomer write as a guest with one tap, and claim the account later', async () => {
    const names = NAMES.ko;
    const { page } = await visitors.open('/', { locale: 'ko-KR', colorScheme: 'dark', ...PHONE });
    await write(page, names, '처음 남겨 보는 글');
    const dialog = page.getByRole('dialog', { name: ko['sign-up'] });
    await dialog.waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: ko['as-guest'] }).tap();
    await own(page, '처음 남겨 보는 글').waitFor();

    await page.getByRole('link', { name: ko.me }).tap();
    await page.getByRole('heading', { name: ko['guest-card'] }).waitFor();
    // A guest who logs out cannot come back.
    await page.getByRole('button', { name: ko['log-out'], exact: true }).tap();
    await page.getByText(ko['guest-logout']).waitFor();
    await page.getByRole('button', { name: ko.cancel }).tap();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: ko.claim }).tap();
    const claim = page.getByRole('dialog', { name: ko.claim });
    await claim.getByLabel(names.name, { exact: true }).fill('새싹');
    await claim.getByLabel(names.password, { exact: true }).fill(PASSWORD);
    await claim.getByRole('button', { name: ko['claim-send'] }).tap();
    await page.getByRole('heading', { name: '새싹' }).waitFor();
    await page.getByText(fill(ko['my-count'], { n: 1 })).waitFor();
    expect(await page.getByRole('heading', { name: ko['guest-card'] }).count()).toBe(0);

    await page.getByText(ko['change-password'], { exact: true }).tap();
    await page.getByLabel(ko['current-password']).fill('wrong-otter-7');
    await page.getByLabel(ko['new-password']).fill('loud-otter-8');
    await page.getByRole('button', { name: ko['change-password'] }).tap();
    await page.getByText(ko['wrong-password']).waitFor();
    await page.getByLabel(ko['current-password']).fill(PASSWORD);
    await page.getByRole('button', { name: ko['change-password'] }).tap();
    await page.getByText(ko['change-password-done']).waitFor();
    await page.getByText(ko.sessions).tap();
    await page.getByText(ko['session-here']).waitFor();
    expect(await barriers(page)).toEqual([]);

    // This browser knows somebody now, so that it asks them to log in.
    await page.getByRole('button', { name: ko['log-out'], exact: true }).tap();
    await page.getByText(ko['need-login']).waitFor();
    await page.getByRole('link', { name: ko.wall, exact: true }).tap();
    await write(page, names, '다시 왔어요');
    const logIn = page.getByRole('dialog', { name: ko['log-in'] });
    await logIn.getByLabel(names.login).fill('새싹');
    await logIn.getByLabel(names.password, { exact: true }).fill('loud-otter-8');
    await page.keyboard.press('Enter');
    await own(page, '다시 왔어요').waitFor();
    await own(page, '처음 남겨 보는 글').waitFor();
  }, 120_000);

  test('lets an administrator hand out a link for a new password, which works once', async () => {
    const forgetful = await visitors.open('/');
    await signUp(forgetful.page, NAMES.en, 'forgetful');
    const admin = await visitors.open('/');
    await signUp(admin.page, NAMES.en, 'head_gardener');
    await admin.page.getByRole('link', { name: en.admin }).click();
    await admin.page.getByText(en['reports-empty']).waitFor();
    await admin.page.getByRole('link', { name: en['password-links'] }).click();
    await admin.page.getByLabel(en.username).fill('forgetful');
    await admin.page.keyboard.press('Enter');
    const link = admin.page.getByLabel(en['password-link']);
    await link.waitFor();
    await admin.page.getByRole('button', { name: en.copy }).click();
    await admin.page.getByText(en.copied).waitFor();
    expect(await barriers(admin.page)).toEqual([]);
    const { pathname, search } = new URL(await link.inputValue());
    await admin.page.getByRole('link', { name: en.log }).click();
    await admin.page.getByText(en['action-CREATE_PASSWORD_RESET']).waitFor();
    await admin.page.getByRole('link', { name: en['password-links'] }).click();
    expect(await link.count()).toBe(0);

    const { page } = await visitors.open('/me');
    const response = await page.goto(new URL(pathname + search, page.url()).href);
    expect(await response?.headerValue('referrer-policy')).toBe('no-referrer');
    await page.getByLabel(en['new-password']).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.getByLabel(en['new-password']).fill('onlyletters');
    await page.keyboard.press('Enter');
    await page.locator('.problem', { hasText: en['password-rule'] }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel(en['new-password']).fill('remembered-9');
    await page.keyboard.press('Enter');
    await page.getByText(en['reset-done']).waitFor();
    await page.getByText('forgetful', { exact: true }).waitFor();
    // The session with the former password has ended.
    await write(forgetful.page, NAMES.en, 'too late');
    await forgetful.page.getByText(en['cut-off']).waitFor();

    const late = await visitors.open('/me');
    await late.page.goto(new URL(pathname + search, late.page.url()).href);
    await late.page.getByLabel(en['new-password']).fill('somebody-else-1');
    await late.page.keyboard.press('Enter');
    await late.page.getByText(en['reset-bad']).waitFor();
    await late.page.getByRole('button', { name: en['reset-again'] }).click();
    await late.page.getByRole('dialog').getByLabel(NAMES.en.login).fill('nobody_at_all');
    await late.page.keyboard.press('Enter');
    await late.page.getByText(en['forgot-sent']).waitFor();
  }, 120_000);

  test('stays at a place when the room is changed, and comes back to where the reader was', async () => {
    const person = await app.person();
    for (let i = 1; i <= 40; i++) await app.send(person, `row ${i}`);
    const { page } = await visitors.open('/');
    await signUp(page, NAMES.en, 'room_owner');
    await page.getByRole('button', { name: en['new-room'] }).click();
    await page.getByLabel(en['room-title']).fill('Tea time');
    await page.keyboard.press('Enter');
    await until(async () => (await page.title()) === 'Tea time · Jungle Buzz', 'the title names the room');
    // The sheet for inviting people opens by itself.
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Everyone’s wall' }).click();
    const note = page.getByText('row 20', { exact: true });
    await page.getByText('row 40', { exact: true }).waitFor();
    await page.mouse.move(500, 300);
    await until(async () => {
      await page.mouse.wheel(0, -300);
      return page.getByRole('button', { name: en.newest }).isVisible();
    }, 'the reader is above the newest notes');
    const top = async () => Math.round((await note.boundingBox())?.y ?? 0);
    const before = await top();
    await page.getByRole('link', { name: en.mood, exact: true }).click();
    await until(
      async () => (await page.title()) === `${en.mood} · Everyone’s wall · Jungle Buzz`,
      'the title names mood and room',
    );
    await page.goBack();
    await note.waitFor();
    await until(async () => Math.abs((await top()) - before) <= 2, 'the note is where it was');
    await page.goForward();
    await page.getByRole('link', { name: 'Tea time' }).click();
    await page.locator('main').getByText('Tea time').waitFor();
    await until(async () => (await page.title()) === `${en.mood} · Tea time · Jungle Buzz`, 'the title names the other room');
  }, 90_000);
});
