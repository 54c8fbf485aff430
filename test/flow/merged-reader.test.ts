import type { Chat } from '../../src/domain/chat';
import { MergedReader } from '../../src/flow/merged-reader';
import { TailIndexes } from '../../src/flow/tail-index';
import type { LogPartition } from '../../src/ports/chat-log';
import { appendAll, draft, openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { onePartition } from '../support/one-partition';

const offsets = (chats: readonly Chat[]) => chats.map(({ offset }) => offset);

async function filled(count: number, stored: number) {
  const engine = await openEngine();
  const chats = await appendAll(
    engine.chatLog,
    Array.from({ length: count }, () => draft()),
  );
  await engine.chatStore.insertBatch(chats.slice(0, stored));
  await engine.chatLog.of('main').commit(stored, 1);
  return { engine, chats };
}

test('reads a batch once that is stored and not yet committed', async () => {
  const { engine } = await filled(10, 4);
  const rest = await engine.chatLog.of('main').readBack(Infinity, 3);
  await engine.chatStore.insertBatch(rest);
  const reader = new MergedReader(engine.chatLog, engine.chatStore, new TailIndexes(engine.chatLog));
  expect(offsets((await reader.byRoom('main', {}, 20, 'newest-first')).items)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(offsets((await reader.byRoom('main', {}, 20, 'oldest-first')).items)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(offsets((await reader.byAuthor('author', 2, 5)).items)).toEqual([8, 7, 6, 5, 4]);
  expect(await reader.countByAuthor('author')).toBe(10);
});

test.each(['newest-first', 'oldest-first'] as const)(
  'a log that is flushed and trimmed in the middle of a read (%s) costs neither gap nor repeat',
  async (order) => {
    const { engine, chats } = await filled(30, 10);
    let trims = 0;
    // The flush and the trim come exactly between reading the committed offset and reading the tail.
    const log = faulty<LogPartition>(engine.chatLog.of('main'), (method) => {
      if (method !== 'readBack' || trims++ > 0) return undefined;
      return (async () => {
        await engine.chatStore.insertBatch(chats);
        await engine.chatLog.of('main').commit(25, 1);
        await engine.chatLog.of('main').trim(0, 0);
      })();
    });
    const { items } = await new MergedReader(onePartition(log), engine.chatStore, new TailIndexes(onePartition(log))).byRoom(
      'main',
      {},
      100,
      order,
    );
    expect(trims).toBeGreaterThan(1);
    const all = Array.from({ length: 30 }, (_, i) => i + 1);
    expect(offsets(items)).toEqual(order === 'newest-first' ? all.toReversed() : all);
  },
);

test('reads a backlog longer than one read of the log completely', async () => {
  const { engine } = await filled(1_300, 100);
  const reader = new MergedReader(engine.chatLog, engine.chatStore, new TailIndexes(engine.chatLog));
  const { items, hasMore } = await reader.byRoom('main', { after: 50 }, 2_000, 'newest-first');
  expect([items.length, hasMore]).toEqual([1_250, false]);
});
