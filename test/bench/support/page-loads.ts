import type { Browser, Page } from 'playwright-core';
import { until } from '../../support/until';

/** The browsers' slow 4G profile: bytes a second, and round-trip milliseconds. */
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };

/** Resolves in the page with the milliseconds since the start of the navigation, when a frame with the element was painted. */
const whenPainted = (selector: string): string => `
  window.painted = new Promise((resolve) => {
    const look = () => document.querySelector(${JSON.stringify(selector)})
      ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
      : requestAnimationFrame(look);
    look();
  });
`;

/** The sum of layout shifts without a recent click or key. */
const COUNT_SHIFTS = `
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value } of list.getEntries()) if (!hadRecentInput) window.shifts += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

export interface FirstLoad {
  /** Until a note was painted, with an empty cache, in milliseconds. */
  readonly firstNoteMs: number;
  /** Cumulative layout shift two seconds later. */
  readonly shift: number;
}

/** Loads the wall over a slow line. */
export async function firstLoad(browser: Browser, origin: string): Promise<FirstLoad> {
  const context = await browser.newContext();
  const opened = await context.newPage();
  const devtools = await context.newCDPSession(opened);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_LINE);
  await opened.addInitScript({ content: whenPainted('.note') + COUNT_SHIFTS });
  await opened.goto(origin);
  const firstNoteMs = Number(await opened.evaluate('window.painted'));
  await opened.waitForTimeout(2_000);
  const shift = Number(await opened.evaluate('window.shifts'));
  await context.close();
  return { firstNoteMs, shift };
}

/** The id of the last note that the browser keeps. */
const LAST_KEPT = `new Promise((resolve) => {
  const opening = indexedDB.open('jungle-buzz.notes');
  opening.onsuccess = () => {
    const all = opening.result.transaction('rooms').objectStore('rooms').getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result.at(-1)?.notes.at(-1)?.id ?? ''); };
  };
})`;

/** Reloads the wall without a network. @returns milliseconds from the start of each reload until the newest note was painted */
export async function offlineReloads(browser: Browser, origin: string, count: number): Promise<number[]> {
  const context = await browser.newContext();
  const opened = await context.newPage();
  await opened.goto(origin);
  await opened.locator('.note').first().waitFor();
  const newest = (await opened.locator('.note').last().getAttribute('id')) ?? '';
  await until(() => opened.evaluate('navigator.serviceWorker.controller !== null'), 'the service worker has the page');
  await until(async () => `note-${String(await opened.evaluate(LAST_KEPT))}` === newest, 'the newest note is kept');
  await context.setOffline(true);
  await opened.addInitScript({ content: whenPainted(`[id="${newest}"]`) });
  const took: number[] = [];
  for (let i = 0; i < count; i++) took.push(await reload(opened));
  await context.close();
  return took;
}

async function reload(opened: Page): Promise<number> {
  await opened.reload({ waitUntil: 'commit' });
  return Number(await opened.evaluate('window.painted'));
}
