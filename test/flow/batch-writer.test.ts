import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { unavailable } from '../../src/domain/errors';
import { BatchWriter, type BatchWriterOptions } from '../../src/flow/batch-writer';
import type { LogPartition } from '../../src/ports/chat-log';
import type { ChatStore } from '../../src/ports/chat-store';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import { Slots } from '../../src/util/slots';
import { appendAll, draft, openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { MemoryLog } from '../support/memory-log';
import { until } from '../support/until';

const writers: BatchWriter[] = [];

async function start(engine: LmdbEngine, change: Partial<BatchWriterOptions> = {}): Promise<BatchWriter> {
  const writer = new BatchWriter({
    log: engine.chatLog,
    store: engine.chatStore,
    moods: engine.moodStore,
    lease: engine.lease,
    clock: systemClock,
    logger: silentLogger,
    holder: 'test',
    mayTake: () => true,
    slots: new Slots(1),
    flushMaxMessages: 1000,
    flushIntervalMs: 0,
    logRetain: 1000,
    ...change,
  });
  writers.push(writer);
  writer.start();
  return writer;
}

afterEach(async () => {
  await Promise.all(writers.splice(0).map((writer) => writer.stop(1000)));
});

const drafts = (count: number) => Array.from({ length: count }, () => draft());
const storedIds = async (engine: LmdbEngine) =>
  (await engine.chatStore.byRoom('main', {}, 10_000, 'oldest-first')).map(({ id }) => id);

test('stores appended messages in order, then commits them', async () => {
  const engine = await openEngine();
  await start(engine);
  const chats = await appendAll(engine.chatLog, drafts(50));
  await until(async () => (await engine.chatLog.of('main').committed()) === 50, 'all is committed');
  expect(await storedIds(engine)).toEqual(chats.map(({ id }) => id));
});

test('stores the backlog from before its start', async () => {
  const engine = await openEngine();
  await appendAll(engine.chatLog, drafts(5));
  await start(engine);
  await until(async () => (await engine.chatLog.of('main').committed()) === 5, 'all is committed');
  expect(await storedIds(engine)).toHaveLength(5);
});

test('lingers until enough messages wait, then writes one batch', async () => {
  const engine = await openEngine();
  const writer = await start(engine, { flushIntervalMs: 60_000, flushMaxMessages: 10 });
  await appendAll(engine.chatLog, drafts(9));
  await until(() => writer.stats().mode === 'lingering', 'it lingers');
  expect(await engine.chatLog.of('main').committed()).toBe(0);
  await appendAll(engine.chatLog, drafts(1));
  await until(async () => (await engine.chatLog.of('main').committed()) === 10, 'all is committed');
  expect(writer.stats()).toMatchObject({ flushes: 1, messages: 10 });
});

test('writes lingering messages when it stops', async () => {
  const engine = await openEngine();
  const writer = await start(engine, { flushIntervalMs: 60_000 });
  await appendAll(engine.chatLog, drafts(3));
  await writer.stop(5000);
  expect(writer.stats().mode).toBe('stopped');
  expect(await storedIds(engine)).toHaveLength(3);
  expect(await engine.chatLog.of('main').committed()).toBe(3);
});

test('retries while the store is unavailable, without losing or duplicating messages', async () => {
  const engine = await openEngine();
  let away = true;
  const store = faulty<ChatStore>(engine.chatStore, (method) =>
    away && method === 'insertBatch' ? unavailable('the store is away') : undefined,
  );
  const writer = await start(engine, { store });
  await appendAll(engine.chatLog, drafts(3));
  await until(() => writer.stats().failures >= 2, 'it has failed twice');
  expect(writer.stats().mode).toBe('retrying');
  expect(await engine.chatLog.of('main').committed()).toBe(0);
  away = false;
  await appendAll(engine.chatLog, drafts(2));
  await until(async () => (await engine.chatLog.of('main').committed()) === 5, 'all is committed');
  expect(await storedIds(engine)).toHaveLength(5);
});

test('ends a stop at its deadline while the store is unavailable, and leaves the backlog in the log', async () => {
  const engine = await openEngine();
  const store = faulty<ChatStore>(engine.chatStore, (method) =>
    method === 'insertBatch' ? unavailable('the store is away') : undefined,
  );
  const writer = await start(engine, { store });
  await appendAll(engine.chatLog, drafts(3));
  await writer.stop(50);
  expect(await engine.chatLog.of('main').committed()).toBe(0);
  await start(engine);
  await until(async () => (await engine.chatLog.of('main').committed()) === 3, 'the next writer has stored it');
});

test('duplicates neither messages nor mood after a crash between insert and commit', async () => {
  const engine = await openEngine();
  let crash = true;
  const log = faulty(engine.chatLog, (method) => (crash && method === 'commit' ? new Error('killed') : undefined));
  const first = await start(engine, { log });
  const [chat] = await appendAll(engine.chatLog, drafts(3));
  await until(() => first.stats().failures > 0, 'it was killed');
  await first.stop(0);
  crash = false;
  await appendAll(engine.chatLog, drafts(4));
  await start(engine);
  await until(async () => (await engine.chatLog.of('main').committed()) === 7, 'all is committed');
  expect(await storedIds(engine)).toHaveLength(7);
  const hour = 3_600_000;
  const window = { start: (chat?.sentAt ?? 0) - hour, end: (chat?.sentAt ?? 0) + hour };
  const buckets = await engine.moodStore.minutes('main', window);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(7);
});

test('makes a message that the store rejects a dead letter after five attempts, without delaying others', async () => {
  const engine = await openEngine();
  let tries = 0;
  const store: ChatStore = new Proxy(engine.chatStore, {
    get: (target, name) =>
      name === 'insertBatch'
        ? async (chats: Parameters<ChatStore['insertBatch']>[0]) => {
            const poison = chats.filter(({ text }) => text === 'poison');
            tries += poison.length;
            await target.insertBatch(chats.filter(({ text }) => text !== 'poison'));
            return poison.map((chat) => ({ chat, reason: 'poison' }));
          }
        : (Reflect.get(target, name) as () => unknown).bind(target),
  });
  const writer = await start(engine, { store });
  const all = [...drafts(2), draft({ text: 'poison' }), ...drafts(2)];
  await appendAll(engine.chatLog, all);
  await until(async () => (await engine.chatLog.of('main').committed()) === 5, 'all is committed');
  expect(tries).toBe(5);
  expect(writer.stats().deadLetters).toBe(1);
  expect(await engine.chatStore.deadLetterCount()).toBe(1);
  expect(await storedIds(engine)).toEqual(all.map(({ id }) => id));
});

test('runs one of two writers, and the other takes over when it stops', async () => {
  const engine = await openEngine();
  const first = await start(engine, { holder: 'first' });
  const second = await start(engine, { holder: 'second' });
  await appendAll(engine.chatLog, drafts(3));
  await until(async () => (await engine.chatLog.of('main').committed()) === 3, 'the first has written');
  expect([first.stats().messages, second.stats().messages, second.stats().mode]).toEqual([3, 0, 'standby']);
  await first.stop(1000);
  await appendAll(engine.chatLog, drafts(2));
  await until(async () => (await engine.chatLog.of('main').committed()) === 5, 'the second has written');
  expect(second.stats().messages).toBe(2);
});

test('commits nothing with a fence that was superseded, and goes to standby', async () => {
  const engine = await openEngine();
  let overtaken = false;
  const log = new Proxy(engine.chatLog, {
    get: (target, name) => {
      if (name === 'commit') return (...args: [number, number]) => (overtaken ? Promise.resolve(false) : target.commit(...args));
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  let asked = 0;
  const lease = faulty(engine.lease, (method) => {
    if (method === 'acquire') asked++;
    return undefined;
  });
  await start(engine, { log, lease });
  await until(() => asked === 1, 'it leads');
  overtaken = true;
  await appendAll(engine.chatLog, drafts(1));
  await until(() => asked > 2, 'it asks for the lease again and again');
  expect(await engine.chatLog.of('main').committed()).toBe(0);
  overtaken = false;
  await until(async () => (await engine.chatLog.of('main').committed()) === 1, 'it has written after winning again');
});

test('commits early after a failure, so that a full log takes messages again', async () => {
  const engine = await openEngine();
  await appendAll(engine.chatLog, drafts(900));
  let failures = 0;
  const commits: number[] = [];
  const log = faulty(engine.chatLog, (method, [upTo]) => {
    if (method === 'commit') commits.push(Number(upTo));
    return undefined;
  });
  const store = faulty(engine.chatStore, (method) =>
    method === 'insertBatch' && failures++ === 0 ? unavailable('The store is away.') : undefined,
  );
  await start(engine, { log, store });
  await until(async () => (await engine.chatLog.of('main').committed()) === 900, 'all is committed');
  expect(commits).toEqual([500, 900]);
});

test('writes a small batch after a failure, although those before it had grown', async () => {
  const engine = await openEngine();
  await appendAll(engine.chatLog, drafts(1_500));
  let inserts = 0;
  const commits: number[] = [];
  const log = faulty(engine.chatLog, (method, [upTo]) => {
    if (method === 'commit') commits.push(Number(upTo));
    return undefined;
  });
  const store = faulty(engine.chatStore, (method) =>
    method === 'insertBatch' && ++inserts === 2 ? unavailable('The store is away.') : undefined,
  );
  await start(engine, { log, store });
  await until(async () => (await engine.chatLog.of('main').committed()) === 1_500, 'all is committed');
  expect(commits.slice(0, 2)).toEqual([500, 1_000]);
});

test('retains the configured number of stored entries in the log', async () => {
  const engine = await openEngine();
  await start(engine, { logRetain: 10 });
  await appendAll(engine.chatLog, drafts(40));
  await until(async () => (await engine.chatLog.of('main').readBack(Infinity, 100)).length === 10, 'the log is trimmed');
  const { epoch } = await engine.chatLog.of('main').head();
  expect(await engine.chatLog.of('main').read({ epoch, offset: 29 }, 10)).toBeUndefined();
  expect(await engine.chatLog.of('main').read({ epoch, offset: 30 }, 100)).toHaveLength(10);
});

test('continues after an epoch that begins while a batch is written', async () => {
  const engine = await openEngine();
  const log = new MemoryLog();
  let release: (() => void) | undefined;
  let held: Promise<void> | undefined;
  const store = faulty<ChatStore>(engine.chatStore, (method) => {
    if (method !== 'insertBatch' || held) return undefined;
    return (held = new Promise((resolve) => (release = resolve)));
  });
  await start(engine, { log, store });
  const before = log.put('main', 'before');
  await until(() => held !== undefined, 'the first batch is on its way');
  log.recreate('e2');
  release?.();
  const after = log.put('main', 'after');
  await until(async () => (await storedIds(engine)).length === 2, 'both are stored');
  expect(await storedIds(engine)).toEqual([...before, ...after].map(({ id }) => id));
});

test('does not count a failed trim as a failure of the store', async () => {
  const engine = await openEngine();
  const log = faulty<LogPartition>(engine.chatLog.of('main'), (method) =>
    method === 'trim' ? unavailable('no trim') : undefined,
  );
  const writer = await start(engine, { log });
  await appendAll(engine.chatLog, drafts(3));
  await until(() => writer.stats().flushes === 1, 'they are stored');
  await appendAll(engine.chatLog, drafts(3));
  await until(() => writer.stats().flushes === 2, 'more are stored');
  expect(writer.stats()).toMatchObject({ messages: 6, failures: 0 });
});
