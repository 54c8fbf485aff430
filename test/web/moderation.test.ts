import type { BrowserContextOptions, Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { TestApp } from '../support/app';
import { NAMES, PHONE, barriers, signUp } from './support/visit';
import { describeInBrowser } from './support/with-page';

const WORDS = { ko, en };
let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ MODERATORS: 'guard_ko,guard_en', RATE_LIMITS: 'off' });
  return app.app.urls.http;
}

describeInBrowser('the moderators’ queue', start, (visitors) => {
  const wallNote = (page: Page, text: string) => page.locator('.notes').getByRole('listitem').filter({ hasText: text });

  test.each<['ko' | 'en', string, BrowserContextOptions]>([
    ['ko', 'on a dark desktop', { locale: 'ko-KR', colorScheme: 'dark' }],
    ['en', 'on a light phone', { locale: 'en-US', ...PHONE }],
  ])(
    'erases a reported note on every open wall, %s %s',
    async (language, _, options) => {
      const words = WORDS[language];
      const bad = `쓸모없는 광고 ${language}`;
      const fine = `조용한 저녁이에요 ${language}`;
      const writer = await app.person();
      await app.send(writer, bad);
      await app.send(writer, fine);
      const reader = await visitors.open('/', options);
      await signUp(reader.page, NAMES[language], `reader_${language}`);
      for (const text of [bad, fine]) {
        await wallNote(reader.page, text).hover();
        await wallNote(reader.page, text).getByRole('button', { name: words['about-note'] }).click();
        await reader.page.getByLabel(words.reason).fill(`because: ${text}`);
        await reader.page.getByRole('button', { name: words.report, exact: true }).click();
        await reader.page.getByText(words.reported).waitFor();
        await reader.page.keyboard.press('Escape');
        await reader.page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      // The address alone gives no access.
      const { page } = await visitors.open('/reports', options);
      await page.getByText(words['reports-only']).waitFor();
      expect(await page.getByRole('link', { name: words.reports }).count()).toBe(0);
      await signUp(page, NAMES[language], `guard_${language}`);
      await page.getByRole('link', { name: words.reports }).waitFor();
      const reported = (text: string) => page.locator('.reports > li').filter({ hasText: text });
      await reported(bad).getByText(`because: ${bad}`).waitFor();

      await reported(fine).getByRole('button', { name: words.keep }).click();
      await page.getByText(words.kept).waitFor();
      await reported(fine).waitFor({ state: 'detached' });
      await reported(bad).getByRole('button', { name: words['take-down'] }).click();
      await page.getByText(words['take-down-sure']).waitFor();
      expect(await barriers(page)).toEqual([]);
      // The reported reason is filled in.
      expect(await page.getByLabel(words['take-down-why']).inputValue()).toBe(`because: ${bad}`);
      await page.getByLabel(words['take-down-why']).press('Enter');
      await page.getByText(words['reports-empty']).waitFor();
      expect(await barriers(page)).toEqual([]);

      await wallNote(reader.page, bad).waitFor({ state: 'detached' });
      await wallNote(reader.page, words.hidden).first().waitFor();
      await wallNote(reader.page, fine).waitFor();
      await page.getByRole('link', { name: words.wall, exact: true }).click();
      await wallNote(page, fine).waitFor();
      expect(await wallNote(page, bad).count()).toBe(0);
    },
    60_000,
  );
});
