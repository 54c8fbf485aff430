import { LRUCache } from 'lru-cache';
import { isUnavailable } from '../../domain/errors';
import { DEFAULT_ROOM_SETTINGS, type Room, type RoomChanges, type RoomSettings } from '../../domain/room';
import type { Bus } from '../../ports/bus';
import type { RoomStore } from '../../ports/room-store';
import type { Places } from './places';
import type { RedisServer } from './redis-server';
import { Script } from './script';

const MIRROR = 'jb:rooms';
/** Rooms that this process keeps in memory, some hundred bytes each. */
const CACHE_MAX = 10_000;

const MIRROR_ROOMS = new Script('mirror-rooms');

/**
 * Rooms that can be read while their store is unavailable: from a cache in memory, then from a mirror in Redis, which all
 * processes share. Only title and settings of a room ever change. The process that changes them replaces the copy in Redis and publishes
 * `room-changed`; the others then drop their cached copy, and drop all copies after the bus reconnects.
 *
 * A slow read may return a room as it was before a change. So the mirror keeps the copy with the highest version, and the cache
 * ignores reads that began before a change was announced. Listing the rooms refreshes copies whose announcement was lost. A removed
 * room leaves a mark in the mirror, which no copy replaces.
 */
export class MirroredRoomStore implements RoomStore {
  private readonly cache = new LRUCache<string, Room>({ max: CACHE_MAX });
  private readonly copies: string;
  /** Number of changes that this process knows of. */
  private changes = 0;

  constructor(
    private readonly rooms: RoomStore,
    private readonly places: Places,
    private readonly bus: Bus,
  ) {
    this.copies = places.keyOfCopies(MIRROR);
    bus.subscribe((event) => {
      if (event.type !== 'room-changed') return;
      this.changes++;
      this.cache.delete(event.room);
    });
    bus.onReconnect(() => {
      this.changes++;
      this.cache.clear();
    });
  }

  async create(room: Room, max: number): Promise<'created' | 'taken' | 'full'> {
    try {
      const outcome = await this.rooms.create(room, max);
      if (outcome === 'created') await this.mirror([room]);
      return outcome;
    } catch (error) {
      if (isUnavailable(error) && (await this.copy(room.id))) return 'taken';
      throw error;
    }
  }

  async byId(id: string): Promise<Room | undefined> {
    const { changes } = this;
    const copy = await this.copy(id);
    if (copy) return copy;
    const room = await this.rooms.byId(id);
    if (!room) return undefined;
    if (changes === this.changes) this.cache.set(id, room);
    await this.mirror([room]);
    return room;
  }

  async update(id: string, changes: RoomChanges): Promise<Room | undefined> {
    const room = await this.rooms.update(id, changes);
    this.changes++;
    this.cache.delete(id);
    if (room) await this.mirror([room]);
    this.bus.publish({ type: 'room-changed', room: id });
    return room;
  }

  async remove(id: string): Promise<void> {
    await this.rooms.remove(id);
    this.changes++;
    this.cache.delete(id);
    await this.mirrorTo(this.places.ofRoom(id), [id, REMOVED.version, JSON.stringify(REMOVED)]);
    this.bus.publish({ type: 'room-changed', room: id });
  }

  async list(): Promise<readonly Room[]> {
    const { changes } = this;
    const rooms = await this.rooms.list();
    const newer = rooms.filter((room) => {
      const cached = this.cache.peek(room.id);
      return !cached || versionOf(cached) < versionOf(room);
    });
    if (changes === this.changes) for (const room of newer) this.cache.set(room.id, room);
    await this.mirror(newer);
    return rooms;
  }

  removedIds(): Promise<readonly string[]> {
    return this.rooms.removedIds();
  }

  private async copy(id: string): Promise<Room | undefined> {
    const cached = this.cache.get(id);
    if (cached) return cached;
    const { changes } = this;
    // While Redis is unreachable the store is asked.
    const text = await this.places
      .ofRoom(id)
      .soon((redis) => redis.hget(this.copies, id))
      .catch(() => null);
    if (text === null) return undefined;
    const room = withSettings(JSON.parse(text) as Room);
    if (room.version === REMOVED.version) return undefined;
    if (changes === this.changes) this.cache.set(id, room);
    return room;
  }

  /** A room that is missing in the mirror is read from the store, so a failure needs no retry. */
  private async mirror(rooms: readonly Room[]): Promise<void> {
    const byServer = new Map<RedisServer, (string | number)[]>();
    for (const room of rooms) {
      const server = this.places.ofRoom(room.id);
      const args = byServer.get(server) ?? [];
      args.push(room.id, versionOf(room), JSON.stringify(room));
      byServer.set(server, args);
    }
    await Promise.all([...byServer].map(([server, args]) => this.mirrorTo(server, args)));
  }

  private async mirrorTo(server: RedisServer, args: readonly (string | number)[]): Promise<void> {
    await server.soon((redis) => MIRROR_ROOMS.run(redis, [this.copies], args)).catch(() => undefined);
  }
}

/** Stands in the mirror for a removed room. No room has changed so often. */
const REMOVED = { version: Number.MAX_SAFE_INTEGER };

const versionOf = ({ version = 0 }: Room): number => version;

/** Copies written before rooms had settings lack them. */
const withSettings = (room: Room): Room => ({
  ...room,
  settings: { ...DEFAULT_ROOM_SETTINGS, ...(room.settings as RoomSettings | undefined) },
});
