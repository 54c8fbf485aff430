import type { Browser } from 'playwright-core';
import { hasBrowser, openBrowser } from '../../support/browser';
import { Visitors } from './visit';

/**
 * A suite in a browser of its own, skipped where there is none. After each test all pages are closed, and the test fails if one of
 * them had an error (see Visitors.problems).
 * @param start starts the server. @returns its address
 * @param tests registers the tests; its visitors work once the tests run
 */
export function describeInBrowser(
  name: string,
  start: () => Promise<string>,
  tests: (visitors: Pick<Visitors, 'open' | 'tab'>) => void,
  open: () => Promise<Browser> = openBrowser,
): void {
  (hasBrowser ? describe : describe.skip)(name, () => {
    let browser: Browser;
    let visitors: Visitors;
    beforeAll(async () => {
      const url = await start();
      browser = await open();
      visitors = new Visitors(browser, new URL(url).origin);
    }, 60_000);
    afterEach(async () => {
      expect(await visitors.leave()).toEqual([]);
    });
    afterAll(() => browser.close());
    tests({
      open: (...args) => visitors.open(...args),
      tab: (...args) => visitors.tab(...args),
    });
  });
}
