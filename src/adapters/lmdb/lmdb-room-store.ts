import type { Database } from 'lmdb';
import { DEFAULT_ROOM_SETTINGS, type Room, type RoomSettings } from '../../domain/room';
import type { RoomStore } from '../../ports/room-store';
import { lookUp, type Environment } from './environment';

/** title, anonymous (0 or 1), aliasLocale, createdAt, settings (missing in old records); stored under the id. */
export type RoomTuple = readonly [string, number, 'ko' | 'en', number, RoomSettings?];

/** At most some thousands of rooms: `list` and the count of `create` read them all. */
export class LmdbRoomStore implements RoomStore {
  /** Every message asks for its room, and nobody else writes to the folder: what was read stays true until it is changed here. */
  private readonly known = new Map<string, Room>();

  constructor(
    private readonly env: Environment,
    private readonly rooms: Database<RoomTuple, string>,
  ) {}

  create(room: Room, max: number): Promise<'created' | 'taken' | 'full'> {
    return this.env.write(() => {
      if (this.rooms.get(room.id)) return 'taken';
      if (this.rooms.getKeysCount() >= max) return 'full';
      void this.rooms.put(room.id, toTuple(room));
      return 'created';
    });
  }

  byId(id: string): Promise<Room | undefined> {
    return this.env.read(() => {
      const known = this.known.get(id);
      if (known) return known;
      const tuple = lookUp(this.rooms, id);
      const room = tuple && fromTuple(id, tuple);
      if (room) this.known.set(id, room);
      return room;
    });
  }

  async update(id: string, settings: RoomSettings): Promise<Room | undefined> {
    const changed = await this.env.write(() => {
      const tuple = lookUp(this.rooms, id);
      if (!tuple) return undefined;
      const room = { ...fromTuple(id, tuple), settings };
      void this.rooms.put(id, toTuple(room));
      return room;
    });
    if (changed) this.known.set(id, changed);
    return changed;
  }

  list(): Promise<readonly Room[]> {
    return this.env.read(() =>
      [...this.rooms.getRange()].map(({ key, value }) => fromTuple(key, value)).sort((a, b) => a.createdAt - b.createdAt),
    );
  }
}

const toTuple = ({ title, anonymous, aliasLocale, createdAt, settings }: Room): RoomTuple => [
  title,
  anonymous ? 1 : 0,
  aliasLocale,
  createdAt,
  settings,
];

function fromTuple(id: string, [title, anonymous, aliasLocale, createdAt, settings]: RoomTuple): Room {
  return { id, title, anonymous: anonymous === 1, aliasLocale, createdAt, settings: { ...DEFAULT_ROOM_SETTINGS, ...settings } };
}
