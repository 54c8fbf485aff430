import type { Redis } from 'ioredis';
import { DomainError } from '../../domain/errors';
import type { Room } from '../../domain/room';
import type { RoomStore } from '../../ports/room-store';

const MIRROR = 'jb:rooms';

/**
 * Rooms for look-ups while their store is away: a room never changes, so a copy is as good as the original. Copies are kept in
 * Redis, for all processes, and in memory; at most as many as there may be rooms.
 */
export class MirroredRoomStore implements RoomStore {
  private readonly known = new Map<string, Room>();

  constructor(
    private readonly rooms: RoomStore,
    private readonly redis: Redis,
  ) {}

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
    const room = JSON.parse(text) as Room;
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

const isUnavailable = (error: unknown): boolean => error instanceof DomainError && error.code === 'UNAVAILABLE';
