import fs, { cpSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { backUp } from '../../src/adapters/lmdb/backup';
import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { Chat } from '../../src/domain/chat';
import { draft, offsets } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';
import { tempDir } from '../support/temp-dir';

/** More than a half of the journal holds, so that both are used, and some entries twice. */
const COUNT = 1_600;
const LARGE = '가'.repeat(300);
const ALL = Array.from({ length: COUNT }, (_, i) => i + 1);

async function append({ chatLog }: LmdbEngine, ids: readonly number[], text = LARGE): Promise<Chat[]> {
  const appended = await Promise.all(ids.map((id) => chatLog.append(draft(`m${id}`, { text }))));
  return appended.flatMap((one) => (one.duplicate ? [] : [one.chat]));
}

/** Opens the folder as a crash at this moment would leave it. */
async function crashed(dataDir: string): Promise<LmdbEngine> {
  const copy = tempDir();
  cpSync(dataDir, copy, { recursive: true, filter: (name) => !name.endsWith('.sock') });
  return openEngine({ dataDir: copy });
}

const everything = async ({ chatLog }: LmdbEngine) =>
  (await chatLog.read({ epoch: (await chatLog.head()).epoch, offset: 0 }, Infinity)) ?? [];

test('entries are read as one list, whether they are in the journal or in LMDB, and survive a crash', async () => {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  const { chatLog } = engine;
  const appended: Chat[] = [];
  for (let i = 0; i < COUNT; i += 40) {
    appended.push(...(await append(engine, ALL.slice(i, i + 40))));
    const head = await chatLog.head();
    if (i % 400 === 0) {
      expect(await (await crashed(dataDir)).chatLog.head()).toEqual(head);
      expect(offsets(await chatLog.readBack(head.offset, 500))).toEqual(
        ALL.slice(0, i + 39)
          .reverse()
          .slice(0, 500),
      );
      expect(offsets(await chatLog.read({ ...head, offset: 5 }, i + 10))).toEqual(ALL.slice(5, i + 15));
    }
  }
  expect(await everything(engine)).toEqual(appended);
  const reopened = await crashed(dataDir);
  expect(await everything(reopened)).toEqual(appended);
  for (const id of ['m1', 'm800', `m${COUNT}`]) {
    expect(await reopened.chatLog.append(draft(id))).toEqual({ duplicate: true });
    expect(await reopened.chatLog.find(id)).toMatchObject({ state: 'present', chat: { id, text: LARGE } });
  }
  expect(await reopened.chatLog.append(draft('next'))).toMatchObject({ chat: { offset: COUNT + 1 } });
  await closeEngine(engine);
});

test('changes of an entry that is only in the journal survive a crash', async () => {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  await append(engine, [1, 2, 3], 'a text');
  await engine.chatLog.erase(2);
  await engine.chatLog.setFeeling(3, { feeling: 'JOY', revision: 1 });
  await append(engine, [4], 'a text');
  const after = await everything(engine);
  expect(after).toMatchObject([{ hidden: false }, { hidden: true, text: '' }, { feeling: 'JOY' }, { offset: 4 }]);
  expect(await everything(await crashed(dataDir))).toEqual(after);
});

test('no text of an erased message is left in the journal after a stop, nor after a start that follows a crash', async () => {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  await append(engine, [1], 'a text that is erased');
  await engine.chatLog.erase(1);
  const copy = tempDir();
  cpSync(dataDir, copy, { recursive: true, filter: (name) => !name.endsWith('.sock') });
  const journal = join(copy, 'journal');
  expect(readFileSync(journal).includes('a text that')).toBe(true);
  await openEngine({ dataDir: copy });
  expect(readFileSync(journal).includes('a text that')).toBe(false);
  await closeEngine(engine);
  expect(existsSync(join(dataDir, 'journal'))).toBe(false);
});

test('a record that a crash has cut off ends the journal before it', async () => {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  await append(engine, [1, 2], 'a text');
  await append(engine, [3], 'another');
  const file = join(dataDir, 'journal');
  writeSync(openSync(file, 'r+'), '?', readFileSync(file).indexOf('another'));
  const reopened = await crashed(dataDir);
  expect(offsets(await everything(reopened))).toEqual([1, 2]);
  expect(await reopened.chatLog.append(draft('m3'))).toMatchObject({ chat: { offset: 3 } });
});

test('a message whose write the disk reports as failed is refused as unknown, and its place goes to the next one', async () => {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  await append(engine, [1], 'a text');
  const write = fs.write as (...args: unknown[]) => void;
  const failing = (...args: unknown[]): void => {
    const done = args.at(-1) as (error: Error) => void;
    write(...args.slice(0, -1), () => {
      done(new Error('the disk reports an error'));
    });
  };
  jest.spyOn(fs, 'write').mockImplementationOnce(failing);
  await expect(append(engine, [2], 'refused')).rejects.toMatchObject({ code: 'UNAVAILABLE', stored: 'unknown' });
  expect(offsets(await everything(engine))).toEqual([1]);
  expect(await append(engine, [3], 'the next')).toMatchObject([{ offset: 2 }]);
  expect((await everything(await crashed(dataDir))).map(({ text }) => text)).toEqual(['a text', 'the next']);
});

test('a backup has what is only in the journal', async () => {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  await append(engine, [1, 2, 3]);
  await engine.chatLog.commit(2, 1);
  await append(engine, [4]);
  const folder = join(tempDir(), 'backup');
  expect(await backUp(dataDir, folder, 0)).toMatchObject({ waiting: 2, lastOffset: 4 });
});
