import type { Authorship, Chat, FeelingChange } from '../domain/chat';

export interface Rejected {
  readonly chat: Chat;
  readonly reason: string;
}

/** A range of offsets. Both ends are exclusive; an end that is left out has no limit. */
export interface OffsetRange {
  readonly after?: number;
  readonly before?: number;
}

/**
 * The permanent store of all messages. The batch writer fills it from the log. Reads are in the order of offsets, unless they say
 * otherwise: that is the order of the log within a partition, and so within a room.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface ChatStore {
  /**
   * Stores each chat once and resolves when they are durable. A chat that is already there with the same id and offset counts as
   * stored. A chat that the store rejects does not affect the others.
   * A chat whose id is stored with another offset is rejected with the reason `offset mismatch`, which always calls for an alarm.
   * @returns the rejected chats
   */
  insertBatch(chats: readonly Chat[]): Promise<readonly Rejected[]>;

  /** Adds a chat that `insertBatch` rejects for good to the dead letters. The reads below return dead letters too. */
  addDeadLetter(chat: Chat, reason: string): Promise<void>;

  deadLetterCount(): Promise<number>;

  byId(id: string): Promise<Chat | undefined>;

  /** The chats with these ids, in no particular order; unknown ids are left out. */
  byIds(ids: readonly string[]): Promise<readonly Chat[]>;

  /** Chats of a room within the range, at most `limit`, starting at the newest or at the oldest. */
  byRoom(room: string, range: OffsetRange, limit: number, order: 'newest-first' | 'oldest-first'): Promise<readonly Chat[]>;

  /**
   * Chats of an author with offsets in any of the ranges, which do not overlap. Newest first: by sentAt, then by offset. Without the
   * `skip` newest of them.
   */
  byAuthor(authorId: string, ranges: readonly OffsetRange[], skip: number, limit: number): Promise<readonly Chat[]>;

  /** Number of chats of an author with offsets in any of the ranges, which do not overlap. */
  countByAuthor(authorId: string, ranges: readonly OffsetRange[]): Promise<number>;

  /** Number of chats of a room within the range. Counting stops at `limit`. */
  countByRoom(room: string, range: OffsetRange, limit: number): Promise<number>;

  /** The highest offset within the range, 0 if there is none. */
  highestOffset(range?: OffsetRange): Promise<number>;

  /** Records that this installation had a log generation of this name. Idempotent. */
  recordEpoch(epoch: string): Promise<void>;
  hasEpoch(epoch: string): Promise<boolean>;

  /** Chats of all rooms, hidden ones included, within the range, at most `limit`, lowest offset first. */
  inOrder(range: OffsetRange, limit: number): Promise<readonly Chat[]>;

  /** Changes the author of a chat, under whom byAuthor finds it from then on. Does nothing if the chat is not stored. */
  rename(offset: number, to: Authorship): Promise<void>;

  /** Changes the feeling of a chat (domain/chat `withFeeling`). Does nothing if the chat is not stored. Durable when resolved. */
  setFeeling(offset: number, change: FeelingChange): Promise<void>;

  /** Replaces a chat by its tombstone (domain/chat `toTombstone`). Does nothing if the chat is not stored. Durable when resolved. */
  erase(offset: number): Promise<void>;
}
