import type { Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { TestApp } from '../support/app';
import { UpdateRoomDocument } from '../support/generated/graphql';
import { barriers, NAMES, PHONE, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const names = NAMES.en;
/** Longer than a busy machine needs to write two notes. */
const SLOW_SECONDS = 6;
let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ MODERATORS: 'slow_guard' });
  return app.app.urls.http;
}

describeInBrowser('a page that has to wait', start, (visitors) => {
  const noteWith = (page: Page, text: string) => page.locator('.notes').getByRole('listitem').filter({ hasText: text });

  test('has no serious finding of axe in an empty room, in the menu of a note, and offline', async () => {
    const { page, context } = await visitors.open('/', { colorScheme: 'dark', ...PHONE });
    await page.getByText(en.empty).waitFor();
    const found = await barriers(page);
    await app.send(await app.person(), 'something to speak about');
    await signUp(page, names, 'waiting_reader');
    await noteWith(page, 'something to speak about').getByRole('button', { name: en['about-note'] }).click();
    await page.getByLabel(en.reason).waitFor();
    found.push(...(await barriers(page)));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await context.setOffline(true);
    await page.getByText(en.offline).waitFor();
    found.push(...(await barriers(page)));
    expect(found).toEqual([]);
  }, 60_000);

  test('counts down in slow mode and then sends the waiting note', async () => {
    const guard = await app.person('slow_guard');
    await app.ask(UpdateRoomDocument, { id: 'main', slowModeSeconds: SLOW_SECONDS }, guard.accessToken);
    const { page } = await visitors.open('/');
    await signUp(page, names, 'in_a_hurry');
    await write(page, names, 'the first thought');
    await noteWith(page, 'the first thought').locator('.author', { hasNotText: en.mine }).waitFor();
    await write(page, names, 'and another one');
    await page.getByRole('button', { name: /^Send in \d s$/, disabled: true }).waitFor();
    await noteWith(page, 'and another one').getByText(en['waiting-turn']).waitFor();
    await page.getByRole('textbox', { name: names.write }).fill('a third');
    await noteWith(page, 'and another one').locator('.author', { hasNotText: en.mine }).waitFor();
    await page.getByRole('button', { name: names.send, exact: true }).waitFor();
    expect(await page.getByRole('textbox', { name: names.write }).inputValue()).toBe('a third');
    await app.ask(UpdateRoomDocument, { id: 'main', slowModeSeconds: 0 }, guard.accessToken);
  }, 60_000);

  test('says that the server is unreachable on the first visit, and opens when it answers', async () => {
    await app.send(await app.person(), 'here all along');
    const { page, context } = await visitors.open('/');
    await noteWith(page, 'here all along').waitFor();
    // A cache in between may still serve the page itself.
    await context.route(/\/(config\.json|graphql)$/, (route) => route.abort());
    await page.reload();
    await page.getByText(en.unreachable).waitFor();
    expect(await barriers(page)).toEqual([]);
    await context.unroute(/\/(config\.json|graphql)$/);
    await noteWith(page, 'here all along').waitFor();
  }, 60_000);
});
