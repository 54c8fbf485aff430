import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Debian's Chromium; another one by CHROMIUM_PATH. */
const EXECUTABLE = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(EXECUTABLE);

if (!hasBrowser && process.env['JUNGLE_BUZZ_REQUIRE_SERVICES'] === '1') throw new Error(`There is no Chromium at ${EXECUTABLE}.`);
if (!hasBrowser) console.warn(`SKIPPED: there is no Chromium at ${EXECUTABLE}, so what a browser sees is not tested.`);

export const openBrowser = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
  });
