import type { RedisEngine } from '../../src/adapters/redis/open-redis';
import type { Chat } from '../../src/domain/chat';
import type { Partitions } from '../../src/domain/partition';
import { draft } from '../contracts/samples';
import { closeRedisEngine, openRedisEngine, StoredChats } from '../support/redis-engine';
import { withServices } from '../support/services';

const PARTITIONS: Partitions = { first: 0, count: 4 };
const WINDOW_MS = 60_000;

withServices(['redis'], (services) => {
  let url: string;
  let store: StoredChats;
  let engine: RedisEngine;
  /** A room in each partition. */
  let rooms: string[];

  const open = () =>
    openRedisEngine(url, store, { idempotencyWindowMs: WINDOW_MS, findPartitions: () => Promise.resolve(PARTITIONS) });

  beforeEach(async () => {
    url = await services.redis.empty();
    store = new StoredChats();
    engine = await open();
    const { chatLog } = engine;
    const names = Array.from({ length: 100 }, (_, i) => `room-${i}`);
    rooms = chatLog.partitions.map((partition) => names.find((name) => chatLog.of(name) === partition) ?? '');
  });
  afterEach(() => closeRedisEngine(engine));

  const append = async (id: string, room: string): Promise<Chat> => {
    const appended = await engine.chatLog.append(draft(id, { room }));
    if (appended.duplicate) throw new Error('appended before');
    return appended.chat;
  };
  const forgetClaims = () =>
    services.redis.ask(url, async (redis) => {
      const claims = await redis.keys('jb:claim*');
      if (claims.length > 0) await redis.del(claims);
      return claims.length;
    });

  test('of concurrent appends of one id in rooms of different partitions, one is stored', async () => {
    const another = await open();
    for (let round = 0; round < 20; round++) {
      const sent = rooms.map((room, i) => (i % 2 ? another : engine).chatLog.append(draft(`m${round}`, { room })));
      const appended = await Promise.all(sent);
      expect(appended.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    }
    const heads = await Promise.all(engine.chatLog.partitions.map(async (log) => (await log.head()).offset - log.band.base));
    expect(heads.reduce((sum, count) => sum + count)).toBe(20);
    await closeRedisEngine(another);
  });

  test('a message is found by its id, with and without a claim', async () => {
    const chats = await Promise.all(rooms.map((room, i) => append(`m${i}`, room)));
    const findAll = () => Promise.all(chats.map(({ id }) => engine.chatLog.find(id)));
    expect(await findAll()).toEqual(chats.map((chat) => ({ state: 'present', chat })));
    expect(await forgetClaims()).toBe(4);
    expect(await findAll()).toEqual(chats.map((chat) => ({ state: 'present', chat })));
    expect(await engine.chatLog.find('never')).toEqual({ state: 'unknown' });
  });

  test('after an append that ended behind its claim, the same room goes on, and another one is refused with CONFLICT', async () => {
    const [, second = '', third = ''] = rooms;
    await append('m1', second);
    const number = engine.chatLog.of(second).number;
    // What is left of such an append is the claim.
    await services.redis.ask(url, (redis) => redis.set('jb:claim:m2', number));
    const conflict = { code: 'CONFLICT', field: 'clientMessageId' };
    await expect(engine.chatLog.append(draft('m2', { room: third }))).rejects.toMatchObject(conflict);
    expect(await engine.chatLog.find('m2', third)).toEqual({ state: 'unknown' });
    expect((await append('m2', second)).room).toBe(second);
    expect(await engine.chatLog.append(draft('m2', { room: third }))).toEqual({ duplicate: true });
    expect(await engine.chatLog.find('m2', third)).toMatchObject({ state: 'present', chat: { room: second } });
  });

  test('claims expire with the idempotency window', async () => {
    await append('m1', 'main');
    const left = await services.redis.ask(url, (redis) => redis.pttl('jb:claim:m1'));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(WINDOW_MS);
  });

  test('a change is repeated in the partition of its message, and the others do not forget it', async () => {
    const chats = await Promise.all(rooms.map((room, i) => append(`m${i}`, room)));
    for (const { offset } of chats) await engine.chatLog.erase(offset);
    expect([...store.changes.changes.values()].map(({ id, partition }) => [id, partition]).sort()).toEqual(
      chats.map(({ id, room }) => [id, engine.chatLog.of(room).number]).sort(),
    );
    const hidden = await Promise.all(chats.map(({ id }) => engine.chatLog.find(id)));
    expect(hidden).toEqual(
      chats.map(({ id }) => ({ state: 'present', chat: expect.objectContaining({ id, hidden: true }) as Chat })),
    );
  });

  test('each partition trims its own entries, and keeps their ids until the window ends', async () => {
    const perRoom = 5;
    const sent = await Promise.all(
      rooms.map((room) => Promise.all(Array.from({ length: perRoom }, (_, i) => append(`${room}-${i}`, room)))),
    );
    const { partitions } = engine.chatLog;
    /** How many entries of its room each partition holds, found by reading. */
    const held = () => Promise.all(partitions.map(async (log) => (await log.readBack(Infinity, 100)).length));
    for (const [i, log] of partitions.entries()) {
      await log.commit(sent[i]?.[perRoom - 2]?.offset ?? NaN, 1);
      await log.trim(i, 0);
      // At most all but the newest, which is not committed.
      expect(await held()).toEqual(partitions.map((_, j) => (j > i ? perRoom : Math.max(1, j))));
    }
    const [first] = sent.map(([oldest]) => oldest?.id ?? '');
    expect(await engine.chatLog.find(first ?? '')).toEqual({ state: 'trimmed' });
    expect(await engine.chatLog.append(draft(first ?? '', { room: rooms[0] ?? '' }))).toEqual({ duplicate: true });
    for (const [i, chats] of sent.entries()) {
      const { offset } = await engine.chatLog.of(rooms[i] ?? '').head();
      expect(offset).toBe(chats.at(-1)?.offset);
    }
  });

  test('a trim forgets the old changes of its own partition alone, once their entries are gone', async () => {
    const chats = await Promise.all(rooms.map((room, i) => append(`m${i}`, room)));
    for (const { offset } of chats) await engine.chatLog.erase(offset);
    for (const change of store.changes.changes.values()) await store.changes.record({ ...change, at: 0 });
    const kept = () => [...store.changes.changes.keys()].sort();
    const later = performance.now() + 2 * 60 * 60 * 1000;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => later);
    try {
      const left = new Set(chats.map(({ id }) => id));
      for (const { id, offset, room } of chats) {
        const log = engine.chatLog.of(room);
        await log.commit(offset, 1);
        await log.trim(0, Infinity);
        left.delete(id);
        expect(kept()).toEqual([...left].sort());
      }
    } finally {
      clock.mockRestore();
    }
  });

  test('an id of a message that is stored, but in none of these partitions, is known', async () => {
    const chat = await append('m1', 'main');
    store.put([chat]);
    await closeRedisEngine(engine);
    engine = await openRedisEngine(url, store, { findPartitions: () => Promise.resolve({ first: 4, count: 2 }) });
    expect(new Set(rooms.map((room) => engine.chatLog.of(room).number))).toEqual(new Set([4, 5]));
    expect(await engine.chatLog.append(draft('m1'))).toEqual({ duplicate: true });
    expect((await append('m2', 'main')).offset).toBeGreaterThan(chat.offset);
  });
});
