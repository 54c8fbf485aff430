import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backUp } from '../../src/adapters/lmdb/backup';
import { openLmdb, type LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { Chat } from '../../src/domain/chat';
import { StartupError } from '../../src/domain/startup-error';
import { systemClock } from '../../src/ports/clock';
import { randomId } from '../../src/ports/ids';
import { silentLogger, type Logger } from '../../src/ports/logger';
import { chats, draft, insight, offsets, session, user } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';
import { tempDir } from '../support/temp-dir';

const dataFile = (dataDir: string): string => join(dataDir, 'data.mdb');

/** Flips one bit in every copy of the text in the closed folder: LMDB keeps older copies in its free pages. */
function flipBit(dataDir: string, text: string): void {
  const bytes = readFileSync(dataFile(dataDir));
  let at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(0);
  for (; at >= 0; at = bytes.indexOf(text, at + 1)) bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(dataFile(dataDir), bytes);
}

/** Fills a folder, closes it, flips a bit of the text, and opens it again. @returns the engine and the errors it logs */
async function damaged(fill: (engine: LmdbEngine) => Promise<unknown>, text: string) {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  await fill(engine);
  await closeEngine(engine);
  flipBit(dataDir, text);
  const errors: { fields: object; message: string }[] = [];
  const logger: Logger = { ...silentLogger, error: (fields, message) => errors.push({ fields, message }) };
  const reopened = await openLmdb({ dataDir, clock: systemClock, logger, newId: randomId, logMaxBacklog: 1_000 });
  return { engine: reopened, errors, dataDir };
}

const appendTen = async ({ chatLog }: LmdbEngine): Promise<void> => {
  for (let i = 1; i <= 10; i++) await chatLog.append(draft(`m${i}`, { text: `the text of message ${i}.` }));
};
const TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function expectOneTombstone(read: readonly Chat[], offset: number): void {
  expect(read.filter(({ hidden }) => hidden)).toEqual([
    expect.objectContaining({ offset, text: '', sentAt: read.find((chat) => chat.offset === offset - 1)?.sentAt }),
  ]);
  for (const chat of read) if (!chat.hidden) expect(chat.text).toBe(`the text of message ${chat.offset}.`);
}

test('a damaged log entry is read as a tombstone, and the log goes on around it', async () => {
  const { engine, errors } = await damaged(appendTen, 'the text of message 4.');
  const { chatLog, chatStore } = engine;
  const { epoch } = await chatLog.head();
  const read = (await chatLog.read({ epoch, offset: 0 }, 100)) ?? [];
  expect(offsets(read)).toEqual(TEN);
  expectOneTombstone(read, 4);
  expectOneTombstone(await chatLog.readBack(11, 100), 4);
  expect(await chatLog.find('m4')).toMatchObject({ state: 'present', chat: { id: 'm4', offset: 4, hidden: true, epoch } });
  expect(await chatLog.find('m5')).toMatchObject({ chat: { text: 'the text of message 5.' } });
  expect(await chatLog.append(draft('m4'))).toEqual({ duplicate: true });
  expect(await chatLog.append(draft('m11'))).toMatchObject({ duplicate: false });
  expect(await chatStore.insertBatch(read)).toEqual([]);
  expect(await chatLog.commit(11, 1)).toBe(true);
  await chatLog.trim(1, 0);
  expect(errors).toEqual([
    { fields: { err: expect.any(Error) as Error }, message: expect.stringContaining('damaged') as string },
  ]);
  expect(String((errors[0]?.fields as { err: Error }).err)).toContain('record 4 of log is damaged');
  await engine.close();
});

test('a damaged stored message is read as a tombstone, and history pages go on', async () => {
  const fill = ({ chatStore }: LmdbEngine) =>
    chatStore.insertBatch(chats(1, 10, (offset) => ({ text: `the text of message ${offset}.` })));
  const { engine } = await damaged(fill, 'the text of message 4.');
  const store = engine.chatStore;
  const pages = [...(await store.byRoom('main', { before: 6 }, 3, 'newest-first'))];
  expect(offsets(pages)).toEqual([5, 4, 3]);
  expectOneTombstone(pages, 4);
  expect(pages[1]).toMatchObject({ room: 'main', epoch: 'epoch-1' });
  expectOneTombstone(await store.byAuthor('author-1', [{}], 0, 10), 4);
  expectOneTombstone(await store.inOrder({}, 100), 4);
  expect(await store.byId('id-4')).toMatchObject({ id: 'id-4', hidden: true });
  expect(await store.byId('id-5')).toMatchObject({ text: 'the text of message 5.' });
  expect(await store.insertBatch(chats(1, 12))).toEqual([]);
  expect(await store.countByRoom('main', {}, 100)).toBe(12);
  await store.erase(4);
  await store.rename(4, { authorId: 'gone', author: 'nobody' });
  expect(await store.byId('id-4')).toMatchObject({ hidden: true, authorId: 'gone' });
  await engine.close();
});

test('a damaged account, session or letter is an error for itself alone', async () => {
  const fill = async ({ userStore, sessionStore, insightStore }: LmdbEngine): Promise<void> => {
    for (const id of ['a', 'b', 'c']) {
      await userStore.create(user(id, { passwordHash: `hash of ${id}` }));
      await sessionStore.create(session(id, { userId: `user-1` }));
      await insightStore.put(insight(id, id.charCodeAt(0), { letter: `hash of ${id}` }), 1);
    }
  };
  const { engine } = await damaged(fill, 'hash of b');
  await expect(engine.userStore.byUsernameKey('user_b')).rejects.toThrow('damaged');
  expect(await engine.userStore.byUsernameKey('user_a')).toMatchObject({ id: 'a' });
  expect(await engine.userStore.create(user('x', { usernameKey: 'user_b' }))).toBe('username-taken');
  expect((await engine.userStore.names('', 10)).map(({ user }) => user?.id)).toEqual(['a', undefined, 'c']);
  await expect(engine.insightStore.byId('b')).rejects.toThrow('damaged');
  expect((await engine.insightStore.page('main', undefined, 10)).map(({ id }) => id)).toEqual(['c', 'a']);
  expect(await engine.sessionStore.activeSessions('user-1', 0)).toHaveLength(3);
  await engine.close();
});

test('a folder whose log state is damaged is refused with what to restore', async () => {
  await expect(damaged(appendTen, 'committed')).rejects.toThrow(/^DATA_DIR .* is damaged .*log-state.* restore a backup/);
});

test('a backup counts the damaged messages that it copies', async () => {
  const { engine, dataDir } = await damaged(appendTen, 'the text of message 4.');
  expect(await backUp(dataDir, join(tempDir(), 'backup'), 0)).toMatchObject({ waiting: 10, damaged: 1 });
  await engine.close();
});

test('a truncated data file is refused with what to restore, or has everything', async () => {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  // Letters of several pages each, and rows that make a tree of three levels.
  for (let i = 1; i <= 20; i++) await engine.insightStore.put(insight(`i${i}`, i, { letter: 'letter '.repeat(2_000) }), 1);
  await engine.chatStore.insertBatch(chats(1, 3_000));
  await closeEngine(engine);
  const whole = tempDir();
  copyFileSync(dataFile(dataDir), dataFile(whole));
  const { size } = statSync(dataFile(dataDir));
  let refused = 0;
  for (let bytes = size - 1; bytes > 0; bytes -= Math.ceil(size / 25)) {
    const cut = tempDir();
    copyFileSync(dataFile(whole), dataFile(cut));
    truncateSync(dataFile(cut), bytes);
    const outcome = await openEngine({ dataDir: cut }).catch((error: unknown) => error);
    if (outcome instanceof StartupError) {
      refused++;
      expect(outcome.message).toMatch(
        /^DATA_DIR .* is damaged \(its data.mdb is truncated after \d+ bytes\): .*restore a backup/,
      );
      await expect(backUp(cut, join(tempDir(), 'backup'), 0)).rejects.toThrow('is damaged');
      continue;
    }
    const opened = outcome as LmdbEngine;
    expect(await opened.chatStore.inOrder({}, 5_000)).toHaveLength(3_000);
    expect(await opened.insightStore.page('main', undefined, 100)).toHaveLength(20);
    await closeEngine(opened);
  }
  expect(refused).toBeGreaterThan(20);
});
