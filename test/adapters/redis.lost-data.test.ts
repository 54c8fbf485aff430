import type { RedisEngine } from '../../src/adapters/redis/open-redis';
import type { Chat } from '../../src/domain/chat';
import type { Partitions } from '../../src/domain/partition';
import { draft } from '../contracts/samples';
import { closeRedisEngine, openRedisEngine, StoredChats } from '../support/redis-engine';
import { RedisService } from '../support/redis-service';
import { withServices } from '../support/services';
import { until } from '../support/until';

const PARTITIONS: Partitions = { first: 0, count: 6 };
const IDS = Array.from({ length: 12 }, (_, i) => `id-${i}`);
const DUPLICATE = { duplicate: true };

withServices(['redis'], () => {
  let services: RedisService[];
  let store: StoredChats;

  beforeEach(async () => {
    services = await Promise.all([RedisService.start(), RedisService.start(), RedisService.start()]);
    store = new StoredChats();
  });
  afterEach(() => Promise.all(services.map((service) => service.stop())));

  describe('after the data of two servers are lost one after the other', () => {
    let engine: RedisEngine;
    /** A room on each server. */
    let rooms: [string, string, string];
    const sent = new Map<string, Chat>();
    const append = (id: string, room: string) => engine.chatLog.append(draft(id, { room }));
    const claimedOn = (id: string): number => engine.places.servers.indexOf(engine.places.ofKey(id));
    const roomOf = (id: string): string => sent.get(id)?.room ?? '';

    beforeEach(async () => {
      engine = await openRedisEngine(
        services.map(({ url }) => url),
        store,
        { findPartitions: () => Promise.resolve(PARTITIONS) },
      );
      const names = Array.from({ length: 100 }, (_, i) => `room-${i}`);
      rooms = engine.places.servers.map(
        (server) => names.find((name) => engine.places.ofRoom(name) === server) ?? '',
      ) as typeof rooms;
      sent.clear();
      for (const [i, id] of IDS.entries()) {
        const appended = await append(id, rooms[i % rooms.length] ?? '');
        if (!appended.duplicate) sent.set(id, appended.chat);
      }
      store.put([...sent.values()]);
      for (const [lost, service] of services.slice(0, 2).entries()) {
        const log = engine.chatLog.of(rooms[lost] ?? '');
        const { epoch } = await log.head();
        await service.ask(service.url, (redis) => redis.flushall());
        await until(async () => (await log.head()).epoch !== epoch, 'a new epoch begins');
        await until(() => engine.partitionsWithoutLog().length === 0, 'all partitions have a log');
      }
    });
    afterEach(() => closeRedisEngine(engine));

    test('an id that was sent before both losses is recognised in its room, on each server', async () => {
      expect(new Set([...sent.values()].map(({ room }) => room)).size).toBe(3);
      for (const id of IDS) {
        expect([id, await append(id, roomOf(id))]).toEqual([id, DUPLICATE]);
        expect((await engine.chatLog.find(id, roomOf(id))).state).not.toBe('unknown');
      }
    });

    test('it is recognised in another room if its claim was kept, or if the server of that room lost its data', async () => {
      for (const id of IDS) {
        for (const [server, room] of rooms.entries()) {
          if (room === roomOf(id) || (server === 2 && claimedOn(id) !== 2)) continue;
          expect([id, room, await append(id, room)]).toEqual([id, room, DUPLICATE]);
        }
      }
    });

    test('it can be used once more in a room of the third server if its claim was lost', async () => {
      const [, , room] = rooms;
      const unclaimed = IDS.filter((id) => claimedOn(id) !== 2 && roomOf(id) !== room);
      expect(unclaimed.length).toBeGreaterThan(1);
      for (const id of unclaimed) {
        expect([id, await append(id, room)]).toEqual([id, expect.objectContaining({ duplicate: false })]);
        expect([id, await append(id, room)]).toEqual([id, DUPLICATE]);
      }
    });
  });

  test('a start names the server that refuses a channel, and none for an error that is not of Redis', async () => {
    const [first, second, third] = services as [RedisService, RedisService, RedisService];
    await third.ask(third.url, (redis) => redis.acl('SETUSER', 'mina', 'on', '>canary', '~*', '+@all', 'resetchannels'));
    const asMina = third.url.replace('redis://', 'redis://mina:canary@');
    const several = [first.url, second.url, asMina];
    const rest = { findPartitions: () => Promise.resolve(PARTITIONS) };
    await expect(openRedisEngine(several, store, rest)).rejects.toThrow(
      `REDIS_URL: ${third.url.replace('redis://', 'Redis at ')} cannot be used (NOPERM`,
    );
    for (const some of [[first.url, second.url], [second.url]]) {
      const refused = openRedisEngine(some, store, { findPartitions: () => Promise.reject(new Error('of the store')) });
      await expect(refused).rejects.toThrow(/^of the store$/);
    }
  });
});
