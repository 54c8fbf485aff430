import type { Chat } from '../domain/chat';
import type { Window } from '../domain/insight';

/** Sums over the messages of one room and one minute (or hour). */
export interface MoodBucket {
  /** Start in milliseconds since 1970, on a whole minute (or hour) UTC. */
  readonly start: number;
  readonly count: number;
  /** Sums of whole percents, in the order of EMOTIONS. */
  readonly sums: readonly number[];
  /** Highest offset it includes: a message of this room and minute (or hour) is in it if, and only if, its offset is not above. */
  readonly lastOffset: number;
}

/** @throws DomainError UNAVAILABLE while the store cannot be reached */
export interface MoodStore {
  /**
   * Adds the messages to their buckets by sentAt. Pass them in offset order. Each counts once, however often and in whatever
   * batches it is passed again: a bucket knows the highest offset it includes. Durable when resolved.
   */
  add(chats: readonly Chat[]): Promise<void>;
  /** Non-empty minute buckets that start within the window, oldest first. */
  minutes(room: string, window: Window): Promise<readonly MoodBucket[]>;
  /** Non-empty hour buckets that start within the window, oldest first. */
  hours(room: string, window: Window): Promise<readonly MoodBucket[]>;
}
