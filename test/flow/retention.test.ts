import { Retention, type RetentionDeps } from '../../src/flow/retention';
import { InProcessBus } from '../../src/adapters/in-process/bus';
import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { silentLogger } from '../../src/ports/logger';
import type { ChatStore } from '../../src/ports/chat-store';
import type { Lease } from '../../src/ports/lease';
import type { ModerationStore } from '../../src/ports/moderation-store';
import { appendAll, draft, openEngine } from '../support/engine';
import { faulty } from '../support/faulty';

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
  expect(await engine.moderationStore.retentionOffset()).toBe(2);
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
  const first = await engine.moderationStore.retentionOffset();
  expect(first).toBe(100);
  await retention().run(running);
  expect(await engine.moderationStore.retentionOffset()).toBe(253);
});
