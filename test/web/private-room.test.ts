import type { BrowserContextOptions, Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { ROOM_WORDS } from '../../src/web/words/rooms';
import { fill } from '../../src/web/words/words';
import { TestApp } from '../support/app';
import { until } from '../support/until';
import { barriers, NAMES, PHONE, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const WORDS = { ko: { ...ko, ...ROOM_WORDS.ko }, en: { ...en, ...ROOM_WORDS.en } };
let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ RATE_LIMITS: 'off' });
  return app.app.urls.http;
}

describeInBrowser('a private room', start, (visitors) => {
  const notes = (page: Page) => page.locator('.notes').getByRole('listitem');

  /** Makes a private room by keyboard. @returns its address and the code of its first invitation */
  async function makeRoom(page: Page, language: 'ko' | 'en', title: string): Promise<{ path: string; code: string }> {
    const words = WORDS[language];
    await page.getByRole('button', { name: words['new-room'] }).press('Enter');
    await page.getByLabel(words['room-title']).fill(title);
    await page.getByRole('radio', { name: words.PRIVATE }).press('Space');
    expect(await page.getByLabel(words['address-own']).count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: words.invite }).waitFor();
    const code = (await page.locator('.invite-code strong').textContent()) ?? '';
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('img', { name: words['qr-label'] }).waitFor();
    expect(await page.getByLabel(words['invite-link']).inputValue()).toMatch(new RegExp(`/join/${code}$`));
    await page.getByRole('button', { name: words.done }).press('Enter');
    return { path: new URL(page.url()).pathname, code };
  }

  test.each<['ko' | 'en', string, string, BrowserContextOptions]>([
    ['ko', 'on a dark phone', '3학년 2반 이야기', { locale: 'ko-KR', colorScheme: 'dark', ...PHONE }],
    ['en', 'on a light desktop', '수요일 책모임', { locale: 'en-US' }],
  ])(
    'is joined by its code as a guest, tells a removed member why it closed, and does not exist for strangers, %s %s',
    async (language, _, title, options) => {
      const words = WORDS[language];
      const host = await visitors.open('/', options);
      await signUp(host.page, NAMES[language], `teacher_${language}`);
      const { path, code } = await makeRoom(host.page, language, title);
      expect(path).toMatch(/^\/rooms\/[a-z0-9-]+$/);

      const guest = await visitors.open('/join', options);
      await guest.page.getByLabel(words['join-code']).fill('aaaa-aaaa');
      await guest.page.keyboard.press('Enter');
      await guest.page.getByText(words['join-bad']).waitFor();
      await guest.page.getByLabel(words['join-code']).fill(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `);
      await guest.page.keyboard.press('Enter');
      await guest.page.getByRole('heading', { name: title }).waitFor();
      await guest.page.getByText(words['join-history']).waitFor();
      expect(await barriers(guest.page)).toEqual([]);
      await guest.page.getByRole('button', { name: words['join-as-guest'] }).click();
      await write(guest.page, NAMES[language], 'here I am');
      await notes(host.page).filter({ hasText: 'here I am' }).waitFor();

      const stranger = await visitors.open(path, options);
      await stranger.page.getByText(words['room-gone']).waitFor();
      expect(await stranger.page.getByText(title).count()).toBe(0);
      await stranger.page.goto(`${new URL(host.page.url()).origin}${path}/settings`);
      await stranger.page.getByText(words['room-gone']).waitFor();

      // The settings, by keyboard.
      await host.page.getByLabel(words['room-menu']).press('Enter');
      await host.page.getByRole('link', { name: words['room-settings'] }).press('Enter');
      const member = host.page.locator('.members li').nth(1);
      const name = (await member.locator('strong').textContent())?.trim() ?? '';
      await member.getByRole('button', { name: `${words.remove}: ${name}` }).press('Enter');
      await member.getByText(fill(words['remove-sure'], { name })).waitFor();
      expect(await barriers(host.page)).toEqual([]);
      // The focus is on the button that removes.
      await until(() => host.page.evaluate(`document.activeElement?.textContent === ${JSON.stringify(words.remove)}`));
      await host.page.keyboard.press('Enter');
      await host.page.getByText(fill(words.removed, { name })).waitFor();
      await guest.page.getByText(words['room-left'], { exact: true }).waitFor();
      expect(await guest.page.getByText('here I am').count()).toBe(0);

      // Nobody comes in by the code of before.
      await stranger.page.goto(`${new URL(host.page.url()).origin}/join/${code}`);
      await stranger.page.getByText(words['join-bad']).waitFor();
    },
    120_000,
  );

  test('keeps its notes when it is archived, and says why nobody can write', async () => {
    const words = WORDS.en;
    const { page } = await visitors.open('/');
    await signUp(page, NAMES.en, 'club_lead');
    const { path } = await makeRoom(page, 'en', 'Book club');
    await write(page, NAMES.en, 'the last page');
    await notes(page).filter({ hasText: 'the last page' }).waitFor();
    const reader = await visitors.tab(page.context(), path);
    await page.getByLabel(words['room-menu']).press('Enter');
    await page.getByRole('link', { name: words['room-settings'] }).press('Enter');
    await page.getByLabel(words['room-title']).fill('Books we loved');
    await page.getByRole('button', { name: words.save, exact: true }).first().click();
    await page.getByText(words.saved).first().waitFor();
    await reader.getByRole('heading', { name: 'Books we loved' }).waitFor();
    await page.getByText(words.ending).click();
    await page.getByText(words['archive-sure']).waitFor();
    await page.getByRole('button', { name: words.archive, exact: true }).click();
    await reader.getByText(words['archived-room']).waitFor();
    await notes(reader).filter({ hasText: 'the last page' }).waitFor();
    expect(await reader.getByRole('textbox', { name: NAMES.en.write }).count()).toBe(0);
    expect(await barriers(reader)).toEqual([]);
  }, 120_000);
});
