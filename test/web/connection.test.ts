import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { freePort } from '../support/free-port';
import { ServerProcess } from '../support/server-process';
import { until } from '../support/until';
import { NAMES, PHONE, signUp, write } from './support/visit';
import { describeInBrowser } from './support/with-page';

const WORDS = { ko, en };

let server: ServerProcess;
let folder: string;
let address: Record<string, string>;

async function start(): Promise<string> {
  folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-page-'));
  address = { PORT: String(await freePort()), WS_PORT: String(await freePort()), LOG_LEVEL: 'silent' };
  server = await ServerProcess.start(address, folder);
  return server.httpUrl;
}

describeInBrowser('a page whose connection is interrupted', start, (visitors) => {
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The texts that the server has stored. */
  async function texts(): Promise<string[]> {
    const response = await fetch(server.httpUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ recentChats(first: 100) { items { text } } }' }),
    });
    const { data } = (await response.json()) as { data: { recentChats: { items: { text: string }[] } } };
    return data.recentChats.items.map(({ text }) => text);
  }
  const times = async (text: string): Promise<number> => (await texts()).filter((one) => one === text).length;
  const noteWith = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

  test.each<['ko' | 'en', string, BrowserContextOptions]>([
    ['ko', 'on a dark desktop', { locale: 'ko-KR', colorScheme: 'dark' }],
    ['en', 'on a light phone', { locale: 'en-US', ...PHONE }],
  ])(
    'sends once what was written while its server was killed, %s %s',
    async (language, _, options) => {
      const words = WORDS[language];
      const { page } = await visitors.open('/', options);
      await signUp(page, NAMES[language], `survivor_${language}`);
      await write(page, NAMES[language], `before ${language}`);
      await until(async () => (await times(`before ${language}`)) === 1);

      await server.stop('SIGKILL');
      await page.getByText(words.offline).waitFor();
      await write(page, NAMES[language], `meanwhile ${language}`);
      await noteWith(page, `meanwhile ${language}`).getByText(words.waiting).waitFor();
      await page.getByRole('textbox', { name: words.write }).fill('not finished');

      server = await ServerProcess.start(address, folder);
      await page.getByText(words.back).waitFor({ timeout: 30_000 });
      await until(async () => (await times(`meanwhile ${language}`)) === 1, 'the note of the outage has arrived');
      await noteWith(page, `meanwhile ${language}`).locator('.author', { hasNotText: words.mine }).waitFor();
      await noteWith(page, `before ${language}`).waitFor();
      expect(await noteWith(page, `meanwhile ${language}`).count()).toBe(1);
      expect(await page.getByRole('textbox', { name: words.write }).inputValue()).toBe('not finished');
    },
    90_000,
  );

  test('sends the offline notes of a closed tab once, from whichever tab opens next', async () => {
    const { page, context } = await visitors.open('/');
    await signUp(page, NAMES.en, 'traveller');
    await context.setOffline(true);
    await page.getByText(en.offline).waitFor();
    await write(page, NAMES.en, 'from the tunnel, one');
    await write(page, NAMES.en, 'from the tunnel, two');
    await noteWith(page, 'from the tunnel, two').getByText(en.waiting).waitFor();
    await page.close();
    await context.setOffline(false);
    const [first] = await Promise.all([visitors.tab(context, '/'), visitors.tab(context, '/')]);
    await noteWith(first, 'from the tunnel, two').locator('.author', { hasNotText: en.mine }).waitFor();
    expect((await texts()).filter((text) => text.startsWith('from the tunnel'))).toEqual([
      'from the tunnel, one',
      'from the tunnel, two',
    ]);
  }, 60_000);
});
