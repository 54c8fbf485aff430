import { DEFAULT_ROOM_SETTINGS, type Room, type RoomChanges } from '../../domain/room';
import type { RoomStore } from '../../ports/room-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

/** At most some thousands of rooms: `list` and the count of `create` read them all. */
export class LmdbRoomStore implements RoomStore {
  /** Every message needs its room, and no other process writes to the folder: a room that was read stays valid until it is changed here. */
  private readonly known = new Map<string, Room>();

  constructor(
    private readonly env: Environment,
    private readonly rooms: Table<Room, string>,
    /** Ids of removed rooms. */
    private readonly removed: KeySet<string>,
  ) {}

  create(room: Room, max: number): Promise<'created' | 'taken' | 'full'> {
    return this.env.write(() => {
      if (this.rooms.has(room.id) || this.removed.has(room.id)) return 'taken';
      if (this.rooms.values().map(withDefaults).filter(isOpen).length >= max) return 'full';
      this.rooms.put(room.id, room);
      return 'created';
    });
  }

  byId(id: string): Promise<Room | undefined> {
    return this.env.read(() => {
      const known = this.known.get(id);
      if (known) return known;
      const room = this.rooms.get(id);
      if (room) this.known.set(id, withDefaults(room));
      return this.known.get(id);
    });
  }

  async update(id: string, { title, ...changes }: RoomChanges): Promise<Room | undefined> {
    const changed = await this.env.write(() => {
      const room = this.rooms.get(id);
      if (!room) return undefined;
      const settings = { ...withDefaults(room).settings, ...changes };
      const next = { ...room, title: title ?? room.title, settings, version: (room.version ?? 0) + 1 };
      this.rooms.put(id, next);
      return next;
    });
    if (changed) this.known.set(id, changed);
    return changed;
  }

  async remove(id: string): Promise<void> {
    await this.env.write(() => {
      if (!this.rooms.has(id)) return;
      this.rooms.remove(id);
      this.removed.add(id);
    });
    this.known.delete(id);
  }

  list(): Promise<readonly Room[]> {
    return this.env.read(() =>
      this.rooms
        .values()
        .map(withDefaults)
        .sort((a, b) => a.createdAt - b.createdAt),
    );
  }

  removedIds(): Promise<readonly string[]> {
    return this.env.read(() => this.removed.keys());
  }
}

const isOpen = ({ settings }: Room): boolean => !settings.archived;

/** Rooms that an older version stored lack the newer settings. */
const withDefaults = (room: Room): Room => ({ ...room, settings: { ...DEFAULT_ROOM_SETTINGS, ...room.settings } });
