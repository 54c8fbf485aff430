import type { BrowserContextOptions } from 'playwright-core';
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
    // The text is typed first. The dialog opens on sending, and the text is still there after it.
    await write(page, names, `<b>나무</b> 아래에서 ${mark}`);
    await page.getByRole('dialog', { name: names.logIn }).waitFor();
    await page.keyboard.press('Escape');
    await signUp(page, names, mark);
    await page.getByRole('button', { name: names.send }).click();
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
});
