import type { RedisEngine } from '../../src/adapters/redis/open-redis';
import type { Chat } from '../../src/domain/chat';
import { unavailable } from '../../src/domain/errors';
import type { LogPosition } from '../../src/domain/position';
import type { ChatLog, RoomTail } from '../../src/ports/chat-log';
import { draft, offsets } from '../contracts/samples';
import { closeRedisEngine, openRedisEngine, StoredChats } from '../support/redis-engine';
import { RedisService } from '../support/redis-service';
import { withServices } from '../support/services';
import { until } from '../support/until';

const BACKLOG = 1_000;

/** Records what a listener of the log receives. */
class Follower {
  readonly chats: Chat[] = [];
  readonly epochs: LogPosition[] = [];

  static async of(log: ChatLog): Promise<Follower> {
    const follower = new Follower();
    await (await follower.open(log)).follow('main');
    return follower;
  }

  open(log: ChatLog): Promise<RoomTail> {
    return log.of('main').tailRooms({
      entries: (entries) => this.chats.push(...entries),
      epoch: (start) => this.epochs.push(start),
      following: () => undefined,
    });
  }
}

withServices(['redis'], () => {
  let redis: RedisService;
  let store: StoredChats;
  beforeEach(async () => {
    redis = await RedisService.start();
    store = new StoredChats();
  });
  afterEach(() => redis.stop());

  const open = () => openRedisEngine(redis.url, store, { logMaxBacklog: BACKLOG });
  const ready = (...engines: RedisEngine[]) =>
    until(() => engines.every((engine) => engine.isReady()), 'the integrity check has succeeded');
  const append = async (log: ChatLog, ...ids: string[]): Promise<Chat[]> => {
    const appended = await Promise.all(ids.map((id) => log.append(draft(id))));
    return appended.map((result) => {
      if (result.duplicate) throw new Error('appended before');
      return result.chat;
    });
  };

  test('kill -9 of Redis with appendfsync always keeps every acknowledged message once, in order, in the same epoch', async () => {
    const [writer, reader] = [await open(), await open()];
    const follower = await Follower.of(reader.chatLog);
    const { epoch } = await writer.chatLog.of('main').head();
    const acked = new Map<string, number>();
    let failed = 0;
    let stop = false;
    const sending = Promise.all(
      [0, 1, 2, 3].map(async (sender) => {
        for (let i = 0; !stop;) {
          const id = `s${sender}-${i}`;
          try {
            const appended = await writer.chatLog.append(draft(id));
            // The first try of a failed send may have been stored.
            const found = appended.duplicate ? await writer.chatLog.find(id) : { state: 'present' as const, chat: appended.chat };
            if (found.state === 'present') acked.set(id, found.chat.offset);
            i++;
          } catch {
            failed++;
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        }
      }),
    );
    for (let round = 0; round < 2; round++) {
      const enough = acked.size + 50;
      await until(() => acked.size > enough, 'messages are acknowledged');
      await redis.down('SIGKILL');
      const before = failed;
      await until(() => failed > before, 'sends fail');
      await redis.up();
      await ready(writer, reader);
    }
    const enough = acked.size + 50;
    await until(() => acked.size > enough, 'messages are acknowledged again');
    stop = true;
    await sending;
    const head = await writer.chatLog.of('main').head();
    expect(head.epoch).toBe(epoch);
    const all = (await writer.chatLog.of('main').read({ epoch, offset: 0 }, 100_000)) ?? [];
    expect(offsets(all)).toEqual(all.map((_, i) => i + 1));
    expect(all).toHaveLength(head.offset);
    const byId = new Map(all.map(({ id, offset }) => [id, offset]));
    expect(byId.size).toBe(all.length);
    expect([...acked].filter(([id, offset]) => byId.get(id) !== offset)).toEqual([]);
    await until(() => follower.chats.length >= all.length, 'the follower has seen all');
    expect(follower.chats).toEqual(all);
    expect(follower.epochs).toEqual([]);
    for (const engine of [writer, reader]) await closeRedisEngine(engine);
  });

  test('every method rejects with UNAVAILABLE while Redis is down, and works again after its restart', async () => {
    const engine = await open();
    const log = engine.chatLog;
    await append(log, 'a');
    const { epoch } = await log.of('main').head();
    await redis.down();
    await until(() => !engine.isReady(), 'the connection is lost');
    const calls = [
      () => log.append(draft('b')),
      () => log.find('a'),
      () => log.of('main').head(),
      () => log.of('main').watermark(),
      () => log.of('main').read({ epoch, offset: 0 }, 1),
      () => log.of('main').readBack(2, 1),
      () => log.of('main').committed(),
      () => log.of('main').commit(1, 1),
      () => log.of('main').trim(0, 0),
      () => log.erase(1),
      () => engine.aliasStore.key('main'),
      () => engine.aliasStore.claim('main:1', 'o', 'otter'),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: expect.any(Number) as number });
    }
    await redis.up();
    await ready(engine);
    expect(offsets(await append(log, 'b'))).toEqual([2]);
    await closeRedisEngine(engine);
  });

  test('a flush of Redis begins one new epoch above all offsets, counts the loss and notifies every tail', async () => {
    const engines = [await open(), await open(), await open()];
    const [first, second] = engines as [RedisEngine, RedisEngine];
    const followers = await Promise.all(engines.map((engine) => Follower.of(engine.chatLog)));
    const chats = await append(first.chatLog, ...Array.from({ length: 20 }, (_, i) => `a${i}`));
    await until(() => followers.every(({ chats: seen }) => seen.length === 20), 'all are seen');
    store.put(chats.slice(0, 12));
    const old = await first.chatLog.of('main').head();
    await redis.ask(redis.url, (client) => client.flushall());
    await until(() => followers.every(({ epochs }) => epochs.length > 0), 'every tail is notified');
    await ready(...engines);
    const head = await second.chatLog.of('main').head();
    expect(head.epoch).not.toBe(old.epoch);
    expect(head.offset).toBeGreaterThanOrEqual(12 + BACKLOG);
    expect(followers.map(({ epochs }) => epochs)).toEqual(followers.map(() => [head]));
    expect(store.epochs).toContain(head.epoch);
    expect(engines.map((engine) => engine.losses().epochsBegun).reduce((a, b) => a + b)).toBe(1);
    expect(Math.max(...engines.map((engine) => engine.losses().lost))).toBe(8);
    await expect(first.chatLog.of('main').read(old, 1)).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    const [next] = await append(second.chatLog, 'next');
    expect(next?.offset).toBe(head.offset + 1);
    await until(() => followers.every(({ chats: seen }) => seen.length === 21), 'the next one is seen');
    for (const engine of engines) await closeRedisEngine(engine);
  });

  test('an append after a flush is rejected until the log has been checked', async () => {
    const engine = await open();
    const [chat] = await append(engine.chatLog, 'a');
    store.put([chat as Chat]);
    await redis.ask(redis.url, (client) => client.flushall());
    await expect(engine.chatLog.append(draft('b'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await ready(engine);
    expect(await engine.chatLog.append(draft('a'))).toEqual({ duplicate: true });
    expect(await engine.chatLog.find('a')).toEqual({ state: 'trimmed' });
    expect(await engine.chatLog.append(draft('b'))).toMatchObject({ chat: { offset: 1 + BACKLOG + 1 } });
    await closeRedisEngine(engine);
  });

  test('appends are rejected after a flush until the highest stored offset can be read', async () => {
    const engine = await open();
    const [chat] = await append(engine.chatLog, 'a');
    store.put([chat as Chat]);
    store.failure = unavailable('down');
    await redis.ask(redis.url, (client) => client.flushall());
    for (let i = 0; i < 3; i++) {
      await expect(engine.chatLog.append(draft('b'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    }
    expect(await redis.ask(redis.url, (client) => client.dbsize())).toBe(0);
    store.failure = undefined;
    await ready(engine);
    expect(await engine.chatLog.append(draft('b'))).toMatchObject({ chat: { offset: 1 + BACKLOG + 1 } });
    await closeRedisEngine(engine);
  });

  test('a Redis that restarts with older data begins an epoch above all offsets and keeps its entries that are not stored', async () => {
    const [writer, reader] = [await open(), await open()];
    const follower = await Follower.of(reader.chatLog);
    const early = await append(writer.chatLog, ...Array.from({ length: 10 }, (_, i) => `a${i}`));
    await writer.chatLog.of('main').commit(4, 1);
    await redis.down('SIGTERM');
    redis.save('older');
    await redis.up();
    await ready(writer, reader);
    await append(writer.chatLog, ...Array.from({ length: 5 }, (_, i) => `b${i}`));
    await until(() => follower.chats.length === 15, 'all are seen');
    // The store has 1 to 4, which are committed, and 6, from a batch that was not finished.
    store.put([...early.slice(0, 4), early[5] as Chat]);
    await redis.down();
    redis.restore('older');
    await redis.up();
    await ready(writer, reader);
    await until(() => follower.epochs.length > 0, 'the tail is notified');
    const [start] = follower.epochs as [LogPosition];
    expect(start.offset).toBeGreaterThanOrEqual(15);
    expect(await writer.chatLog.of('main').committed()).toBe(start.offset);
    const kept = (await writer.chatLog.of('main').read(start, 100)) ?? [];
    expect(kept.map(({ id }) => id)).toEqual(['a4', 'a6', 'a7', 'a8', 'a9']);
    expect(offsets(kept)).toEqual([1, 2, 3, 4, 5].map((i) => start.offset + i));
    expect(kept.map(({ text, sentAt }) => ({ text, sentAt }))).toEqual(
      [4, 6, 7, 8, 9].map((i) => ({ text: early[i]?.text, sentAt: early[i]?.sentAt })),
    );
    expect(follower.chats.slice(15)).toEqual(kept);
    expect(await writer.chatLog.append(draft('a0'))).toEqual({ duplicate: true });
    expect(await writer.chatLog.append(draft('a5'))).toEqual({ duplicate: true });
    expect(await writer.chatLog.append(draft('a7'))).toEqual({ duplicate: true });
    expect(await writer.chatLog.append(draft('b0'))).toMatchObject({ chat: { offset: start.offset + 6 } });
    for (const engine of [writer, reader]) await closeRedisEngine(engine);
  });

  test('a process that has seen later offsets reports them to one that starts with an older Redis', async () => {
    const [writer, witness] = [await open(), await open()];
    const follower = await Follower.of(witness.chatLog);
    await append(writer.chatLog, 'a1', 'a2');
    await redis.down('SIGTERM');
    redis.save('older');
    await redis.up();
    await ready(writer, witness);
    await append(writer.chatLog, 'a3', 'a4');
    await until(() => follower.chats.length === 4, 'all are seen');
    await closeRedisEngine(writer);
    await redis.down();
    redis.restore('older');
    await redis.up();
    // It has seen nothing, and the store is empty: only the witness has seen 3 and 4.
    const newcomer = await open();
    await ready(newcomer);
    const chat = await until(async () => {
      const appended = await newcomer.chatLog.append(draft('b1'));
      return appended.duplicate ? undefined : appended.chat;
    }, 'a message is accepted');
    expect(chat.offset).toBeGreaterThan(4);
    for (const engine of [newcomer, witness]) await closeRedisEngine(engine);
  });

  test('a start while the store is unavailable accepts appends to a checked log, and rejects them to a new one', async () => {
    store.failure = unavailable('down');
    const waiting = await open();
    const follower = new Follower();
    const tail = await follower.open(waiting.chatLog);
    expect(waiting.isReady()).toBe(false);
    await expect(tail.follow('main')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(waiting.chatLog.append(draft('a'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    store.failure = undefined;
    await ready(waiting);
    await tail.follow('main');
    await append(waiting.chatLog, 'a');
    await until(() => follower.chats.length === 1, 'the tail follows');
    expect(follower.epochs).toHaveLength(1);
    store.failure = unavailable('down');
    const second = await open();
    expect(second.isReady()).toBe(true);
    expect(offsets(await append(second.chatLog, 'b'))).toEqual([2]);
    for (const engine of [waiting, second]) await closeRedisEngine(engine);
  });

  test('an append to another run of Redis is rejected until the log has been checked', async () => {
    const engine = await open();
    await append(engine.chatLog, 'a');
    await redis.ask(redis.url, (client) => client.hset('jb:{log0}:state', 'run', 'another'));
    await expect(engine.chatLog.append(draft('b'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await ready(engine);
    expect(offsets(await append(engine.chatLog, 'b'))).toEqual([2]);
    await closeRedisEngine(engine);
  });

  test('a tail whose next entries were trimmed begins anew behind them', async () => {
    const [writer, reader] = [await open(), await open()];
    const follower = await Follower.of(reader.chatLog);
    await append(writer.chatLog, 'a');
    await until(() => follower.chats.length === 1, 'the first is seen');
    await redis.ask(redis.url, async (client) => {
      // In one step, so that the reader sees only what is left.
      const multi = client.multi();
      for (let i = 2; i <= 9; i++)
        multi.xadd('jb:{log0}:entries', `${i}-0`, ...fields(await reader.chatLog.of('main').head(), i));
      await multi.hset('jb:{log0}:state', 'offset', 9, 'committed', 5).xtrim('jb:{log0}:entries', 'MINID', '6-0').exec();
    });
    await until(() => follower.epochs.length > 0, 'the gap is seen');
    await append(writer.chatLog, 'b');
    await until(() => follower.chats.length > 1, 'the next is seen');
    expect(follower.epochs.map(({ offset }) => offset)).toEqual([9]);
    expect(offsets(follower.chats)).toEqual([1, 10]);
    for (const engine of [writer, reader]) await closeRedisEngine(engine);
  });

  test.each([2, 3])('a tail delivers the tombstone of entry %i of three, erased before it was read', async (erased) => {
    const engine = await open();
    const follower = await Follower.of(engine.chatLog);
    const { epoch } = await engine.chatLog.of('main').head();
    await redis.ask(redis.url, async (client) => {
      const multi = client.multi();
      for (let i = 1; i <= 3; i++) multi.xadd('jb:{log0}:entries', `${i}-0`, ...fields({ epoch, offset: 0 }, i));
      const tombstone = JSON.stringify([`x${erased}`, epoch, 1_700_000_000_000, content('')]);
      multi.xdel('jb:{log0}:entries', `${erased}-0`).hset('jb:{log0}:tombs', erased, tombstone);
      await multi.hset('jb:{log0}:state', 'offset', 3).exec();
    });
    await until(() => follower.chats.length === 3, 'all are seen');
    expect(follower.chats.map(({ offset, hidden, text }) => [offset, hidden, text])).toEqual(
      [1, 2, 3].map((i) => [i, i === erased, i === erased ? '' : `text ${i}`]),
    );
    await closeRedisEngine(engine);
  });
});

const content = (text: string): string => JSON.stringify(['main', 'u', 'otter', text, [0, 0, 0, 0, 0, 0, 0, 0], -1]);

const fields = ({ epoch }: LogPosition, i: number): string[] => [
  ...['i', `x${i}`, 'e', epoch, 't', '1700000000000', 'c', content(`text ${i}`)],
];
