import type { Page } from 'playwright-core';
import type { en } from '../../src/web/words/en';
import type { ko } from '../../src/web/words/ko';
import type { Stage } from './stage';

export interface Visit {
  readonly page: Page;
  readonly stage: Stage;
  readonly language: 'ko' | 'en';
  readonly words: typeof en | typeof ko;
}

/** Opens one view and leaves it on the page. */
type View = (visit: Visit) => Promise<void>;

const NOTE = {
  ko: '처음 왔는데 여기 참 다정하네요. 고마워요.',
  en: 'First time here, and it feels kind. Thank you.',
};

const open =
  (path: string, ready: string): View =>
  async ({ page, stage }) => {
    await page.goto(`${stage.origin}${path}`);
    // The browser skips notes far above the newest.
    await page.locator(ready).last().waitFor();
  };
const wall = open('/', '.note');

async function write({ page, words }: Visit, text: string): Promise<void> {
  await page.getByRole('textbox', { name: words.write }).fill(text);
  await page.getByRole('button', { name: words.send }).click();
}

async function openOwnMenu({ page, words }: Visit): Promise<void> {
  const own = page.locator('.note.mine').last();
  await own.hover();
  await own.getByRole('button', { name: words['about-note'] }).click();
  await page.getByRole('dialog').waitFor();
}

/** What a reader without an account sees. */
export const OF_READERS: Readonly<Record<string, View>> = {
  wall,
  'empty-room': open('/rooms/new-room', '.empty'),
  'note-menu': async (visit) => {
    await wall(visit);
    const note = visit.page.locator('.note').last();
    await note.hover();
    await note.getByRole('button', { name: visit.words['about-note'] }).click();
    await visit.page.getByRole('dialog').waitFor();
  },
  'sign-up': async (visit) => {
    await wall(visit);
    await write(visit, NOTE[visit.language]);
    await visit.page.getByRole('dialog').waitFor();
  },
  'sign-up-problem': async ({ page }) => {
    await page.getByRole('dialog').locator('input').first().fill('a');
    await page.getByRole('dialog').locator('input[type=password]').fill('short');
    await page.getByRole('dialog').locator('button[type=submit]').click();
  },
  'log-in': async (visit) => {
    await wall(visit);
    await visit.page.getByRole('button', { name: visit.words['log-in'], exact: true }).click();
    await visit.page.getByRole('dialog').waitFor();
  },
  mood: open('/mood', 'canvas'),
  letters: open('/letters', '.mailbox li'),
  letter: async (visit) => {
    await OF_READERS['letters']?.(visit);
    await visit.page.locator('.mailbox a').first().click();
    await visit.page.locator('.letter').waitFor();
  },
  'me-logged-out': open('/me', '.card, .empty'),
  join: open('/join', 'main input'),
  'no-room': open('/rooms/nowhere', '.empty'),
  'no-page': open('/nowhere', '.empty, main'),
  settings: async (visit) => {
    await wall(visit);
    await visit.page.locator('.account .settings summary').click();
  },
  offline: async (visit) => {
    await wall(visit);
    await visit.page.context().setOffline(true);
    await visit.page.getByText(visit.words.offline).waitFor();
  },
  screen: async (visit) => {
    await visit.page.context().setOffline(false);
    await open('/rooms/main/screen', '.card.placed')(visit);
  },
  embed: open('/embed/main', 'jungle-wall li'),
};

/** What somebody sees who is logged in, and host of a private room. */
export const OF_HOSTS: Readonly<Record<string, View>> = {
  'own-note': async (visit) => {
    await wall(visit);
    await write(visit, NOTE[visit.language]);
    await visit.page.locator('.note.mine').last().waitFor();
  },
  'own-note-menu': openOwnMenu,
  'reading-above': async (visit) => {
    await wall(visit);
    await visit.page.evaluate('document.querySelector(".notes").scrollTop -= 900');
    await visit.page.locator('.to-newest').waitFor();
  },
  me: open('/me', 'canvas'),
  'private-room': async (visit) => open(`/rooms/${visit.stage.privateRoom}`, '.note')(visit),
  'room-menu': async ({ page }) => {
    await page.locator('.room-menu summary').click();
  },
  invite: async ({ page, words }) => {
    await page.locator('.room-menu').getByRole('button', { name: words.invite }).click();
    await page.getByRole('dialog').locator('svg.qr').waitFor();
  },
  'room-settings': async (visit) => open(`/rooms/${visit.stage.privateRoom}/settings`, '.fold')(visit),
  'make-room': async (visit) => {
    await wall(visit);
    await visit.page.getByRole('button', { name: visit.words['new-room'] }).click();
    await visit.page.getByRole('dialog').waitFor();
  },
  reports: open('/reports', '.reports .note'),
  admin: open('/admin', 'main .lines li'),
  'admin-log': open('/admin?tab=log', 'main li, main .empty'),
};
