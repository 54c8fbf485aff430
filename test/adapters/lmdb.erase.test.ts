import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backUp } from '../../src/adapters/lmdb/backup';
import { chat, chats, draft } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';
import { tempDir } from '../support/temp-dir';

const COUNT = 60;
const ERASED = [1, 7, 30, 31, COUNT];
const marks = (offset: number): string[] => ['begin', 'middle', 'end'].map((word) => `${word}-${offset}-`);
const text = (offset: number): string => marks(offset).join('x'.repeat(200));

test('a backup made after an erasure contains no part of the erased text', async () => {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  const { chatLog, chatStore } = engine;
  for (let offset = 1; offset <= COUNT; offset++) await chatLog.append(draft(`id-${offset}`, { text: text(offset) }));
  await chatStore.insertBatch(chats(1, COUNT, (offset) => ({ text: text(offset) })));
  await chatStore.addDeadLetter(chat(7, { text: text(7) }), 'refused');
  for (const offset of ERASED) {
    await chatLog.erase(offset);
    await chatStore.erase(offset);
  }
  const folder = join(tempDir(), 'backup');
  await backUp(dataDir, folder, 0);
  await closeEngine(engine);
  const bytes = readFileSync(join(folder, 'data.mdb'));
  for (let offset = 1; offset <= COUNT; offset++) {
    const found = marks(offset).filter((mark) => bytes.includes(mark));
    expect(found).toEqual(ERASED.includes(offset) ? [] : marks(offset));
  }
});
