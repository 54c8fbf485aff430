import { DEFAULT_ROOM_SETTINGS } from '../../src/domain/room';
import type { RedisEngine } from '../../src/adapters/redis/open-redis';
import { DomainError, unavailable } from '../../src/domain/errors';
import type { Room } from '../../src/domain/room';
import type { BusEvent } from '../../src/ports/bus';
import type { RoomStore } from '../../src/ports/room-store';
import type { SessionStore } from '../../src/ports/session-store';
import { closeRedisEngine, openRedisEngine } from '../support/redis-engine';
import { RedisService } from '../support/redis-service';
import { withServices } from '../support/services';
import { until } from '../support/until';

const ended = (sessionId: string): BusEvent => ({ type: 'session-ended', sessionId });
const room = (id: string): Room => ({
  id,
  title: id,
  anonymous: false,
  aliasLocale: 'en',
  createdAt: 1,
  settings: DEFAULT_ROOM_SETTINGS,
});

withServices(['redis'], () => {
  let redis: RedisService;
  let engines: RedisEngine[];
  beforeEach(async () => {
    redis = await RedisService.start();
    engines = [];
  });
  afterEach(async () => {
    for (const engine of engines) await closeRedisEngine(engine);
    await redis.stop();
  });
  const open = async (...rest: Parameters<typeof openRedisEngine> extends [unknown, ...infer R] ? R : never) => {
    const engine = await openRedisEngine(redis.url, ...rest);
    engines.push(engine);
    return engine;
  };

  describe('the bus', () => {
    test('delivers every event to every process, the publisher included, in order', async () => {
      const [a, b] = [await open(), await open()];
      const heard: string[][] = [[], []];
      a.bus.subscribe((event) => heard[0]?.push(event.type === 'session-ended' ? event.sessionId : ''));
      const undo = b.bus.subscribe((event) => heard[1]?.push(event.type === 'session-ended' ? event.sessionId : ''));
      b.bus.subscribe(() => {
        throw new Error('a bug of a listener');
      });
      const ids = Array.from({ length: 50 }, (_, i) => `s${i}`);
      for (const id of ids) a.bus.publish(ended(id));
      await until(() => heard.every((list) => list.length === 50), 'all have heard');
      expect(heard).toEqual([ids, ids]);
      undo();
      b.bus.publish(ended('last'));
      await until(() => heard[0]?.length === 51, 'the last is heard');
      expect(heard[1]).toHaveLength(50);
    });

    test('ignores messages on its channel that are no events', async () => {
      const engine = await open();
      const heard: string[] = [];
      engine.bus.subscribe((event) => heard.push(event.type));
      await redis.ask(redis.url, async (client) => {
        for (const text of ['{', 'null', '"words"']) await client.publish('jb:bus:0', text);
      });
      engine.bus.publish(ended('s1'));
      await until(() => heard.includes('session-ended'), 'the event is delivered');
    });

    test('does not deliver the events of an installation in another database', async () => {
      const [own, other] = await Promise.all([8, 9].map((db) => openRedisEngine(`${redis.url}/${db}`)));
      engines.push(own as RedisEngine, other as RedisEngine);
      const heard: string[] = [];
      own?.bus.subscribe((event) => heard.push(event.type === 'session-ended' ? event.sessionId : ''));
      other?.bus.publish(ended('of the other'));
      // Redis delivers in the order of publishing, so the other event would arrive first.
      await redis.ask(redis.url, (client) => client.ping());
      own?.bus.publish(ended('own'));
      await until(() => heard.length > 0, 'an event is delivered');
      expect(heard).toEqual(['own']);
    });

    test('calls reconnect listeners once it is subscribed again, and loses events published before', async () => {
      const [a, b] = [await open(), await open()];
      const heard: string[] = [];
      let reconnected = 0;
      b.bus.subscribe((event) => heard.push(event.type));
      b.bus.onReconnect(() => {
        reconnected++;
        a.bus.publish(ended('after'));
      });
      await redis.down();
      await until(() => !a.isReady(), 'the connection is lost');
      a.bus.publish(ended('meanwhile'));
      expect(reconnected).toBe(0);
      await redis.up();
      await until(() => a.isReady() && reconnected > 0, 'both are connected again');
      a.bus.publish(ended('later'));
      await until(() => heard.length > 0, 'it is heard again');
      expect(reconnected).toBe(1);
    });
  });

  describe('presence', () => {
    test('counts each member once over all processes, until its last join is undone', async () => {
      const [a, b] = [(await open()).presence, (await open()).presence];
      expect(await a.join('main', 'm1')).toBe(true);
      expect(await a.join('main', 'm1')).toBe(false);
      expect(await b.join('main', 'm1')).toBe(false);
      expect(await b.join('main', 'm2')).toBe(true);
      expect(await b.join('side', 'm1')).toBe(true);
      expect([await a.online('main'), await b.online('main'), await a.online('side')]).toEqual([2, 2, 1]);
      expect(await a.leave('main', 'm1')).toBe(false);
      expect(await a.leave('main', 'm1')).toBe(false);
      expect(await a.leave('main', 'm1')).toBe(false);
      expect(await b.leave('main', 'm1')).toBe(true);
      expect(await a.online('main')).toBe(1);
      expect(await a.online('nowhere')).toBe(0);
    });

    test('removes the members of a process that closes', async () => {
      const [a, b] = [await open(), await open()];
      await a.presence.join('main', 'm1');
      await a.presence.join('main', 'm2');
      await b.presence.join('main', 'm2');
      await closeRedisEngine(a);
      engines = [b];
      expect(await b.presence.online('main')).toBe(1);
    });

    test('stops counting the members of a dead process within a minute', async () => {
      const [a, b] = [await open(), await open()];
      await a.presence.join('main', 'm1');
      await b.presence.join('main', 'm1');
      await a.presence.join('main', 'm2');
      await redis.ask(redis.url, async (client) => {
        const [processes] = await client.keys('jb:presence:*:processes');
        const times = await client.zrange(processes ?? '', 0, -1, 'WITHSCORES');
        const now = Date.now();
        for (const score of [times[1], times[3]]) {
          expect(Number(score)).toBeGreaterThan(now + 20_000);
          expect(Number(score)).toBeLessThanOrEqual(now + 60_000);
        }
        // As if the process with both members had sent no beat since.
        const [dead] = (await client.smembers('jb:presence:{main}:of:' + (times[0] ?? ''))).includes('m2')
          ? [times[0]]
          : [times[2]];
        await client.zadd(processes ?? '', now - 1, dead ?? '');
      });
      expect(await b.presence.online('main')).toBe(1);
    });

    test('counts everyone again after Redis was flushed and restarted', async () => {
      const [a, b] = [(await open()).presence, (await open()).presence];
      await a.join('main', 'm1');
      await b.join('main', 'm1');
      await b.join('main', 'm2');
      await redis.ask(redis.url, (client) => client.flushall());
      expect(await a.online('main')).toBe(0);
      await redis.down();
      await redis.up();
      await until(async () => (await a.online('main')) === 2, 'everyone is counted again');
      expect(await b.leave('main', 'm1')).toBe(false);
      expect(await a.leave('main', 'm1')).toBe(true);
    });
  });

  describe('rooms while their store is unavailable', () => {
    const rooms = new Map<string, Room>();
    let isDown = false;
    const failIfDown = () => {
      if (isDown) throw unavailable('down');
    };
    const roomStore: RoomStore = {
      create: async (one) => {
        failIfDown();
        if (rooms.has(one.id)) return 'taken';
        rooms.set(one.id, one);
        return 'created';
      },
      byId: async (id) => {
        failIfDown();
        return rooms.get(id);
      },
      update: async (id, changes) => {
        failIfDown();
        const known = rooms.get(id);
        if (!known) return undefined;
        const next = { ...known, settings: { ...known.settings, ...changes }, version: (known.version ?? 0) + 1 };
        rooms.set(id, next);
        return next;
      },
      remove: async (id) => {
        failIfDown();
        rooms.delete(id);
      },
      removedIds: () => Promise.resolve([]),
      list: async () => {
        failIfDown();
        return [...rooms.values()];
      },
    };
    beforeEach(() => {
      rooms.clear();
      isDown = false;
    });

    test('are found by every process, also by one that starts then; unknown ones reject with UNAVAILABLE', async () => {
      const first = (await open(undefined, { roomStore })).roomStore;
      expect(await first.create(room('a'), 10)).toBe('created');
      rooms.set('seen', room('seen'));
      expect(await first.byId('seen')).toEqual(room('seen'));
      rooms.set('listed', room('listed'));
      expect(await first.list()).toHaveLength(3);
      expect(await first.byId('never')).toBeUndefined();
      isDown = true;
      const second = (await open(undefined, { roomStore })).roomStore;
      for (const store of [first, second]) {
        for (const id of ['a', 'seen', 'listed']) expect(await store.byId(id)).toEqual(room(id));
        await expect(store.byId('never')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
        expect(await store.create(room('a'), 10)).toBe('taken');
        await expect(store.create(room('new'), 10)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      }
    });

    test('keep their newest settings when a slow read is answered after a change', async () => {
      rooms.set('a', room('a'));
      let release: (() => void) | undefined;
      const slow: RoomStore = {
        ...roomStore,
        byId: async (id) => {
          const found = rooms.get(id);
          await new Promise<void>((resolve) => (release = resolve));
          return found;
        },
      };
      const engine = await open(undefined, { roomStore: slow });
      const first = engine.roomStore;
      const second = (await open(undefined, { roomStore })).roomStore;
      let isAnnounced = false;
      engine.bus.subscribe(({ type }) => void (isAnnounced ||= type === 'room-changed'));
      const reading = first.byId('a');
      await until(() => release !== undefined, 'the slow read begins');
      await second.update('a', { wordFilter: 'REFUSE' });
      await until(() => isAnnounced, 'the change is announced');
      release?.();
      await reading;
      const third = (await open(undefined, { roomStore })).roomStore;
      for (const store of [first, second, third]) {
        expect(await store.byId('a')).toMatchObject({ settings: { wordFilter: 'REFUSE' }, version: 1 });
      }
    });

    test('take settings whose announcement was lost from the list', async () => {
      rooms.set('a', room('a'));
      const first = (await open(undefined, { roomStore })).roomStore;
      await first.byId('a');
      await roomStore.update('a', { wordFilter: 'MASK' });
      await first.list();
      expect(await first.byId('a')).toMatchObject({ settings: { wordFilter: 'MASK' } });
    });

    test('are found while Redis is down', async () => {
      const engine = await open(undefined, { roomStore });
      rooms.set('a', room('a'));
      await redis.down();
      await until(() => !engine.isReady(), 'the connection is lost');
      expect(await engine.roomStore.byId('a')).toEqual(room('a'));
      expect(await engine.roomStore.create(room('b'), 10)).toBe('created');
      expect(await engine.roomStore.byId('b')).toEqual(room('b'));
    });
  });

  test('a process that starts while the session store is unavailable knows the ended sessions', async () => {
    let isDown = false;
    const answer = async <T>(value: T): Promise<T> => {
      if (isDown) throw new DomainError('UNAVAILABLE');
      return value;
    };
    const session = { id: 'reused', userId: 'u', createdAt: 0, generation: 1, expiresAt: 9e15, endedAt: 2_000 };
    const sessionStore: SessionStore = {
      create: () => answer(undefined),
      byId: () => answer(undefined),
      rotate: (id) => answer(id === 'reused' ? { outcome: 'reused', session } : { outcome: 'invalid' }),
      end: (id) => answer(id === 'open'),
      endAll: () => answer(['x', 'y']),
      activeSessions: () => answer([session]),
      endedSince: () => answer(['from the store']),
    };
    const first = (await open(undefined, { sessionStore, accessTtlMs: 1_000 })).sessionStore;
    expect(await first.end('open', 1_000)).toBe(true);
    expect(await first.end('not open', 1_500)).toBe(false);
    await first.rotate('reused', 0, 2_000, 9e15);
    expect(await first.endAll('u', 2_500)).toEqual(['x', 'y']);
    expect(await first.endedSince(0)).toEqual(['from the store']);
    isDown = true;
    const second = (await open(undefined, { sessionStore })).sessionStore;
    // The end at 1,000 is forgotten: every access token of that time has expired.
    expect(await second.endedSince(0)).toEqual(['reused', 'x', 'y']);
    expect(await second.endedSince(2_001)).toEqual(['x', 'y']);
    await expect(second.end('open', 3_000)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
