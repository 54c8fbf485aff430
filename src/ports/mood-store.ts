import type { Chat } from '../domain/chat';
import type { Window } from '../domain/insight';
import type { MoodBucket, MoodCorrection } from '../domain/mood-bucket';

/** @throws DomainError UNAVAILABLE from any method while the store is unreachable */
export interface MoodStore {
  /**
   * Adds the messages to the buckets of their sentAt. Durable when resolved. Messages must be passed in offset order. A message that
   * is passed again, in any batch, is counted once: a bucket ignores offsets that it already includes.
   */
  add(chats: readonly Chat[]): Promise<void>;
  /**
   * From now on each of these messages counts as its correction says, whether it is added already or later, and in whatever form it
   * is passed then. Durable when resolved. Repeating a correction changes nothing, and of several corrections of a message, made in
   * any order and by any process, the one with the highest revision decides.
   */
  correct(corrections: readonly MoodCorrection[]): Promise<void>;
  /** Minute buckets that start within the window, oldest first. A bucket without messages may be left out. */
  minutes(room: string, window: Window): Promise<readonly MoodBucket[]>;
  /** Hour buckets that start within the window, oldest first. A bucket without messages may be left out. */
  hours(room: string, window: Window): Promise<readonly MoodBucket[]>;
  /** Removes all buckets of the room. Durable when resolved. */
  removeRoom(room: string): Promise<void>;
}
