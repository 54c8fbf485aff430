import { newestFirst, type Chat } from '../../src/domain/chat';
import { unavailable } from '../../src/domain/errors';
import { MergedReader } from '../../src/flow/merged-reader';
import { TailIndexes } from '../../src/flow/tail-index';
import type { ChatStore } from '../../src/ports/chat-store';
import { openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { chatOf } from '../support/memory-log';
import { PartitionedLog } from '../support/partitioned-log';
import { seeded } from '../support/random';

const PAGE = 7;

/** Three partitions after two earlier ones, whose messages are stored. */
async function threePartitions() {
  const engine = await openEngine();
  const log = new PartitionedLog({ first: 2, count: 3 });
  const rooms = log.rooms();
  const all: Chat[] = [5, 2 ** 40 + 3].map((offset) => ({ ...chatOf('e0', offset, 'room-0', 'old'), sentAt: offset % 1_000 }));
  await engine.chatStore.insertBatch(all);
  let now = 1_000;
  const send = (partition: number, authorId = 'u1') => all.push(log.put(rooms[partition] ?? '', authorId, ++now));
  /** Stores the oldest messages of a partition that wait, with `interrupted` without the commit. */
  const flush = async (partition: number, count: number, interrupted = false): Promise<void> => {
    const from = log.partitions[partition];
    if (!from) return;
    const batch = (await from.read({ epoch: 'e1', offset: await from.committed() }, count)) ?? [];
    await engine.chatStore.insertBatch(batch);
    const last = batch.at(-1);
    if (last && !interrupted) await from.commit(last.offset);
  };
  const readerOf = (store: ChatStore) => new MergedReader(log, store, new TailIndexes(log));
  const expected = () => all.filter(({ authorId }) => authorId === 'u1').sort(newestFirst);
  return { log, rooms, store: engine.chatStore, send, flush, readerOf, expected };
}

const ids = (chats: readonly Chat[]): string[] => chats.map(({ text, offset }) => `${text} #${offset}`);

async function pagesOf(reader: MergedReader): Promise<Chat[]> {
  const found: Chat[] = [];
  for (;;) {
    const { items, hasMore } = await reader.byAuthor('u1', found.length, PAGE);
    found.push(...items);
    if (!hasMore) return found;
  }
}

test.each([1, 2, 3, 4, 5, 6])(
  'pages and counts an author over all partitions, flushed as far as they may be (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const { store, send, flush, readerOf, expected } = await threePartitions();
    const reader = readerOf(store);
    for (let step = 0; step < 60; step++) {
      const partition = Math.floor(random() * 3);
      if (random() < 0.8) send(partition, random() < 0.8 ? 'u1' : 'u2');
      else await flush(partition, 1 + Math.floor(random() * 5), random() < 0.3);
      if (step % 10 !== 9) continue;
      expect(ids(await pagesOf(reader))).toEqual(ids(expected()));
      expect(await reader.countByAuthor('u1')).toBe(expected().length);
      const skip = Math.floor(random() * 20);
      expect((await reader.byAuthor('u1', skip, 3)).items).toEqual(expected().slice(skip, skip + 3));
    }
  },
);

test.each([1, 2, 3])('pages have no gaps or duplicates while the partitions are flushed (seed %i)', async (seed) => {
  const random = seeded(seed);
  const { store, send, flush, readerOf, expected } = await threePartitions();
  for (let i = 0; i < 90; i++) send(Math.floor(random() * 3));
  let flushes = 0;
  const flushed = faulty<ChatStore>(store, (method) => {
    if (method !== 'byAuthor' && method !== 'countByAuthor') return undefined;
    return flush(flushes++ % 3, 2, random() < 0.3);
  });
  const reader = readerOf(flushed);
  for (let round = 0; round < 4; round++) {
    expect(ids(await pagesOf(reader))).toEqual(ids(expected()));
    expect(await reader.countByAuthor('u1')).toBe(expected().length);
  }
  expect(flushes).toBeGreaterThan(20);
});

test('a message that is sent and stored during a read brings those before it along', async () => {
  const { store, send, flush, readerOf, expected } = await threePartitions();
  let isSent = false;
  const reader = readerOf(
    faulty<ChatStore>(store, (method) => {
      if (method !== 'byAuthor' || isSent) return undefined;
      isSent = true;
      send(0);
      send(1);
      return flush(1, 1);
    }),
  );
  expect(ids((await reader.byAuthor('u1', 0, PAGE)).items)).toEqual(ids(expected()));
});

test('an author is UNAVAILABLE while one partition is, and rooms elsewhere are not', async () => {
  const { log, rooms, store, send, readerOf } = await threePartitions();
  [0, 1, 2].forEach((partition) => send(partition));
  const [, lost] = log.partitions;
  if (lost) lost.head = () => Promise.reject(unavailable('lost'));
  const reader = readerOf(store);
  await expect(reader.byAuthor('u1', 0, PAGE)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(reader.countByAuthor('u1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect((await reader.byRoom(rooms[0] ?? '', {}, PAGE, 'newest-first')).items).toHaveLength(1);
  await expect(reader.byRoom(rooms[1] ?? '', {}, PAGE, 'newest-first')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('a short room is read from the log alone while the store is unavailable, unless there were partitions before', async () => {
  for (const first of [0, 2]) {
    const log = new PartitionedLog({ first, count: 3 });
    const [, room = ''] = log.rooms();
    const sent = log.put(room, 'u1', 1);
    await log.of(room).commit(sent.offset);
    const store = faulty<ChatStore>((await openEngine()).chatStore, () => unavailable('down'));
    const reading = new MergedReader(log, store, new TailIndexes(log)).byRoom(room, {}, PAGE, 'newest-first');
    if (first === 0) expect((await reading).items).toEqual([sent]);
    else await expect(reading).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  }
});
