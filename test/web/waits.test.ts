import type { Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { TestApp } from '../support/app';
import { UpdateRoomDocument } from '../support/generated/graphql';
import { until } from '../support/until';
import { barriers, NAMES, PHONE, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const names = NAMES.en;
/** Longer than a busy machine needs to write two notes. */
const SLOW_SECONDS = 6;
let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ MODERATORS: 'slow_guard', REPLAY_MAX: '2' });
  return app.app.urls.http;
}

describeInBrowser('a page that has to wait', start, (visitors) => {
  const noteWith = (page: Page, text: string) => page.locator('.notes').getByRole('listitem').filter({ hasText: text });

  test('has no serious barrier in an empty room, about a note, and without a connection', async () => {
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

  test('was away too long for what it missed to be sent after: it loads the wall again, every note once', async () => {
    const person = await app.person();
    // On a wall that is not full yet, each note lifts those above it.
    for (let i = 0; i < 12; i++) await app.send(person, `one of many, ${i}`);
    await app.send(person, 'seen before');
    const { page, context } = await visitors.open('/');
    const frames: string[] = [];
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
    });
    await noteWith(page, 'seen before').waitFor();
    await context.setOffline(true);
    await page.getByText(en.offline).waitFor();
    for (let i = 1; i <= 4; i++) await app.send(person, `missed, ${i}`);
    await context.setOffline(false);
    await noteWith(page, 'missed, 4').waitFor();
    await until(() => frames.some((frame) => frame.includes('CURSOR_EXPIRED')), 'the server has refused the place');
    await app.send(person, 'after all that');
    await noteWith(page, 'after all that').waitFor();
    for (const text of ['seen before', 'missed, 1', 'missed, 2', 'missed, 3', 'missed, 4', 'after all that'])
      expect(await noteWith(page, text).count()).toBe(1);
  }, 60_000);

  test('counts down in slow mode, and then sends what waited by itself', async () => {
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

  test('whose server is away at the first visit says so, and opens when it is back', async () => {
    await app.send(await app.person(), 'here all along');
    const { page, context } = await visitors.open('/');
    await noteWith(page, 'here all along').waitFor();
    // The page itself may come from somewhere between; nothing else does.
    await context.route(/\/(config\.json|graphql)$/, (route) => route.abort());
    await page.reload();
    await page.getByText(en.away).waitFor();
    expect(await barriers(page)).toEqual([]);
    await context.unroute(/\/(config\.json|graphql)$/);
    await noteWith(page, 'here all along').waitFor();
  }, 60_000);
});
