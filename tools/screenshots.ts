import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

/**
 * Pictures of every view in both languages, light and dark, desktop and phone, into test/web/screenshots, which git ignores.
 * Usage: npm run demo, and beside it: npm run screenshots -- [URL] [part of a picture's name]
 */
const [url = 'http://127.0.0.1:4000', only = ''] = process.argv.slice(2);
const FOLDER = join(__dirname, '../test/web/screenshots');

const SIZES = { desktop: { width: 1200, height: 800 }, phone: { width: 375, height: 720 } } as const;
const LOCALES = { ko: 'ko-KR', en: 'en-US' } as const;
const PASSWORD = 'quiet-otter-7';
const WRITE = { ko: '지금 마음을 남겨 보세요', en: 'What is on your mind?' };
const SIGN_UP = { ko: '회원가입', en: 'Sign up' };
const LOG_IN = { ko: '로그인', en: 'Log in' };

type Language = keyof typeof LOCALES;

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  let visitor = 0;
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const language of ['ko', 'en'] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const name = `${size}-${language}-${colorScheme}`;
        if (!name.includes(only)) continue;
        const context = await browser.newContext({
          viewport,
          colorScheme,
          locale: LOCALES[language],
          hasTouch: size === 'phone',
          isMobile: size === 'phone',
        });
        await walk(await context.newPage(), name, language, `visitor_${Date.now() % 100_000}_${++visitor}`);
        await context.close();
      }
    }
  }
  await browser.close();
}

async function walk(page: Page, name: string, language: Language, username: string): Promise<void> {
  const shot = async (view: string) => {
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(FOLDER, `${name}-${view}.png`) });
  };
  await page.goto(url);
  await page.locator('.note').first().waitFor();
  await shot('1-wall');
  await page.goto(`${url}/mood`);
  await page.locator('canvas').waitFor();
  await shot('2-mood');
  await page.goto(`${url}/letters`);
  await page.locator('.mailbox li').first().waitFor();
  await shot('3-letters');
  await page.locator('.mailbox a').first().click();
  await shot('4-letter');
  await page.goto(url);
  await page.getByRole('button', { name: LOG_IN[language], exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: SIGN_UP[language] }).click();
  await page.getByRole('dialog').locator('input').first().fill(username);
  await page.getByRole('dialog').locator('input[type=password]').fill('short');
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await shot('5-sign-up');
  await page.getByRole('dialog').locator('input[type=password]').fill(PASSWORD);
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const field = page.getByRole('textbox', { name: WRITE[language] });
  await field.fill(
    language === 'ko' ? '처음 왔는데 여기 참 다정하네요. 고마워요.' : 'First time here, and it feels kind. Thank you.',
  );
  await field.press('Enter');
  await shot('6-own');
  await page.evaluate('document.querySelector(".notes").scrollTop -= 900');
  await shot('7-reading-above');
  await page.goto(`${url}/me`);
  await page.locator('canvas').waitFor();
  await shot('8-me');
  await page.goto(`${url}/rooms/empty-${Date.now()}`);
  await shot('9-no-room');
  await page.goto(url);
  await page.locator('.note').first().waitFor();
  await page.locator('.settings summary').click();
  await page.context().setOffline(true);
  await shot('10-settings');
}

void main();
