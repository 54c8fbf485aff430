import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { isUnavailable } from '../../domain/errors';
import { DEFAULT_ROOM_SETTINGS, type Room, type RoomSettings } from '../../domain/room';
import type { Bus } from '../../ports/bus';
import type { RoomStore } from '../../ports/room-store';

const MIRROR = 'jb:rooms';
/** Rooms that this process keeps in memory, some hundred bytes each. */
const CACHE_MAX = 10_000;

/**
 * Rooms that can be read while their store is unavailable: from a cache in memory, then from a mirror in Redis, which all
 * processes share. Only the settings of a room ever change. The process that changes them replaces the copy in Redis and publishes
 * `room-changed`; the others then drop their cached copy, and drop all copies after the bus reconnects.
 */
export class MirroredRoomStore implements RoomStore {
  private readonly cache = new LRUCache<string, Room>({ max: CACHE_MAX });

  constructor(
    private readonly rooms: RoomStore,
    private readonly redis: Redis,
    private readonly bus: Bus,
  ) {
    bus.subscribe((event) => {
      if (event.type === 'room-changed') this.cache.delete(event.room);
    });
    bus.onReconnect(() => {
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
    const copy = await this.copy(id);
    if (copy) return copy;
    const room = await this.rooms.byId(id);
    if (room) await this.mirror([room]);
    return room;
  }

  async update(id: string, settings: RoomSettings): Promise<Room | undefined> {
    const room = await this.rooms.update(id, settings);
    if (room) await this.mirror([room]);
    this.bus.publish({ type: 'room-changed', room: id });
    return room;
  }

  async list(): Promise<readonly Room[]> {
    const rooms = await this.rooms.list();
    await this.mirror(rooms.filter(({ id }) => !this.cache.has(id)));
    return rooms;
  }

  private async copy(id: string): Promise<Room | undefined> {
    const cached = this.cache.get(id);
    if (cached) return cached;
    // While Redis is unreachable the store is asked.
    const text = await this.redis.hget(MIRROR, id).catch(() => null);
    if (text === null) return undefined;
    const room = withSettings(JSON.parse(text) as Room);
    this.cache.set(id, room);
    return room;
  }

  private async mirror(rooms: readonly Room[]): Promise<void> {
    if (rooms.length === 0) return;
    for (const room of rooms) this.cache.set(room.id, room);
    // A room that is missing in the mirror is read from the store.
    await this.redis.hset(MIRROR, ...rooms.flatMap((room) => [room.id, JSON.stringify(room)])).catch(() => 0);
  }
}

/** Copies written before rooms had settings lack them. */
const withSettings = (room: Room): Room => ({
  ...room,
  settings: { ...DEFAULT_ROOM_SETTINGS, ...(room.settings as RoomSettings | undefined) },
});
