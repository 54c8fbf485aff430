import type { RedisEngine } from '../../src/adapters/redis/open-redis';
import type { Chat } from '../../src/domain/chat';
import type { ChatLog } from '../../src/ports/chat-log';
import { draft, offsets } from '../contracts/samples';
import { Link } from '../faults/link';
import { follow } from '../support/follow';
import { closeRedisEngine, openRedisEngine, StoredChats } from '../support/redis-engine';
import { RedisService } from '../support/redis-service';
import { withServices } from '../support/services';
import { until } from '../support/until';

const BACKLOG = 100_000;
const ENTRIES = 'jb:{log0}:entries';
const CHANGED = 'jb:{log0}:tombs';
const STATE = 'jb:{log0}:state';
const nobody = { authorId: 'deleted', author: '(deleted)' };

withServices(['redis'], () => {
  let store: StoredChats;
  let redis: RedisService;
  const closing: (() => Promise<unknown>)[] = [];
  beforeEach(() => {
    store = new StoredChats();
  });
  afterEach(async () => {
    for (let close = closing.pop(); close; close = closing.pop()) await close();
  });

  const start = async (...settings: string[]): Promise<RedisService> => {
    const service = await RedisService.start(settings);
    closing.push(() => service.stop());
    return service;
  };
  const open = async (url = redis.url): Promise<RedisEngine> => {
    const engine = await openRedisEngine(url, store, { logMaxBacklog: BACKLOG });
    closing.push(() => closeRedisEngine(engine));
    return engine;
  };
  const ready = (engine: RedisEngine) => until(() => engine.isReady(), 'the integrity check has succeeded');
  const append = async (log: ChatLog, ...ids: string[]): Promise<Chat[]> => {
    const appended = await Promise.all(ids.map((id) => log.append(draft(id))));
    return appended.map((result) => {
      if (result.duplicate) throw new Error('appended before');
      return result.chat;
    });
  };
  const all = async ({ chatLog }: RedisEngine): Promise<readonly Chat[]> =>
    (await chatLog.of('main').readBack(Infinity, 1_000)).toReversed();
  /** Appends two entries, keeps a copy of Redis, and puts it back after `meanwhile` while every process is stopped. */
  const loseTail = async (meanwhile: (log: ChatLog) => Promise<unknown>): Promise<{ before: string; after: RedisEngine }> => {
    let engine = await open();
    const { epoch } = await engine.chatLog.of('main').head();
    await append(engine.chatLog, 'a1', 'a2');
    await redis.down('SIGTERM');
    redis.save('older');
    await redis.up();
    await ready(engine);
    await meanwhile(engine.chatLog);
    await closeRedisEngine(engine);
    await redis.down();
    redis.restore('older');
    await redis.up();
    engine = await open();
    await ready(engine);
    return { before: epoch, after: engine };
  };

  describe('Redis at maxmemory', () => {
    test('refuses appends in words, still reads, erases, commits and trims, and accepts appends after the trim', async () => {
      redis = await start();
      const engine = await open();
      const { chatLog: log } = engine;
      await redis.ask(redis.url, async (client) => {
        const used = Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
        await client.config('SET', 'maxmemory', used + 3_000_000);
      });
      let refusal: unknown;
      let count = 0;
      for (; refusal === undefined && count < 5_000; count++) {
        await log.append(draft(`m${count}`, { text: '가'.repeat(1_000) })).catch((error: unknown) => {
          refusal = error;
        });
      }
      expect(refusal).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('full') as unknown });
      const head = await log.of('main').head();
      expect(head.offset).toBeGreaterThan(100);
      expect(engine.isReady()).toBe(true);
      expect(offsets(await log.of('main').read({ ...head, offset: 0 }, 2))).toEqual([1, 2]);
      expect(await log.of('main').readBack(Infinity, 1)).toHaveLength(1);
      expect(await log.find('m0')).toMatchObject({ state: 'present' });
      expect(await log.of('main').watermark()).toBeGreaterThan(0);
      expect(await log.of('main').committed()).toBe(0);
      await log.erase(2);
      expect(await engine.presence.join('main', 'm')).toBe(true);
      expect(await engine.presence.online('main')).toBe(1);
      expect(await log.of('main').commit(head.offset, 1)).toBe(true);
      await log.of('main').trim(10, 0);
      expect(await append(log, 'next')).toMatchObject([{ offset: head.offset + 1 }]);
    });
  });

  test('after a failover without cut connections, appends succeed at the new primary', async () => {
    redis = await start();
    const replica = await start();
    const link = await Link.to(redis.url);
    closing.push(() => link.close());
    const port = (service: RedisService) => new URL(service.url).port;
    await redis.ask(replica.url, (client) => client.replicaof('127.0.0.1', port(redis)));
    const engine = await open(link.url(redis.url));
    await append(engine.chatLog, 'a');
    const head = async () => (await redis.ask(replica.url, (client) => client.hget(STATE, 'offset'))) === '1';
    await until(head, 'the replica has the entry');
    link.retarget(replica.url);
    await redis.ask(replica.url, (client) => client.replicaof('NO', 'ONE'));
    await redis.ask(redis.url, (client) => client.replicaof('127.0.0.1', port(replica)));
    const chat = await until(async () => {
      const appended = await engine.chatLog.append(draft('b'));
      return appended.duplicate ? undefined : appended.chat;
    }, 'an append succeeds');
    expect(chat.offset).toBe(2);
    expect((await all(engine)).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(engine.isReady()).toBe(true);
  });

  test('is not ready while the address leads to a replica', async () => {
    redis = await start();
    const other = await start();
    const engine = await open();
    await redis.ask(redis.url, (client) => client.replicaof('127.0.0.1', new URL(other.url).port));
    await expect(engine.chatLog.append(draft('a'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await until(() => !engine.isReady(), 'it is not ready');
    await redis.ask(redis.url, (client) => client.replicaof('NO', 'ONE'));
    await ready(engine);
  });

  describe('Redis restarts while no process follows it', () => {
    test('begins an epoch above all offsets that may have been given out, unless appendfsync is always', async () => {
      redis = await start('--appendfsync', 'everysec');
      const { before, after } = await loseTail((log) => append(log, 'a3', 'a4'));
      const head = await after.chatLog.of('main').head();
      expect(head.epoch).not.toBe(before);
      expect(after.losses().epochsBegun).toBe(1);
      expect((await all(after)).map(({ id }) => id)).toEqual(['a1', 'a2']);
      const [chat] = await append(after.chatLog, 'a3');
      expect(chat?.offset).toBeGreaterThan(4);
      expect(chat?.offset).toBeGreaterThan(BACKLOG);
    });

    test('keeps the epoch with appendfsync always', async () => {
      redis = await start();
      const { before, after } = await loseTail(() => Promise.resolve());
      expect((await after.chatLog.of('main').head()).epoch).toBe(before);
    });

    test('keeps the epoch if a process has followed it until then', async () => {
      redis = await start('--appendfsync', 'everysec');
      const [writer, witness] = [await open(), await open()];
      const { epoch } = await writer.chatLog.of('main').head();
      await append(writer.chatLog, 'a');
      await closeRedisEngine(writer);
      await redis.down();
      await redis.up();
      await ready(witness);
      expect((await witness.chatLog.of('main').head()).epoch).toBe(epoch);
    });
  });

  describe('an older copy of Redis with the same head', () => {
    test('shows neither the text of an erased entry nor the author of a renamed one nor a feeling that was changed', async () => {
      redis = await start();
      const { before, after } = await loseTail(async (log) => {
        await log.erase(1);
        await log.rename(2, nobody);
        await log.setFeeling(2, { feeling: 'HOPE', revision: 2 });
        await log.setFeeling(2, { feeling: 'JOY', revision: 1 });
      });
      expect((await after.chatLog.of('main').head()).epoch).toBe(before);
      expect(await all(after)).toMatchObject([
        { id: 'a1', text: '', hidden: true },
        { id: 'a2', ...nobody, feeling: 'HOPE', revision: 2, hidden: false },
      ]);
      expect(await after.chatLog.find('a1')).toMatchObject({ chat: { text: '' } });
    });

    test('cannot be read before the changes are repeated', async () => {
      redis = await start();
      const engine = await open();
      await append(engine.chatLog, 'a');
      store.failure = new Error('the store is down');
      await redis.down();
      await redis.up();
      await until(() => redis.ask(redis.url, async (client) => String(await client.client('LIST')).includes('jungle')), 'back');
      await expect(engine.chatLog.of('main').readBack(Infinity, 1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await expect(engine.chatLog.find('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      store.failure = undefined;
      await ready(engine);
      expect(await engine.chatLog.of('main').readBack(Infinity, 1)).toHaveLength(1);
    });

    test('keeps changed entries that are not stored when an epoch begins', async () => {
      redis = await start('--appendfsync', 'everysec');
      const { after } = await loseTail(async (log) => {
        await log.erase(1);
        await log.rename(2, nobody);
        await append(log, 'a3');
      });
      expect(await all(after)).toMatchObject([
        { id: 'a1', text: '', hidden: true },
        { id: 'a2', ...nobody, hidden: false },
      ]);
      expect(await after.chatLog.append(draft('a2'))).toEqual({ duplicate: true });
      expect((await append(after.chatLog, 'a3'))[0]?.offset).toBeGreaterThan(BACKLOG);
    });
  });

  test('a read looks up only the changed entries of its range', async () => {
    redis = await start();
    const { chatLog: log } = await open();
    await append(log, ...Array.from({ length: 100 }, (_, i) => `m${i}`));
    for (let offset = 1; offset <= 60; offset++) await log.erase(offset);
    const head = await log.of('main').head();
    await redis.ask(redis.url, (client) => client.config('RESETSTAT'));
    expect(offsets(await log.of('main').read({ ...head, offset: 57 }, 10))).toEqual([58, 59, 60, 61, 62, 63, 64, 65, 66, 67]);
    expect(offsets(await log.of('main').readBack(101, 10))).toHaveLength(10);
    const stats = await redis.ask(redis.url, (client) => client.info('commandstats'));
    expect(/cmdstat_hget:calls=(\d+)/.exec(stats)?.[1]).toBe('3');
    expect(stats).not.toContain('cmdstat_hgetall');
    await log.of('main').commit(80, 1);
    await log.of('main').trim(10, 0);
    expect(offsets(await log.of('main').readBack(101, 1_000))).toEqual(Array.from({ length: 20 }, (_, i) => 100 - i));
    expect(await redis.ask(redis.url, (client) => client.hlen(CHANGED))).toBe(0);
  });

  test('an entry that cannot be decoded is read without content, and the tail goes on behind it', async () => {
    redis = await start();
    const { chatLog: log, tailAgeMs } = await open();
    const seen: Chat[] = [];
    await follow(log.of('main'), ['main'], (entries) => void seen.push(...entries));
    const { epoch } = await log.of('main').head();
    await append(log, 'a1');
    await redis.ask(redis.url, async (client) => {
      const multi = client.multi();
      multi.xadd(ENTRIES, '2-0', 'i', 'a2', 'e', epoch, 't', '1700000000000', 'c', '["main",');
      multi.xadd(ENTRIES, '3-0', 'x', 'y');
      multi.hset(CHANGED, '4', '{"no":"array"').hset(STATE, 'offset', 4);
      await multi.exec();
    });
    await append(log, 'a5');
    await until(() => seen.length === 2, 'the tail goes on');
    expect(offsets(seen)).toEqual([1, 5]);
    const entries = await log.of('main').readBack(Infinity, 10);
    expect(entries.toReversed().map(({ offset, room, text, hidden }) => [offset, room, text, hidden])).toEqual([
      [1, 'main', draft('a1').text, false],
      [2, '', '', true],
      [3, '', '', true],
      [4, '', '', true],
      [5, 'main', draft('a5').text, false],
    ]);
    await log.of('main').commit(5, 1);
    await log.of('main').trim(0, Date.now() + 1e12);
    expect(await log.of('main').readBack(Infinity, 10)).toEqual([]);
    expect(tailAgeMs()).toBeLessThan(60_000);
  });
});
