import type { Chat } from '../domain/chat';
import type { Window } from '../domain/insight';

/** Sums over the messages of one room in one minute or hour. */
export interface MoodBucket {
  /** Milliseconds since 1970; a whole minute or hour in UTC. */
  readonly start: number;
  readonly count: number;
  /** Sums of whole percents, in the order of EMOTIONS. */
  readonly sums: readonly number[];
  /** Highest offset included. A message of this room and minute (or hour) is included if and only if its offset is not higher. */
  readonly lastOffset: number;
}

/** @throws DomainError UNAVAILABLE from any method while the store is unreachable */
export interface MoodStore {
  /**
   * Adds the messages to the buckets of their sentAt. Durable when resolved. Messages must be passed in offset order. A message that
   * is passed again, in any batch, is counted once: a bucket ignores offsets that it already includes.
   */
  add(chats: readonly Chat[]): Promise<void>;
  /** Minute buckets with messages that start within the window, oldest first. */
  minutes(room: string, window: Window): Promise<readonly MoodBucket[]>;
  /** Hour buckets with messages that start within the window, oldest first. */
  hours(room: string, window: Window): Promise<readonly MoodBucket[]>;
}
