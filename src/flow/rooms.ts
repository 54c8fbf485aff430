import { badInput, DomainError } from '../domain/errors';
import {
  DEFAULT_ROOM_SETTINGS,
  isRoomId,
  MAIN_ROOM,
  MAX_SLOW_MODE_SECONDS,
  parseRoomId,
  parseTitle,
  type Room,
  type RoomSettings,
} from '../domain/room';
import type { Clock } from '../ports/clock';
import type { RoomStore } from '../ports/room-store';

export class Rooms {
  constructor(
    private readonly store: RoomStore,
    private readonly clock: Clock,
    private readonly roomsMax: number,
  ) {}

  /** Makes sure that the main room is there, and lets a store that keeps copies see all rooms. Idempotent. */
  async open(): Promise<void> {
    const main: Room = {
      id: MAIN_ROOM,
      title: 'Jungle Buzz',
      anonymous: true,
      aliasLocale: 'ko',
      createdAt: this.clock.now(),
      settings: DEFAULT_ROOM_SETTINGS,
    };
    await this.store.create(main, this.roomsMax);
    await this.store.list();
  }

  list(): Promise<readonly Room[]> {
    return this.store.list();
  }

  /**
   * @param id any text: what cannot be a room is an unknown room
   * @throws DomainError NOT_FOUND
   */
  async require(id: string): Promise<Room> {
    const room = isRoomId(id) ? await this.store.byId(id) : undefined;
    if (!room) throw new DomainError('NOT_FOUND', 'There is no such room.', { field: 'room' });
    return room;
  }

  /** @throws DomainError BAD_USER_INPUT, CONFLICT (id taken), UNAVAILABLE (no more rooms) */
  async create(input: { id: string; title: string; anonymous: boolean }): Promise<Room> {
    const title = parseTitle(input.title);
    const room: Room = {
      id: parseRoomId(input.id),
      title,
      anonymous: input.anonymous,
      aliasLocale: /\p{Script=Hangul}/u.test(title) ? 'ko' : 'en',
      createdAt: this.clock.now(),
      settings: DEFAULT_ROOM_SETTINGS,
    };
    const outcome = await this.store.create(room, this.roomsMax);
    if (outcome === 'taken') throw new DomainError('CONFLICT', 'This room id is taken.', { field: 'id' });
    if (outcome === 'full') throw new DomainError('UNAVAILABLE', 'There is no place for another room.', { retryAfter: 3600 });
    return room;
  }

  /** @throws DomainError NOT_FOUND, BAD_USER_INPUT, UNAVAILABLE */
  async change(id: string, changes: Partial<RoomSettings>): Promise<Room> {
    const { settings } = await this.require(id);
    const seconds = changes.slowModeSeconds ?? settings.slowModeSeconds;
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_SLOW_MODE_SECONDS) {
      throw badInput('slowModeSeconds', `slowModeSeconds must be 0 to ${MAX_SLOW_MODE_SECONDS}.`);
    }
    const room = await this.store.update(id, { wordFilter: changes.wordFilter ?? settings.wordFilter, slowModeSeconds: seconds });
    if (!room) throw new DomainError('NOT_FOUND', 'There is no such room.', { field: 'room' });
    return room;
  }
}
