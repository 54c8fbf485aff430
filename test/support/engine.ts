import { openLmdb, type LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { Chat, ChatDraft } from '../../src/domain/chat';
import type { ChatLog } from '../../src/ports/chat-log';
import { systemClock, type Clock } from '../../src/ports/clock';
import { randomId } from '../../src/ports/ids';
import { silentLogger } from '../../src/ports/logger';
import { tempDir } from './temp-dir';

const open = new Set<LmdbEngine>();

/** The embedded engine on a folder of its own, closed after the test file. */
export async function openEngine(options: { dataDir?: string; clock?: Clock; logMaxBacklog?: number } = {}): Promise<LmdbEngine> {
  const engine = await openLmdb({
    dataDir: options.dataDir ?? tempDir(),
    clock: options.clock ?? systemClock,
    logger: silentLogger,
    newId: randomId,
    logMaxBacklog: options.logMaxBacklog ?? 100_000,
  });
  open.add(engine);
  return engine;
}

export async function closeEngine(engine: LmdbEngine): Promise<void> {
  open.delete(engine);
  await engine.close();
}

let drafts = 0;

export const draft = (change: Partial<ChatDraft> = {}): ChatDraft => ({
  id: `draft-${++drafts}`,
  room: 'main',
  authorId: 'author',
  author: 'quiet otter',
  text: `text ${drafts}`,
  emotions: [10, 0, 0, 0, 0, 0, 0, 0],
  dominant: null,
  feeling: null,
  answers: null,
  ...change,
});

export async function appendAll(log: ChatLog, list: readonly ChatDraft[]): Promise<Chat[]> {
  const appended = await Promise.all(list.map((one) => log.append(one)));
  return appended.map((result) => {
    if (result.duplicate) throw new Error('appended twice');
    return result.chat;
  });
}

afterAll(async () => {
  await Promise.all([...open].map((engine) => engine.close()));
});
