import type { Page } from 'playwright-core';
import { TestApp } from '../support/app';
import { NAMES, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const HOUR_MS = 3_600_000;
const names = NAMES.en;

let app: TestApp;
let later = 0;

async function start(): Promise<string> {
  app = await TestApp.start({}, { clock: { now: () => Date.now() + later } });
  return app.app.urls.http;
}

describeInBrowser('the login of a browser', start, (visitors) => {
  const noteWith = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

  test('keeps two tabs logged in when their access token expires', async () => {
    const { page, context } = await visitors.open('/');
    await signUp(page, names, 'two_tabs');
    const other = await visitors.tab(context, '/');
    await other.getByText('two_tabs').waitFor();
    later += 2 * HOUR_MS;
    await Promise.all([write(page, names, 'from the first tab'), write(other, names, 'from the second tab')]);
    for (const tab of [page, other]) {
      await noteWith(tab, 'from the first tab').waitFor();
      await noteWith(tab, 'from the second tab').waitFor();
    }
    // Closed without a request under way: a lost response to a renewal ends the session.
    const tabs = [page, other];
    await Promise.all(tabs.map((tab) => tab.goto('about:blank')));
    later += 2 * HOUR_MS;
    await Promise.all(tabs.map((tab) => tab.goBack()));
    for (const tab of [page, other]) {
      await tab.getByRole('link', { name: 'My page' }).click();
      await tab.getByText('Notes so far: 2').waitFor();
    }
  }, 60_000);

  test('does not reuse a spent refresh token in a tab that has not seen the renewal', async () => {
    const { page, context } = await visitors.open('/');
    await signUp(page, names, 'late_tab');
    const late = await visitors.tab(context, '/');
    await late.getByText('late_tab').waitFor();
    // Browsers update the local storage of other tabs with a delay.
    await late.evaluate(
      `(() => { const stored = { ...localStorage }; Storage.prototype.getItem = (key) => stored[key] ?? null; })()`,
    );
    later += 2 * HOUR_MS;
    await write(page, names, 'renewed here');
    await noteWith(late, 'renewed here').waitFor();
    await write(late, names, 'and used here');
    await noteWith(page, 'and used here').waitFor();
    for (const tab of [page, late]) {
      await tab.getByRole('link', { name: 'My page' }).click();
      await tab.getByText('Notes so far: 2').waitFor();
    }
  }, 60_000);

  test('says that the session was ended elsewhere and keeps the text in the composer', async () => {
    const { page } = await visitors.open('/');
    await signUp(page, names, 'elsewhere');
    const phone = await visitors.open('/');
    await phone.page.getByRole('button', { name: names.logIn, exact: true }).click();
    await phone.page.getByLabel(names.login).fill('elsewhere');
    await phone.page.getByLabel(names.password, { exact: true }).fill('quiet-otter-7');
    await phone.page.keyboard.press('Enter');
    await phone.page.getByText('elsewhere', { exact: true }).waitFor();

    const field = page.getByRole('textbox', { name: names.write });
    await field.fill('half a thought');
    await phone.page.getByRole('link', { name: 'My page' }).click();
    await phone.page.getByRole('button', { name: 'Log out everywhere' }).click();
    await page.getByText('You were logged out').waitFor();
    expect(await field.inputValue()).toBe('half a thought');
    await page.getByRole('button', { name: names.send }).click();
    await page.getByRole('dialog').getByLabel(names.login).fill('elsewhere');
    await page.getByRole('dialog').getByLabel(names.password, { exact: true }).fill('quiet-otter-7');
    await page.keyboard.press('Enter');
    // What the person wanted to send goes by itself.
    await noteWith(page, 'half a thought').locator('.author', { hasNotText: 'Yours' }).waitFor();
  }, 60_000);
});
