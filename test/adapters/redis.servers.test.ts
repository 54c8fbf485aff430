import { findPartitions } from '../../src/adapters/redis/find-partitions';
import type { RedisEngine } from '../../src/adapters/redis/open-redis';
import { redisRateLimiter } from '../../src/adapters/rates/redis-rate-limiter';
import type { Chat } from '../../src/domain/chat';
import { unavailable } from '../../src/domain/errors';
import type { Partitions } from '../../src/domain/partition';
import type { BusEvent } from '../../src/ports/bus';
import { silentLogger, type Logger } from '../../src/ports/logger';
import type { PartitionStore } from '../../src/ports/partition-store';
import { draft } from '../contracts/samples';
import { closeRedisEngine, openRedisEngine, StoredChats } from '../support/redis-engine';
import { RedisService } from '../support/redis-service';
import { withServices } from '../support/services';
import { until } from '../support/until';

/** Keeps errors with the fields of their logger. */
const alarmsIn = (kept: Record<string, unknown>[], own: object = {}): Logger => ({
  ...silentLogger,
  error: (fields, message) => kept.push({ ...own, ...fields, message }),
  child: (fields) => alarmsIn(kept, { ...own, ...fields }),
});

const PARTITIONS: Partitions = { first: 0, count: 6 };
/** Rooms of other servers never pause for longer. */
const PAUSE_MS = 1_000;

withServices(['redis'], () => {
  let services: RedisService[];
  let store: StoredChats;
  const engines: RedisEngine[] = [];
  /** A room on each server. */
  let rooms: [string, string, string];

  const urls = () => services.map(({ url }) => url);
  const open = async (rest: Parameters<typeof openRedisEngine>[2] = {}) => {
    const engine = await openRedisEngine(urls(), store, { findPartitions: () => Promise.resolve(PARTITIONS), ...rest });
    engines.push(engine);
    const names = Array.from({ length: 100 }, (_, i) => `room-${i}`);
    const { places } = engine;
    rooms = places.servers.map((server) => names.find((name) => places.ofRoom(name) === server) ?? '') as typeof rooms;
    return engine;
  };
  const allReady = (engine: RedisEngine) => until(() => engine.partitionsWithoutLog().length === 0, 'all partitions have a log');

  beforeEach(async () => {
    services = await Promise.all([RedisService.start(), RedisService.start(), RedisService.start()]);
    store = new StoredChats();
  });
  afterEach(async () => {
    for (const engine of engines.splice(0)) await closeRedisEngine(engine);
    await Promise.all(services.map((service) => service.stop()));
  });

  const append = async (engine: RedisEngine, id: string, room: string): Promise<Chat> => {
    const appended = await engine.chatLog.append(draft(id, { room }));
    if (appended.duplicate) throw new Error('appended before');
    return appended.chat;
  };

  /** Ids spread over the servers of claims and counters, so some of what this does needs the lost server. */
  const useElsewhere = async (engine: RedisEngine, heard: BusEvent[], tag: string): Promise<number> => {
    const limiter = redisRateLimiter(engine.places, () => undefined);
    const [, second, third] = rooms;
    let longest = 0;
    const timed = async <T>(work: Promise<T>): Promise<T> => {
      const begun = performance.now();
      const result = await work;
      longest = Math.max(longest, performance.now() - begun);
      return result;
    };
    for (let i = 0; i < 12; i++) {
      const room = i % 2 ? second : third;
      const id = `${tag}-${i}`;
      expect(await timed(engine.chatLog.find(id, room))).toEqual({ state: 'unknown' });
      await timed(limiter.consume({ name: 'r', points: 1_000, seconds: 60 }, id));
      await timed(append(engine, id, room));
      expect(await timed(engine.presence.join(room, id))).toBe(true);
      expect(await timed(engine.presence.online(room))).toBeGreaterThan(0);
      expect(await timed(engine.aliasStore.claim(`${room}:2026-03-01`, id, id))).toBe(id);
      engine.bus.publish({ type: 'session-ended', sessionId: id });
      await timed(until(() => heard.some((event) => event.type === 'session-ended' && event.sessionId === id), 'it is heard'));
    }
    return longest;
  };

  const loseFirst: readonly (readonly [string, (service: RedisService) => Promise<void>])[] = [
    ['killed', (service) => service.down()],
    [
      'stopped',
      (service) => {
        service.signal('SIGSTOP');
        return Promise.resolve();
      },
    ],
    ['emptied', (service) => service.ask(service.url, (redis) => redis.flushall().then(() => undefined))],
  ];

  test.each(loseFirst)('while one server is %s, everything goes on in rooms of the others', async (how, lose) => {
    const [writer, reader] = [await open(), await open()];
    const [first, second] = rooms;
    const heard: BusEvent[] = [];
    reader.bus.subscribe((event) => heard.push(event));
    const seen: Chat[] = [];
    const tail = await reader.chatLog.of(second).tailRooms({
      entries: (entries) => seen.push(...entries),
      epoch: () => undefined,
      following: () => undefined,
    });
    await tail.follow(second);
    await append(writer, 'before', first);
    const [server] = services as [RedisService, RedisService, RedisService];
    await lose(server);
    expect(await useElsewhere(writer, heard, 'lost')).toBeLessThan(PAUSE_MS);
    await tail.head();
    expect(seen).toHaveLength(6);
    if (how !== 'emptied') {
      const refused = { code: 'UNAVAILABLE' };
      await expect(writer.chatLog.append(draft('refused', { room: first }))).rejects.toMatchObject(refused);
      await until(() => writer.partitionsWithoutLog().length > 0, 'the partitions are known to be lost');
      expect(writer.partitionsWithoutLog()).toEqual([0, 3]);
    }
    expect(writer.isReady()).toBe(true);
    if (how === 'killed') await server.up();
    if (how === 'stopped') server.signal('SIGCONT');
    await allReady(writer);
    await until(() => append(writer, 'again', first).then(() => true), 'the room accepts messages again');
    expect(await useElsewhere(writer, heard, 'found')).toBeLessThan(PAUSE_MS);
  });

  test('a start needs one of the servers, and the others are used once they answer', async () => {
    const [first, second, third] = services as [RedisService, RedisService, RedisService];
    await (await open()).chatLog.append(draft('a'));
    await Promise.all([first.down(), third.down()]);
    const engine = await open();
    expect(engine.partitionsWithoutLog()).toEqual([0, 2, 3, 5]);
    await append(engine, 'b', rooms[1]);
    const heard: BusEvent[] = [];
    engine.bus.subscribe((event) => heard.push(event));
    await first.up();
    await until(() => engine.partitionsWithoutLog().length === 2, 'the partitions of the first server have a log');
    await append(engine, 'c', rooms[0]);
    // A mark of typing takes the server of its room alone.
    const typing = { type: 'typing', room: rooms[0], memberId: 'm', author: 'otter', typing: true } as const;
    await until(() => {
      engine.bus.publish(typing);
      return heard.length > 0;
    }, 'the bus uses the server');
    await second.down();
    await expect(openRedisEngine([second.url, third.url], store)).rejects.toThrow(/^REDIS_URL: Redis at [^ ]+ cannot be used/);
  });

  test('an answer that this process reads late counts', async () => {
    const { places } = await open();
    const answers = Promise.all(places.servers.map((server) => server.soon((redis) => redis.get('absent'))));
    for (const begun = performance.now(); performance.now() - begun < PAUSE_MS;);
    expect(await answers).toEqual([null, null, null]);
  });

  test('a server that comes later with a wrong setting is not used until a restart, is logged once, and the others go on', async () => {
    const [first] = services as [RedisService, RedisService, RedisService];
    await open();
    await first.down();
    const alarms: Record<string, unknown>[] = [];
    const engine = await open({ logger: alarmsIn(alarms) });
    const heard: BusEvent[] = [];
    engine.bus.subscribe((event) => heard.push(event));
    await first.up(['--maxmemory-policy', 'allkeys-lru']);
    const refusals = () => alarms.filter(({ message }) => String(message).startsWith('this Redis'));
    await until(() => refusals().length > 0, 'the refusal');
    expect(await useElsewhere(engine, heard, 'late')).toBeLessThan(PAUSE_MS);
    expect(engine.partitionsWithoutLog()).toEqual([0, 3]);
    await expect(append(engine, 'refused', rooms[0])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const server = first.url.replace('redis://', 'Redis at ');
    expect(refusals()).toEqual([
      {
        server,
        message: 'this Redis cannot be used; its partitions stay unavailable until a restart',
        err: expect.objectContaining({ message: expect.stringContaining(`${server} drops messages`) as string }) as Error,
      },
    ]);
    await first.down();
    await first.up();
    await allReady(await open());
    expect(engine.partitionsWithoutLog()).toEqual([0, 3]);
  });

  test('a session that ended is known to every process as long as one server answers', async () => {
    const ended = async () => {
      throw unavailable('down');
    };
    const sessionStore = {
      ...{ create: async () => undefined, byId: async () => undefined, endAll: async () => [], activeSessions: async () => [] },
      ...{ rotate: async () => ({ outcome: 'invalid' }) as const, end: async () => true, endedSince: ended },
    };
    const engine = await open({ sessionStore });
    await engine.sessionStore.end('s1', Date.now());
    await Promise.all(services.slice(0, 2).map((service) => service.down()));
    expect(await engine.sessionStore.endedSince(0)).toEqual(['s1']);
  });

  describe('the number of partitions', () => {
    let recorded: Partitions | undefined;
    let failure: Error | undefined;
    const partitionStore: PartitionStore = {
      read: async () => {
        if (failure) throw failure;
        return recorded;
      },
      create: async (partitions) => (recorded ??= partitions),
      replace: async () => false,
    };
    beforeEach(() => {
      recorded = undefined;
      failure = undefined;
    });
    const start = (wanted?: number) => open({ findPartitions: (servers) => findPartitions({ servers, partitionStore, wanted }) });
    const countOf = async (wanted?: number) => (await start(wanted)).chatLog.partitions.length;

    test('is 16 for a new installation, is recorded, and is known while the store is unavailable', async () => {
      expect(await countOf()).toBe(16);
      expect(recorded).toEqual({ first: 0, count: 16 });
      failure = unavailable('down');
      expect(await countOf()).toBe(16);
      await expect(start(4)).rejects.toThrow(/^LOG_PARTITIONS is 4, but this installation has 16\..*npm run repartition$/);
    });

    test('is 1 for an installation that has a log already', async () => {
      await closeRedisEngine(await openRedisEngine(urls().slice(0, 1), store));
      failure = unavailable('down');
      expect(await countOf()).toBe(1);
      failure = undefined;
      expect(await countOf()).toBe(1);
      expect(recorded).toEqual({ first: 0, count: 1 });
    });

    test('is not guessed while the store is unavailable and the only Redis has lost its data', async () => {
      await Promise.all(services.splice(1).map((service) => service.stop()));
      expect(await countOf(4)).toBe(4);
      await services[0]?.ask(urls()[0] ?? '', (redis) => redis.flushall());
      failure = unavailable('down');
      const asked = jest.spyOn(partitionStore, 'read');
      const starting = countOf();
      await until(() => asked.mock.calls.length > 1, 'the start waits for the store');
      failure = undefined;
      expect(await starting).toBe(4);
    });

    test('is known while the store is unavailable after the only Redis lost its data under a running process', async () => {
      await Promise.all(services.splice(1).map((service) => service.stop()));
      const running = await start(4);
      await services[0]?.ask(urls()[0] ?? '', (redis) => redis.flushall());
      await until(() => append(running, 'a', 'main').then(() => true), 'the log has begun again');
      await until(() => running.partitionsWithoutLog().length === 0, 'the log has begun again');
      failure = unavailable('down');
      expect(await countOf()).toBe(4);
    });

    test('a list of addresses whose first server is not the one that has the log is refused', async () => {
      await closeRedisEngine(await openRedisEngine(urls().slice(0, 1), store));
      services.push(services.shift() as RedisService);
      await expect(start()).rejects.toThrow(/^REDIS_URL: Redis at [^ ]+ has the partitions 0 .*npm run repartition$/);
    });

    test('a server with the partitions of another is refused', async () => {
      await start(4);
      services.push(services.shift() as RedisService);
      await expect(start(4)).rejects.toThrow(/^REDIS_URL: Redis at [^ ]+ has the partitions .*npm run repartition$/);
    });

    test('a server with the partitions of another that answers late is not used', async () => {
      await closeRedisEngine(await start(6));
      const late = services.splice(1).reverse();
      services.push(...late);
      await Promise.all(late.map((service) => service.down()));
      const error = jest.spyOn(silentLogger, 'error');
      const engine = await start(6);
      await Promise.all(late.map((service) => service.up()));
      await until(
        () => engine.places.servers.every(({ commands }, i) => i === 0 || commands.status === 'end'),
        'both are closed',
      );
      expect(engine.partitionsWithoutLog()).toEqual([1, 2, 4, 5]);
      expect(error.mock.calls.map(([, line]) => line)).toContain('this Redis is not used');
    });
  });
});
