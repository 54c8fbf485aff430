import { badInput, DomainError, isUnavailable } from '../domain/errors';
import {
  DEFAULT_ROOM_SETTINGS,
  isRoomId,
  MAIN_ROOM,
  MAX_SLOW_MODE_SECONDS,
  parseOwnWords,
  parseRoomId,
  parseTitle,
  type Room,
  type RoomChanges,
} from '../domain/room';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { RoomStore } from '../ports/room-store';
import { pause, repeatUntil } from '../util/repeat';

const RETRY_MS = 1_000;
/** An announcement that a room changed may be lost, so copies of rooms are refreshed this often. */
const REFRESH_MS = 60_000;

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
   * @param id any text; an invalid id is an unknown room
   * @throws DomainError NOT_FOUND
   */
  async require(id: string): Promise<Room> {
    const room = await this.find(id);
    if (!room) throw new DomainError('NOT_FOUND', 'There is no such room.', { field: 'room' });
    return room;
  }

  /** @param id any text; an invalid id is an unknown room */
  async find(id: string): Promise<Room | undefined> {
    return isRoomId(id) ? this.store.byId(id) : undefined;
  }

  /** @throws DomainError BAD_USER_INPUT, CONFLICT (id taken), UNAVAILABLE (ROOMS_MAX reached) */
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
    if (outcome === 'full') throw new DomainError('UNAVAILABLE', 'The maximum number of rooms is reached.', { retryAfter: 3600 });
    return room;
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
    if (!room) throw new DomainError('NOT_FOUND', 'There is no such room.', { field: 'room' });
    return room;
  }
}

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
