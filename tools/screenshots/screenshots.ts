import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { HOST, openStage, type Stage } from './stage';
import { OF_HOSTS, OF_READERS, type Visit } from './views';

/**
 * Pictures of every view on phone, desktop and 1080p, in both languages, light and dark, into test/web/screenshots, which git ignores,
 * and sheets with several of them. Usage: npm run screenshots -- [part of a combination, for example phone-ko]
 */
const [only = ''] = process.argv.slice(2);
const FOLDER = join(__dirname, '../../test/web/screenshots');
const SIZES = {
  phone: { viewport: { width: 375, height: 720 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1200, height: 800 } },
  '1080p': { viewport: { width: 1920, height: 1080 } },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>;
const LANGUAGES = { ko: { locale: 'ko-KR', words: ko }, en: { locale: 'en-US', words: en } } as const;
/** For transitions to end. */
const SETTLE_MS = 700;

interface Sheet {
  readonly width: number;
  readonly columns: number;
  readonly perSheet: number;
}
const SHEETS: Readonly<Record<keyof typeof SIZES, Sheet>> = {
  phone: { width: 350, columns: 4, perSheet: 8 },
  desktop: { width: 700, columns: 2, perSheet: 6 },
  '1080p': { width: 700, columns: 2, perSheet: 6 },
};

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const stage = await openStage();
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[])
      for (const language of ['ko', 'en'] as const)
        for (const colorScheme of ['light', 'dark'] as const) {
          const name = `${size}-${language}-${colorScheme}`;
          if (!name.includes(only)) continue;
          const options = { ...SIZES[size], colorScheme, locale: LANGUAGES[language].locale };
          const views = await walk(browser, stage, name, language, options);
          await sheets(browser, name, views, SHEETS[size]);
          process.stdout.write(`${name}: ${views.length} views\n`);
        }
  } finally {
    await browser.close();
    await stage.close();
  }
}

/** @returns the names of the views */
async function walk(
  browser: Browser,
  stage: Stage,
  name: string,
  language: 'ko' | 'en',
  options: BrowserContextOptions,
): Promise<string[]> {
  rmSync(join(FOLDER, name), { recursive: true, force: true });
  mkdirSync(join(FOLDER, name), { recursive: true });
  const done: string[] = [];
  for (const views of [OF_READERS, OF_HOSTS]) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const visit: Visit = { page, stage, language, words: LANGUAGES[language].words };
    if (views === OF_HOSTS) await logIn(visit);
    for (const [view, open] of Object.entries(views)) {
      await open(visit);
      await page.waitForTimeout(SETTLE_MS);
      await page.screenshot({ path: join(FOLDER, name, `${view}.png`) });
      done.push(view);
    }
    await context.close();
  }
  return done;
}

async function logIn({ page, stage, words }: Visit): Promise<void> {
  await page.goto(stage.origin);
  await page.getByRole('button', { name: words['log-in'], exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input').first().fill(HOST.username);
  await dialog.locator('input[type=password]').fill(HOST.password);
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
}

/** Pictures side by side, for looking at many of them. */
async function sheets(browser: Browser, name: string, views: readonly string[], sheet: Sheet): Promise<void> {
  const { width, columns, perSheet } = sheet;
  const page: Page = await browser.newPage({ viewport: { width: columns * (width + 10), height: 600 } });
  for (let first = 0; first < views.length; first += perSheet) {
    const items = views
      .slice(first, first + perSheet)
      .map((view) => `<figure><figcaption>${view}</figcaption><img src="${name}/${view}.png" width="${width}"></figure>`);
    const file = join(FOLDER, 'sheet.html');
    writeFileSync(file, `<style>body{margin:0;display:flex;flex-wrap:wrap;gap:10px}figure{margin:0}</style>${items.join('')}`);
    await page.goto(pathToFileURL(file).href);
    await page.screenshot({ path: join(FOLDER, `sheet-${name}-${first / perSheet + 1}.png`), fullPage: true });
    rmSync(file);
  }
  await page.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
