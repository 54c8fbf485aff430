import type { Browser } from 'playwright-core';
import { hasBrowser, openBrowser } from '../../support/browser';
import { Visitors } from './visit';

/**
 * A suite in a browser of its own, skipped where there is none. After each test every page is closed, and nothing may have gone
 * wrong in any of them.
 * @param start starts the server, and answers its address
 * @returns visitors, there once the tests run
 */
export function describeInBrowser(
  name: string,
  start: () => Promise<string>,
  tests: (visitors: Pick<Visitors, 'open' | 'tab'>) => void,
): void {
  (hasBrowser ? describe : describe.skip)(name, () => {
    let browser: Browser;
    let visitors: Visitors;
    beforeAll(async () => {
      const url = await start();
      browser = await openBrowser();
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
