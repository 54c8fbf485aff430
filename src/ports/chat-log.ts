import type { Authorship, Chat, ChatDraft, FeelingChange } from '../domain/chat';
import type { OffsetBand } from '../domain/partition';
import type { LogPosition } from '../domain/position';

export type Appended =
  | { readonly duplicate: false; readonly chat: Chat }
  /** The id was appended before, and this call stored nothing. `find` returns the first message. */
  | { readonly duplicate: true };

export type LogLookup =
  | { readonly state: 'unknown' }
  | { readonly state: 'present'; readonly chat: Chat }
  /** The message was appended and has been trimmed since: the ChatStore has it. */
  | { readonly state: 'trimmed' };

export interface RoomTailListener {
  /** Durable entries of followed rooms, in the order of the log, without gaps or duplicates. Must not throw. */
  entries(entries: readonly Chat[]): void;
  /** The log was lost or recreated. Every later entry belongs to the new epoch, which starts here. Must not throw. */
  epoch(start: LogPosition): void;
  /** From now on every entry of the room after this position is delivered, and none up to it. Must not throw. */
  following(room: string, from: LogPosition): void;
}

/** Follows some rooms of the log. What it costs depends on their messages, not on those of all rooms. */
export interface RoomTail {
  /** The head when the tail began. */
  readonly from: LogPosition;
  /** Resolves once the listener was called with `following`. Concurrent and later calls for a followed room change nothing. @throws DomainError UNAVAILABLE */
  follow(room: string): Promise<void>;
  unfollow(room: string): void;
  /** A head that is not older than the call. Resolves after every entry of the followed rooms up to it was delivered. @throws DomainError UNAVAILABLE */
  head(): Promise<LogPosition>;
  stop(): void;
}

/**
 * The ordered, durable log of the messages of some rooms. A room is in one partition.
 *
 * Order: offsets are positive integers in the band of the partition, contiguous within an epoch and the same for every reader. sentAt
 * never decreases.
 * Durability: a message that `append` resolved with, or that `tailRooms`, `head` or `read` showed, survives kill -9 of all our processes.
 * Epochs: suppose a reader stops at offset 700, the log is lost, and new messages fill it to 900. Without epochs the reader would
 * silently miss 200 messages. So each generation of the log has a name, its epoch, and a position of another epoch is refused.
 * A new epoch starts above every offset of the band that was ever stored. `append` never begins one.
 * Trimming: the oldest entries are trimmed first. A range that is partly trimmed is reported as absent, never returned in part.
 */
export interface LogPartition {
  readonly number: number;
  readonly band: OffsetBand;

  /** The position of the last durable entry; in an empty log the position before the first. */
  head(): Promise<LogPosition>;

  /**
   * A time by the log's own clock, in milliseconds since 1970. Every entry with a smaller sentAt is durable and visible, and no
   * later append gets a smaller one. Whoever needs all messages before a moment waits until the watermark has passed it.
   */
  watermark(): Promise<number>;

  /**
   * Entries after `from`, oldest first, at most `limit`. Empty if `from` is the head; undefined if an entry after `from` has been
   * trimmed, and then the ChatStore has the entries.
   * @throws DomainError CURSOR_EXPIRED if `from` is of another epoch or beyond the head
   */
  read(from: LogPosition, limit: number): Promise<readonly Chat[] | undefined>;

  /** Entries of the current epoch that are still in the log and have an offset below `before`, newest first, at most `limit`. */
  readBack(before: number, limit: number): Promise<readonly Chat[]>;

  /** Calls the listener with the entries of the rooms that the tail is told to follow, until it is stopped. */
  tailRooms(listener: RoomTailListener): Promise<RoomTail>;

  /** The committed offset: every message up to it is in the ChatStore. Never decreases. */
  committed(): Promise<number>;

  /**
   * Records that every message up to the offset is in the ChatStore. An offset below the committed one changes nothing.
   * @param fence fence of the lease under which they were stored
   * @returns false, and changes nothing, if a commit with a higher fence was seen
   */
  commit(offset: number, fence: number): Promise<boolean>;

  /**
   * Drops committed entries that are not among the newest `retain`, or that were sent before `olderThan` (milliseconds since 1970).
   * Never drops an entry that is not committed. Ids stay known for as long as the adapter promises idempotency.
   */
  trim(retain: number, olderThan: number): Promise<void>;
}

/**
 * The log of all messages, in partitions. Everything else in the system reads from it. There is one order for each room, and none
 * between rooms of different partitions. Each partition may be unavailable by itself.
 */
export interface ChatLog {
  readonly partitions: readonly LogPartition[];

  /** The partition that has the messages of the room. */
  of(room: string): LogPartition;

  /** Undefined for an offset of a partition that the installation no longer has. Its messages are stored. */
  holding(offset: number): LogPartition | undefined;

  /**
   * Resolves when the entry is durable. Idempotent by `draft.id`, over all rooms: of any number of appends of one id, concurrent or
   * later and from any process, exactly one is stored.
   * @throws DomainError UNAVAILABLE with `stored: 'no'` if nothing was stored (backlog limit, full device, log being checked), and
   *   with `stored: 'unknown'` if the answer of the engine was lost; appending the same draft again is safe in both cases;
   *   CONFLICT if the id was claimed for a room of another partition, whose append has not succeeded
   */
  append(draft: ChatDraft): Promise<Appended>;

  /**
   * Looks in all partitions.
   * @param room where the message is most likely. Another partition is then only asked if the id was claimed for it, which is cheap.
   * @throws DomainError UNAVAILABLE if the message was not found and a partition that may have it cannot be asked
   */
  find(id: string, room?: string): Promise<LogLookup>;

  /**
   * Changes the author of an entry, hidden or not. Does nothing if the entry is not in the log. When it resolves, the change is durable,
   * also if the log's server comes back with an older copy of its data.
   */
  rename(offset: number, to: Authorship): Promise<void>;

  /** Changes the feeling of an entry (domain/chat `withFeeling`). Does nothing if the entry is not in the log. */
  setFeeling(offset: number, change: FeelingChange): Promise<void>;

  /**
   * Replaces an entry by its tombstone (domain/chat `toTombstone`). Does nothing if the entry is not in the log. When it resolves,
   * the change is durable as in `rename` and no reader gets the text; the bytes on disk are gone when the engine reuses their space.
   */
  erase(offset: number): Promise<void>;
}
