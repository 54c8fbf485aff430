import type { Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { fill } from '../../src/web/words/words';
import { TestApp } from '../support/app';
import { LoginDocument, LogoutEverywhereDocument } from '../support/generated/graphql';
import { NAMES, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const names = NAMES.en;
let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ RATE_LIMITS: 'off' });
  return app.app.urls.http;
}

describeInBrowser('a browser that two people share', start, (visitors) => {
  const noteWith = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });
  const field = (page: Page) => page.getByRole('textbox', { name: names.write });
  /** Drafts that the browser has stored, of everybody. */
  const stored = (page: Page) =>
    page.evaluate<number>(`new Promise((resolve) => {
      const opening = indexedDB.open('jungle-buzz');
      opening.onsuccess = () => {
        const count = opening.result.transaction('drafts').objectStore('drafts').count();
        count.onsuccess = () => resolve(count.result);
      };
    })`);

  test('warns before a logout that discards waiting notes, and then shows the next person none of them', async () => {
    const { page, context } = await visitors.open('/');
    await signUp(page, names, 'first_person');
    const tab = await visitors.tab(context, '/');
    await tab.getByText('first_person').waitFor();
    await field(tab).fill('typed in another tab');
    await context.route(/\/graphql$/, (route) =>
      route.request().postData()?.includes('sendChat') ? route.abort() : route.continue(),
    );
    await write(page, names, 'a secret that waits');
    await noteWith(page, 'a secret that waits').getByText(en.waiting).waitFor();
    await field(page).fill('a secret half typed');
    await page.getByRole('link', { name: en.me }).click();
    await page.getByRole('button', { name: en['log-out'], exact: true }).click();
    await page.getByText(fill(en['logout-waiting'], { n: 1 })).waitFor();
    await page.getByRole('button', { name: en.cancel }).click();
    await page.getByRole('link', { name: en.wall, exact: true }).click();
    await noteWith(page, 'a secret that waits').waitFor();
    await page.getByRole('link', { name: en.me }).click();
    await page.getByRole('button', { name: en['log-out'], exact: true }).click();
    await page.getByRole('button', { name: en['logout-anyway'] }).click();
    await page.getByText(en['need-login']).waitFor();

    await page.getByRole('link', { name: en.wall, exact: true }).click();
    await field(page).waitFor();
    expect(await field(page).inputValue()).toBe('');
    await tab.getByRole('button', { name: names.logIn, exact: true }).waitFor();
    expect(await field(tab).inputValue()).toBe('');
    await context.unroute(/\/graphql$/);
    await signUp(page, names, 'second_person');
    await write(page, names, 'hello from the second');
    await noteWith(page, 'hello from the second').locator('.author', { hasNotText: en.mine }).waitFor();
    expect(await noteWith(page, 'a secret that waits').count()).toBe(0);
    expect(await stored(page)).toBe(0);
  }, 60_000);

  test('hides and deletes the words of somebody whose session ended when somebody else signs up', async () => {
    const { page, context } = await visitors.open('/');
    await signUp(page, names, 'third_person');
    await context.route(/\/graphql$/, (route) =>
      route.request().postData()?.includes('sendChat') ? route.abort() : route.continue(),
    );
    await write(page, names, 'written before the end');
    await noteWith(page, 'written before the end').getByText(en.waiting).waitFor();
    await field(page).fill('half typed before the end');
    const { login } = await app.ask(LoginDocument, { input: { login: 'third_person', password: 'quiet-otter-7' } });
    await app.ask(LogoutEverywhereDocument, {}, login.accessToken);
    await page.getByText(en['cut-off']).waitFor();
    // It is still theirs to see.
    await noteWith(page, 'written before the end').waitFor();
    expect(await field(page).inputValue()).toBe('half typed before the end');
    await context.unroute(/\/graphql$/);

    await signUp(page, names, 'fourth_person');
    await noteWith(page, 'written before the end').waitFor({ state: 'detached' });
    expect(await field(page).inputValue()).toBe('');
    await write(page, names, 'by the fourth');
    await noteWith(page, 'by the fourth').locator('.author', { hasNotText: en.mine }).waitFor();
    expect(await stored(page)).toBe(0);
    await page.reload();
    await noteWith(page, 'by the fourth').waitFor();
    expect(await noteWith(page, 'written before the end').count()).toBe(0);
  }, 60_000);
});
