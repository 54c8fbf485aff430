import type { BrowserContextOptions, Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { TestApp } from '../support/app';
import { overlaps } from './support/overlaps';
import { NAMES, PHONE, signUp } from './support/visit';
import { describeInBrowser } from './support/with-page';

const WORDS = { ko, en };
/** A browser of 1280 x 1024 pixels that shows pages at 400 %. */
const FOUR_TIMES: BrowserContextOptions = { viewport: { width: 320, height: 256 } };
let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ RATE_LIMITS: 'off' });
  const person = await app.person();
  for (const text of ['오늘 정말 기쁘고 고마운 하루예요', 'a little worried about tomorrow', '비가 와서 조금 슬퍼요'])
    await app.send(person, text);
  await app.app.runInsights(Date.now());
  return app.app.urls.http;
}

/** The two ways in which browsers enlarge text alone: the default size, and all sizes. */
const ENLARGE: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'a default size of 32 px': async (page) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  },
  'text of 200 %': (page) => page.evaluate("document.documentElement.style.fontSize = '200%'"),
};

describeInBrowser('the page enlarged', start, (visitors) => {
  const PLACES = ['/', '/mood', '/letters', '/me', '/join', '/rooms/nowhere'];

  describe.each(['ko', 'en'] as const)('in %s', (language) => {
    const locale = { locale: language };

    test.each(Object.entries(ENLARGE))(
      'nothing covers anything on a phone with %s',
      async (_, enlarge) => {
        for (const path of PLACES) {
          const { page } = await visitors.open(path, { ...PHONE, ...locale });
          await page.locator('main :is(h1, h2, p, .note)').first().waitFor();
          await enlarge(page);
          expect([path, await overlaps(page)]).toEqual([path, []]);
        }
        const { page } = await visitors.open('/', { ...PHONE, ...locale });
        await signUp(page, NAMES[language], `big_${Object.keys(ENLARGE).indexOf(_)}_${language}`);
        await enlarge(page);
        expect(await overlaps(page)).toEqual([]);
      },
      60_000,
    );

    test('nothing covers anything at 400 %, and notes can be read and written', async () => {
      for (const path of PLACES) {
        const { page } = await visitors.open(path, { ...FOUR_TIMES, ...locale });
        await page.locator('main :is(h1, h2, p, .note)').first().waitFor();
        expect([path, await overlaps(page)]).toEqual([path, []]);
      }
      const { page } = await visitors.open('/', { ...FOUR_TIMES, ...locale });
      await page.locator('.note').last().scrollIntoViewIfNeeded();
      await page.getByRole('textbox', { name: WORDS[language].write }).focus();
      expect(await overlaps(page)).toEqual([]);
    }, 60_000);
  });
});
