import { randomInt } from 'node:crypto';
import { badInput, DomainError, isUnavailable } from '../domain/errors';
import {
  DEFAULT_ROOM_SETTINGS,
  isRoomId,
  MAX_SLOW_MODE_SECONDS,
  noSuchRoom,
  parseOwnWords,
  parseRoomId,
  parseTitle,
  type Room,
  type RoomChanges,
  type Visibility,
} from '../domain/room';
import { MAIN_ROOM, MAIN_TITLE } from '../domain/room-title';
import { randomRoomId } from '../domain/nicknames';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { RoomStore } from '../ports/room-store';
import { pause, repeatUntil } from '../util/repeat';

const RETRY_MS = 1_000;
/** An announcement that a room changed may be lost, so copies of rooms are refreshed this often. */
const REFRESH_MS = 60_000;

/** Random ids that are tried for one room. Of 10^16, few are taken. */
const ID_TRIES = 3;

export interface NewRoom {
  /** Absent: a random one is made. */
  readonly id?: string | null | undefined;
  readonly title: string;
  readonly anonymous: boolean;
  readonly visibility: Visibility;
  readonly guestsMayWrite: boolean;
}

export class Rooms {
  constructor(
    private readonly store: RoomStore,
    private readonly clock: Clock,
    private readonly roomsMax: number,
  ) {}

  /** Creates the main room if it is missing, and lists all rooms so that a store with copies refreshes them. Idempotent. */
  async open(): Promise<void> {
    const main: Room = {
      id: MAIN_ROOM,
      title: MAIN_TITLE,
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
   * @param id any text; an invalid id is an unknown room
   * @throws DomainError NOT_FOUND
   */
  async require(id: string): Promise<Room> {
    const room = await this.find(id);
    if (!room) throw noSuchRoom();
    return room;
  }

  /** @param id any text; an invalid id is an unknown room */
  async find(id: string): Promise<Room | undefined> {
    return isRoomId(id) ? this.store.byId(id) : undefined;
  }

  /**
   * Without an id the room gets a readable random one, as every private room does.
   * @param founder user id of its first host, which Memberships stores next
   * @throws DomainError BAD_USER_INPUT, CONFLICT (id taken), UNAVAILABLE (ROOMS_MAX reached)
   */
  async create(input: NewRoom, founder: string): Promise<Room> {
    const title = parseTitle(input.title);
    const { visibility, guestsMayWrite } = input;
    if (input.id != null && visibility === 'PRIVATE') throw badInput('id', 'A private room gets a random id. Leave id out.');
    const given = input.id == null ? undefined : parseRoomId(input.id);
    for (let tries = 1; ; tries++) {
      const room: Room = {
        ...{ id: given ?? randomRoomId(randomInt), title, anonymous: input.anonymous },
        aliasLocale: /\p{Script=Hangul}/u.test(title) ? 'ko' : 'en',
        createdAt: this.clock.now(),
        settings: { ...DEFAULT_ROOM_SETTINGS, visibility, guestsMayWrite, everPrivate: visibility === 'PRIVATE', founder },
      };
      const outcome = await this.store.create(room, this.roomsMax);
      if (outcome === 'created') return room;
      if (outcome === 'full')
        throw new DomainError('UNAVAILABLE', 'The maximum number of rooms is reached.', { retryAfter: 3600 });
      if (given || tries === ID_TRIES) throw new DomainError('CONFLICT', 'This room id is taken.', { field: 'id' });
    }
  }

  /** To be called when the founder is stored as the first host. @throws DomainError UNAVAILABLE */
  async founded(id: string): Promise<void> {
    await this.store.update(id, { founder: null });
  }

  /** @throws DomainError NOT_FOUND, BAD_USER_INPUT, UNAVAILABLE */
  async change(id: string, { title, ownWords, ...rest }: RoomChanges): Promise<Room> {
    const { slowModeSeconds: seconds = 0 } = rest;
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_SLOW_MODE_SECONDS) {
      throw badInput('slowModeSeconds', `slowModeSeconds must be 0 to ${MAX_SLOW_MODE_SECONDS}.`);
    }
    const parsed = {
      ...(title !== undefined && { title: parseTitle(title) }),
      ...(ownWords && { ownWords: parseOwnWords(ownWords) }),
    };
    const room = await this.store.update(id, { ...rest, ...parsed });
    if (!room) throw noSuchRoom();
    return room;
  }

  /** @throws DomainError UNAVAILABLE if ROOMS_MAX is reached */
  async requirePlace(): Promise<void> {
    const open = (await this.store.list()).filter(({ settings }) => !settings.archived);
    if (open.length >= this.roomsMax) throw full();
  }

  /** Removes the room for good, but nothing that was in it. Removing it again changes nothing. @throws DomainError UNAVAILABLE */
  remove(id: string): Promise<void> {
    return this.store.remove(id);
  }
}

const full = (): DomainError => new DomainError('UNAVAILABLE', 'The maximum number of rooms is reached.', { retryAfter: 3600 });

/**
 * Opens the rooms and refreshes copies of them every minute. Resolves after the first attempt: while the store is unavailable, opening
 * is retried in the background, so that an outage does not block the start.
 * @returns a function that ends the refreshing
 */
export async function keepRoomsOpen(rooms: Pick<Rooms, 'open'>, logger: Logger): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const opened = new AbortController();
  const open = async (): Promise<void> => {
    await rooms.open();
    opened.abort();
  };
  try {
    await open();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    logger.warn({ err: error }, 'the store is unavailable; unknown rooms answer UNAVAILABLE until it is back');
  }
  const run = async (): Promise<void> => {
    await repeatUntil(AbortSignal.any([stopping.signal, opened.signal]), RETRY_MS, open, (err) => {
      if (!isUnavailable(err)) logger.error({ err }, 'the main room could not be created; trying again');
    });
    await pause(REFRESH_MS, stopping.signal);
    await repeatUntil(stopping.signal, REFRESH_MS, open, (err) => {
      logger.warn({ err }, 'the rooms were not refreshed; known copies stay in use');
    });
  };
  const running = run();
  return () => {
    stopping.abort();
    return running;
  };
}
