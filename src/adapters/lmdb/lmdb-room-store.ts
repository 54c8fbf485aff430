import type { Database } from 'lmdb';
import type { Room } from '../../domain/room';
import type { RoomStore } from '../../ports/room-store';
import { lookUp, type Environment } from './environment';

/** title, anonymous (0 or 1), aliasLocale, createdAt; stored under the id. */
export type RoomTuple = readonly [string, number, 'ko' | 'en', number];

/** At most some thousands of rooms: `list` and the count of `create` read them all. */
export class LmdbRoomStore implements RoomStore {
  constructor(
    private readonly env: Environment,
    private readonly rooms: Database<RoomTuple, string>,
  ) {}

  create(room: Room, max: number): Promise<'created' | 'taken' | 'full'> {
    return this.env.write(() => {
      if (this.rooms.get(room.id)) return 'taken';
      if (this.rooms.getKeysCount() >= max) return 'full';
      void this.rooms.put(room.id, [room.title, room.anonymous ? 1 : 0, room.aliasLocale, room.createdAt]);
      return 'created';
    });
  }

  byId(id: string): Promise<Room | undefined> {
    return this.env.read(() => {
      const tuple = lookUp(this.rooms, id);
      return tuple && fromTuple(id, tuple);
    });
  }

  list(): Promise<readonly Room[]> {
    return this.env.read(() =>
      [...this.rooms.getRange()].map(({ key, value }) => fromTuple(key, value)).sort((a, b) => a.createdAt - b.createdAt),
    );
  }
}

function fromTuple(id: string, [title, anonymous, aliasLocale, createdAt]: RoomTuple): Room {
  return { id, title, anonymous: anonymous === 1, aliasLocale, createdAt };
}
