import type { Authorship, Chat } from '../domain/chat';

export interface Rejected {
  readonly chat: Chat;
  readonly reason: string;
}

/** A stretch of offsets, both ends exclusive; leave one out for no limit on that side. */
export interface OffsetRange {
  readonly after?: number;
  readonly before?: number;
}

/**
 * Every message that left the log's tail, for ever. All reads are in log order.
 * @throws DomainError UNAVAILABLE from any method while the store cannot be reached
 */
export interface ChatStore {
  /**
   * Stores all of them, each once: a chat that is there already (same id, same offset) counts as stored.
   * Resolves when they are durable. A chat that the store refuses does not hold up the others: it comes back as rejected.
   * A chat whose id is stored with another offset is rejected with reason `offset mismatch`: that is an alarm, never normal.
   */
  insertBatch(chats: readonly Chat[]): Promise<readonly Rejected[]>;

  /** Keeps a chat that `insertBatch` refuses for good in the dead-letter list. The reads below find it all the same. */
  addDeadLetter(chat: Chat, reason: string): Promise<void>;

  /** Number of chats in the dead-letter list. */
  deadLetterCount(): Promise<number>;

  byId(id: string): Promise<Chat | undefined>;

  /** Chats of a room within the range, at most `limit`, from the newest down or the oldest up. */
  byRoom(room: string, range: OffsetRange, limit: number, order: 'newest-first' | 'oldest-first'): Promise<readonly Chat[]>;

  /** Chats of an author with offset <= `upTo`, newest first, after leaving out the `skip` newest of them. */
  byAuthor(authorId: string, maxOffset: number, skip: number, limit: number): Promise<readonly Chat[]>;

  /** How many chats with offset <= `upTo` the author has. */
  countByAuthor(authorId: string, maxOffset: number): Promise<number>;

  /** How many chats of the room have an offset within the range; stops counting at `limit`. */
  countByRoom(room: string, range: OffsetRange, limit: number): Promise<number>;

  /** 0 when the store is empty. */
  highestOffset(): Promise<number>;

  /** Remembers that this installation had a log generation of this name. Idempotent. */
  recordEpoch(epoch: string): Promise<void>;
  hasEpoch(epoch: string): Promise<boolean>;

  /** Chats of all rooms with a greater offset, hidden ones too, oldest first, at most `limit`. */
  inOrder(after: number, limit: number): Promise<readonly Chat[]>;

  /** Gives the chat to another author, under whom byAuthor finds it from now on. Absent ones are left alone. */
  rename(offset: number, to: Authorship): Promise<void>;

  /** Replaces the chat by its tombstone (domain/chat `toTombstone`). Absent ones are left alone. Durable when resolved. */
  erase(offset: number): Promise<void>;
}
