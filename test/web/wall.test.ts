import type { BrowserContextOptions, Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { TestApp } from '../support/app';
import { RegisterDocument } from '../support/generated/graphql';
import { NAMES, PHONE, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ RATE_LIMITS: 'off' });
  return app.app.urls.http;
}

describeInBrowser('the wall', start, (visitors) => {
  const everyKind = (['ko', 'en'] as const).flatMap((language) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      (['desktop', 'phone'] as const).map((size) => [language, colorScheme, size] as const),
    ),
  );
  test.each(everyKind)('lets a newcomer read, sign up and write: %s, %s, %s', async (language, colorScheme, size) => {
    const names = NAMES[language];
    const options: BrowserContextOptions = size === 'phone' ? PHONE : {};
    const { page } = await visitors.open('/', { locale: language, colorScheme, ...options });
    const mark = `${language}_${colorScheme}_${size}`;
    const other = await app.person();
    await app.send(other, `hello from the API, ${mark}`);
    const notes = page.getByRole('listitem');
    await notes.getByText(`hello from the API, ${mark}`).waitFor();
    // The text is typed first. The dialog opens on sending, and afterwards the note is sent by itself.
    await write(page, names, `<b>나무</b> 아래에서 ${mark}`);
    const dialog = page.getByRole('dialog', { name: names.signUp });
    await dialog.getByLabel(names.name, { exact: true }).fill(mark);
    await dialog.getByLabel(names.password, { exact: true }).fill('quiet-otter-7');
    await dialog.getByRole('button', { name: names.signUp }).click();
    await notes.getByText(`<b>나무</b> 아래에서 ${mark}`).waitFor();
    expect(await page.getByRole('textbox', { name: names.write }).inputValue()).toBe('');
    expect(await notes.getByText(`<b>나무</b> 아래에서 ${mark}`).count()).toBe(1);
    await page.reload();
    await page.getByText(mark, { exact: true }).waitFor();
  });

  test('shows what is wrong at the field, while typing and after the response, and keeps what was typed', async () => {
    await app.ask(RegisterDocument, { input: { username: 'taken_name', password: 'quiet-otter-7', email: 'taken@example.org' } });
    const { page } = await visitors.open('/');
    await page.getByRole('button', { name: 'Sign up' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Username', { exact: true }).fill('Taken_Name');
    await dialog.getByText('This username is taken').waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill('onlyletters');
    await dialog.getByRole('button', { name: 'Sign up' }).click();
    await dialog.locator('.problem', { hasText: 'with a letter and a number' }).waitFor();
    await dialog.getByLabel('Show password').check();
    expect(await dialog.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text');
    await dialog.getByLabel('Password', { exact: true }).fill('only-letters-1');
    await dialog.getByRole('button', { name: 'Sign up' }).click();
    await dialog.locator('.problem', { hasText: 'This username is taken' }).waitFor();
    await dialog.getByLabel('Username', { exact: true }).fill('another_name');
    await dialog.getByLabel('E-mail').fill('Taken@example.org');
    await dialog.getByRole('button', { name: 'Sign up' }).click();
    await dialog.locator('.problem', { hasText: 'This e-mail address is already in use.' }).waitFor();
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await dialog.getByLabel('Username or e-mail').fill('nobody');
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
    await dialog.getByText('The username or the password is wrong').waitFor();
    expect(await dialog.getByLabel('Username or e-mail').inputValue()).toBe('nobody');
  });

  test('keeps the place of a reader further up, loads older notes and counts new ones', async () => {
    const person = await app.person();
    for (let i = 1; i <= 120; i++) await app.send(person, `line ${i}`);
    const { page } = await visitors.open('/');
    const notes = page.getByRole('region', { name: 'Notes' });
    await notes.getByText('line 120', { exact: true }).waitFor();
    await notes.getByText('line 75', { exact: true }).scrollIntoViewIfNeeded();
    await notes.getByText('line 40', { exact: true }).waitFor({ state: 'attached' });
    const top = async () => (await notes.getByText('line 75', { exact: true }).boundingBox())?.y ?? 0;
    const before = await top();
    await app.send(person, 'while away');
    await page.getByRole('button', { name: 'Show new notes (1)' }).waitFor();
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(2);
    await page.getByRole('button', { name: 'Show new notes (1)' }).click();
    await notes.getByText('while away').waitFor();
    expect(await notes.getByRole('listitem').count()).toBeLessThanOrEqual(210);
  });

  test('creates a room and shows who is online and who is typing', async () => {
    const names = NAMES.en;
    const { page } = await visitors.open('/');
    await signUp(page, names, 'room_maker');
    await page.getByRole('button', { name: 'New room' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the room').fill('Night owls');
    await dialog.getByLabel('Write under an alias that changes every day').uncheck();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Night owls' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/rooms/night-owls');
    await page.getByText('Nothing here yet').waitFor();

    const other = await visitors.open('/rooms/night-owls');
    await signUp(other.page, names, 'second_owl');
    await page.getByText('2 people here now').waitFor();
    await other.page.getByRole('textbox', { name: names.write }).fill('hoo');
    await page.getByText('second_owl is writing…').waitFor();
    await other.page.keyboard.press('Enter');
    await page.getByRole('listitem').getByText('hoo').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Everyone’s wall' }).waitFor();
  });

  const noteWith = (page: Page, text: string) => page.locator('.notes').getByRole('listitem').filter({ hasText: text });
  const press = async (page: Page, text: string, word: string) => {
    await noteWith(page, text).hover();
    await noteWith(page, text).getByRole('button', { name: en.empathize }).click();
    await noteWith(page, text).getByRole('button', { name: word, exact: true }).click();
  };

  test('shows a said feeling, kind words, a correction and a taken-back note live, and to who was offline meanwhile', async () => {
    const names = NAMES.en;
    const [writer, reader, away] = [await visitors.open('/'), await visitors.open('/', PHONE), await visitors.open('/')];
    await signUp(writer.page, names, 'said_writer');
    await signUp(reader.page, names, 'kind_reader');
    await writer.page.getByText(/^Today you are /).waitFor();
    await writer.page.getByRole('radio', { name: en.JOY }).click();
    await write(writer.page, names, 'the bus came on time');
    expect(await writer.page.getByRole('radio', { checked: true }).count()).toBe(0);
    await write(writer.page, names, 'and the driver waved');
    for (const { page } of [writer, reader, away]) {
      await noteWith(page, 'the bus came on time').getByText(en.said, { exact: true }).waitFor();
      await noteWith(page, 'and the driver waved').waitFor();
    }
    await noteWith(writer.page, 'the bus came on time').getByText(en.mine).waitFor();
    expect(await noteWith(writer.page, 'the bus came on time').getByRole('button', { name: en.empathize }).count()).toBe(0);
    await away.context.setOffline(true);
    await away.page.getByText(en.offline).waitFor();

    await press(reader.page, 'the bus came on time', en.ME_TOO);
    await noteWith(reader.page, 'the bus came on time')
      .locator('.own-press', { hasText: `${en.ME_TOO} 1` })
      .waitFor();
    await press(reader.page, 'and the driver waved', en.HUG);
    await noteWith(writer.page, 'the bus came on time').getByText(`${en.ME_TOO} 1`).waitFor();

    await noteWith(writer.page, 'the bus came on time')
      .getByRole('button', { name: /change the feeling/ })
      .click();
    const dialog = writer.page.getByRole('dialog', { name: en['own-note'] });
    expect(await dialog.getByRole('radio', { checked: true }).innerText()).toBe(en.JOY);
    await dialog.getByRole('radio', { name: en.HOPE }).click();
    await dialog.getByRole('button', { name: en['save-feeling'] }).click();
    for (const { page } of [writer, reader])
      await noteWith(page, 'the bus came on time').getByText(en.HOPE, { exact: true }).waitFor();

    await noteWith(writer.page, 'the bus came on time').hover();
    await noteWith(writer.page, 'the bus came on time').getByRole('button', { name: en['about-note'] }).click();
    await dialog.getByRole('button', { name: en['take-back'] }).click();
    await writer.page.getByRole('button', { name: en.undo }).waitFor();
    expect(await writer.page.getByRole('textbox', { name: names.write }).inputValue()).toBe('the bus came on time');
    await noteWith(reader.page, 'the bus came on time').waitFor({ state: 'detached' });
    await writer.page.getByText(en.hidden).waitFor();

    expect(await noteWith(away.page, 'the bus came on time').count()).toBe(1);
    await away.context.setOffline(false);
    await noteWith(away.page, 'the bus came on time').waitFor({ state: 'detached' });
    await noteWith(away.page, 'and the driver waved').getByText(`${en.HUG} 1`).waitFor();
    await reader.page.reload();
    await noteWith(reader.page, 'and the driver waved')
      .locator('.own-press', { hasText: `${en.HUG} 1` })
      .waitFor();
  }, 90_000);

  test('keeps a kind word pressed offline for later, and says so where its note is gone by then', async () => {
    const names = NAMES.en;
    const writer = await app.person();
    const gone = await app.send(writer, 'soon taken back');
    await app.send(writer, 'stays on the wall');
    const { page, context } = await visitors.open('/');
    await signUp(page, names, 'patient_reader');
    await noteWith(page, 'stays on the wall').waitFor();
    await context.setOffline(true);
    await page.getByText(en.offline).waitFor();
    await press(page, 'soon taken back', en.HUG);
    await press(page, 'stays on the wall', en.HUG);
    await press(page, 'stays on the wall', en.CHEER);
    await noteWith(page, 'stays on the wall')
      .locator('.own-press', { hasText: `${en.CHEER} 1` })
      .waitFor();
    await app.postRaw({ query: `mutation { takeBack(id: "${gone.id}") { id } }` }, writer.accessToken);
    const other = await visitors.open('/');
    await context.setOffline(false);
    await page.getByText(en['empathy-late']).waitFor();
    await noteWith(other.page, 'stays on the wall').getByText(`${en.CHEER} 1`).waitFor();
    expect(await noteWith(other.page, 'stays on the wall').getByText(en.HUG).count()).toBe(0);
  }, 60_000);

  test('undoes taking a note back, and clears the composer again', async () => {
    const names = NAMES.en;
    const { page } = await visitors.open('/');
    await signUp(page, names, 'second_thought');
    await write(page, names, 'better stay');
    await noteWith(page, 'better stay').getByRole('button', { name: en['add-feeling'] }).click();
    await page.getByRole('dialog').getByRole('button', { name: en['take-back'] }).click();
    await page.getByRole('button', { name: en.undo }).press('Enter');
    await noteWith(page, 'better stay').waitFor();
    expect(await page.getByRole('textbox', { name: names.write }).inputValue()).toBe('');
  });

  test('lets a feeling be chosen and unset by keyboard', async () => {
    const { page } = await visitors.open('/', PHONE);
    const group = page.getByRole('radiogroup', { name: en['how-you-feel'] });
    const checked = () => group.getByRole('radio', { checked: true }).allInnerTexts();
    await group.getByRole('radio', { name: en.JOY }).focus();
    expect(await checked()).toEqual([]);
    await page.keyboard.press('ArrowRight');
    expect(await checked()).toEqual([en.LOVE]);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await checked()).toEqual([en.WEARINESS]);
    await page.keyboard.press('Space');
    expect(await checked()).toEqual([]);
    // One stop in the order of tabs.
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    expect(await page.evaluate('[...document.querySelectorAll(".feelings")].every((e) => e.scrollWidth <= e.clientWidth)')).toBe(
      true,
    );
  });
});
