import { Retention, type RetentionDeps } from '../../src/flow/retention';
import { unavailable } from '../../src/domain/errors';
import { numberOf } from '../../src/domain/partition';
import { InProcessBus } from '../../src/adapters/in-process/bus';
import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { silentLogger } from '../../src/ports/logger';
import type { ChatStore } from '../../src/ports/chat-store';
import type { Lease } from '../../src/ports/lease';
import type { ModerationStore } from '../../src/ports/moderation-store';
import { appendAll, draft, openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { chatOf } from '../support/memory-log';
import { PartitionedLog } from '../support/partitioned-log';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const running = new AbortController().signal;

async function setup(): Promise<{
  engine: LmdbEngine;
  clock: { at: number };
  retention: (change?: Partial<RetentionDeps>) => Retention;
}> {
  const clock = { at: START, now: () => clock.at };
  const engine = await openEngine({ clock });
  const chats = await appendAll(engine.chatLog, [draft(), draft()]);
  clock.at += 5 * DAY_MS;
  const later = await appendAll(engine.chatLog, [draft()]);
  await engine.chatStore.insertBatch([...chats, ...later]);
  const retention = (change: Partial<RetentionDeps> = {}) =>
    new Retention({
      log: engine.chatLog,
      store: engine.chatStore,
      empathies: engine.empathyStore,
      moderation: engine.moderationStore,
      lease: engine.lease,
      holder: 'one',
      bus: new InProcessBus(silentLogger),
      retentionDays: 7,
      ...change,
    });
  return { engine, clock, retention };
}

const hidden = async ({ chatStore }: LmdbEngine) => (await chatStore.inOrder({}, 10)).map((chat) => chat.hidden);

test('erases what exceeds the retention period by the watermark of the log, and writes one audit entry', async () => {
  const { engine, clock, retention } = await setup();
  await retention().run(running);
  expect(await hidden(engine)).toEqual([false, false, false]);
  clock.at = START + 8 * DAY_MS;
  await retention().run(running);
  await retention({ holder: 'two' }).run(running);
  expect(await hidden(engine)).toEqual([true, true, false]);
  expect(await engine.moderationStore.auditEntries(undefined, 10)).toMatchObject([
    { action: 'RETENTION', details: '2 messages older than 7 days', at: clock.at },
  ]);
});

test('of two workers one erases at a time', async () => {
  const { engine, clock, retention } = await setup();
  clock.at = START + 8 * DAY_MS;
  await engine.lease.acquire('retention', 'another', 60_000);
  await retention().run(running);
  expect(await hidden(engine)).toEqual([false, false, false]);
});

test('two workers that both erase, because one lost its lease, write one audit entry', async () => {
  const { engine, clock, retention } = await setup();
  clock.at = START + 8 * DAY_MS;
  const lease: Lease = { ...engine.lease, acquire: () => Promise.resolve({ fence: 1 }), release: () => Promise.resolve() };
  let erased = 0;
  const store = faulty<ChatStore>(engine.chatStore, (method) => void (erased += method === 'erase' ? 1 : 0));
  await Promise.all([retention({ lease, store }).run(running), retention({ lease, store }).run(running)]);
  expect(erased).toBe(4);
  expect(await engine.moderationStore.auditEntries(undefined, 10)).toHaveLength(1);
});

test('an interrupted run is repeated with the same audit entry', async () => {
  const { engine, clock, retention } = await setup();
  clock.at = START + 8 * DAY_MS;
  const moderation = faulty<ModerationStore>(engine.moderationStore, (method) =>
    method === 'setRetentionOffset' ? new Error('killed') : undefined,
  );
  await expect(retention({ moderation }).run(running)).rejects.toThrow('killed');
  await retention().run(running);
  expect(await engine.moderationStore.retentionOffset(0)).toBe(2);
  expect(await engine.moderationStore.auditEntries(undefined, 10)).toHaveLength(1);
});

test('stops between pages when it is aborted, and continues in the next run', async () => {
  const { engine, clock, retention } = await setup();
  const more = await appendAll(
    engine.chatLog,
    Array.from({ length: 250 }, () => draft()),
  );
  await engine.chatStore.insertBatch(more);
  clock.at += 20 * DAY_MS;
  await retention().run(AbortSignal.abort());
  const first = await engine.moderationStore.retentionOffset(0);
  expect(first).toBe(100);
  await retention().run(running);
  expect(await engine.moderationStore.retentionOffset(0)).toBe(253);
});

/** Messages of three partitions and of an earlier one, five of each. */
async function partitioned() {
  const engine = await openEngine();
  const log = new PartitionedLog({ first: 2, count: 3 });
  const sent = log.rooms().flatMap((room) => [1, 2, 3, 4, 5].map((day) => log.put(room, 'u1', START + day * DAY_MS)));
  const earlier = [1, 2, 3, 4, 5].map((day) => ({ ...chatOf('e0', day, 'room-0', 'old'), sentAt: START + (day - 3) * DAY_MS }));
  await engine.chatStore.insertBatch([...earlier, ...sent]);
  for (const one of log.partitions) one.watermark = () => Promise.resolve(START + 8 * DAY_MS + 1 + (one.number - 2) * DAY_MS);
  const retention = () =>
    new Retention({
      ...{ log, store: engine.chatStore, empathies: engine.empathyStore, moderation: engine.moderationStore },
      ...{ lease: engine.lease, holder: 'one', bus: new InProcessBus(silentLogger), retentionDays: 7 },
    });
  const erased = async () => {
    const all = await engine.chatStore.inOrder({}, 100);
    return [0, 2, 3, 4].map((number) => all.filter(({ offset, hidden }) => hidden && numberOf(offset) === number).length);
  };
  return { engine, log, retention, erased };
}

test('erases in every partition by its own clock, and in partitions of before', async () => {
  const { engine, log, retention, erased } = await partitioned();
  await retention().run(running);
  await retention().run(running);
  expect(await erased()).toEqual([4, 1, 2, 3]);
  expect(log.partitions.map((one) => one.chats.filter(({ hidden }) => hidden).length)).toEqual([1, 2, 3]);
  expect(await engine.moderationStore.retentionOffset(0)).toBe(4);
  expect(await engine.moderationStore.retentionOffset(3)).toBe(3 * 2 ** 40 + 2);
  expect(await engine.moderationStore.auditEntries(undefined, 10)).toHaveLength(4);
});

test('a partition that is unavailable keeps none of the others from being erased, and is continued in the next run', async () => {
  const { log, retention, erased } = await partitioned();
  const [first, second] = log.partitions;
  if (!first || !second) throw new Error('there are three partitions');
  const available = first.watermark.bind(first);
  first.watermark = () => Promise.reject(unavailable('lost'));
  const erase = second.erase.bind(second);
  second.erase = () => Promise.reject(unavailable('lost'));
  await expect(retention().run(running)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(await erased()).toEqual([5, 0, 0, 3]);
  first.watermark = available;
  second.erase = erase;
  await retention().run(running);
  expect(await erased()).toEqual([5, 1, 2, 3]);
});

test('a worker that stops erases nothing in further partitions', async () => {
  const { retention, erased } = await partitioned();
  await retention().run(AbortSignal.abort());
  expect(await erased()).toEqual([4, 0, 0, 0]);
});
