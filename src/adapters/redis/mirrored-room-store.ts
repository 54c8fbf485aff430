import type { Redis } from 'ioredis';
import { DomainError } from '../../domain/errors';
import { DEFAULT_ROOM_SETTINGS, type Room, type RoomSettings } from '../../domain/room';
import type { Bus } from '../../ports/bus';
import type { RoomStore } from '../../ports/room-store';

const MIRROR = 'jb:rooms';

/**
 * Rooms for look-ups while their store is away. Copies are kept in Redis, for all processes, and in memory; at most as many as
 * there may be rooms. Only its settings ever change about a room: the process that changes them replaces the copy in Redis and
 * tells the others, which then forget theirs; so they do when they may have missed that.
 */
export class MirroredRoomStore implements RoomStore {
  private readonly known = new Map<string, Room>();

  constructor(
    private readonly rooms: RoomStore,
    private readonly redis: Redis,
    private readonly bus: Bus,
  ) {
    bus.subscribe((event) => {
      if (event.type === 'room-changed') this.known.delete(event.room);
    });
    bus.onReconnect(() => {
      this.known.clear();
    });
  }

  async create(room: Room, max: number): Promise<'created' | 'taken' | 'full'> {
    try {
      const outcome = await this.rooms.create(room, max);
      if (outcome === 'created') await this.keep([room]);
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
    if (room) await this.keep([room]);
    return room;
  }

  async update(id: string, settings: RoomSettings): Promise<Room | undefined> {
    const room = await this.rooms.update(id, settings);
    if (room) await this.keep([room]);
    this.bus.publish({ type: 'room-changed', room: id });
    return room;
  }

  async list(): Promise<readonly Room[]> {
    const rooms = await this.rooms.list();
    await this.keep(rooms.filter(({ id }) => !this.known.has(id)));
    return rooms;
  }

  private async copy(id: string): Promise<Room | undefined> {
    const known = this.known.get(id);
    if (known) return known;
    // Without Redis the store can still tell.
    const text = await this.redis.hget(MIRROR, id).catch(() => null);
    if (text === null) return undefined;
    const room = withSettings(JSON.parse(text) as Room);
    this.known.set(id, room);
    return room;
  }

  private async keep(rooms: readonly Room[]): Promise<void> {
    if (rooms.length === 0) return;
    for (const room of rooms) this.known.set(room.id, room);
    // Whoever misses it there asks the store.
    await this.redis.hset(MIRROR, ...rooms.flatMap((room) => [room.id, JSON.stringify(room)])).catch(() => 0);
  }
}

/** A copy of an older version has none. */
const withSettings = (room: Room): Room => ({
  ...room,
  settings: { ...DEFAULT_ROOM_SETTINGS, ...(room.settings as RoomSettings | undefined) },
});

const isUnavailable = (error: unknown): boolean => error instanceof DomainError && error.code === 'UNAVAILABLE';
