import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backUp } from '../../src/adapters/lmdb/backup';
import { WriterLock } from '../../src/adapters/lmdb/writer-lock';
import { chat, chats, draft } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';
import { tempDir } from '../support/temp-dir';

const COUNT = 60;
const ERASED = [1, 7, 30, 31, COUNT];
const marks = (offset: number): string[] => ['begin', 'middle', 'end'].map((word) => `${word}-${offset}-`);
const text = (offset: number): string => marks(offset).join('x'.repeat(200));

/** A folder with erased messages. */
async function erased(dataDir: string) {
  const engine = await openEngine({ dataDir });
  const { chatLog, chatStore } = engine;
  for (let offset = 1; offset <= COUNT; offset++) await chatLog.append(draft(`id-${offset}`, { text: text(offset) }));
  await chatStore.insertBatch(chats(1, COUNT, (offset) => ({ text: text(offset) })));
  await chatStore.addDeadLetter(chat(7, { text: text(7) }), 'refused');
  for (const offset of ERASED) {
    await chatLog.erase(offset);
    await chatStore.erase(offset);
  }
  return engine;
}

/** That the file has the texts that were not erased, and no part of those that were. */
function expectErased(file: string): void {
  const bytes = readFileSync(file);
  for (let offset = 1; offset <= COUNT; offset++) {
    const found = marks(offset).filter((mark) => bytes.includes(mark));
    expect(found).toEqual(ERASED.includes(offset) ? [] : marks(offset));
  }
}

test('the next start removes every part of erased texts from the data file, once', async () => {
  const dataDir = tempDir();
  const file = join(dataDir, 'data.mdb');
  await closeEngine(await erased(dataDir));
  const engine = await openEngine({ dataDir });
  expectErased(file);
  expect(await engine.chatStore.inOrder({}, 100)).toHaveLength(COUNT);
  expect((await engine.chatLog.head()).offset).toBe(COUNT);
  await expect(WriterLock.refuseLivingOwner(dataDir)).rejects.toThrow('in use');
  await engine.chatLog.append(draft('next'));
  await closeEngine(engine);
  const { ino } = statSync(file);
  const again = await openEngine({ dataDir });
  expect((await again.chatLog.head()).offset).toBe(COUNT + 1);
  await closeEngine(again);
  expect(statSync(file).ino).toBe(ino);
});

test('a compaction that was killed before it replaced the file is repeated', async () => {
  const dataDir = tempDir();
  await closeEngine(await erased(dataDir));
  mkdirSync(join(dataDir, 'compacting'));
  writeFileSync(join(dataDir, 'compacting', 'data.mdb'), 'half a copy');
  await closeEngine(await openEngine({ dataDir }));
  expectErased(join(dataDir, 'data.mdb'));
  expect(existsSync(join(dataDir, 'compacting'))).toBe(false);
});

test('a backup made after an erasure contains no part of the erased text', async () => {
  const dataDir = tempDir();
  const engine = await erased(dataDir);
  const folder = join(tempDir(), 'backup');
  await backUp(dataDir, folder, 0);
  await closeEngine(engine);
  expectErased(join(folder, 'data.mdb'));
});
