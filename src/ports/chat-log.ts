import type { Authorship, Chat, ChatDraft } from '../domain/chat';
import type { LogPosition } from '../domain/position';

export type Appended =
  | { readonly duplicate: false; readonly chat: Chat }
  /** The id had been appended before; nothing was stored. Fetch the first message with `find`. */
  | { readonly duplicate: true };

export type LogLookup =
  | { readonly state: 'unknown' }
  | { readonly state: 'present'; readonly chat: Chat }
  /** Appended once, and trimmed since: the ChatStore has it. */
  | { readonly state: 'trimmed' };

export interface TailListener {
  /** Durable entries, in order, none left out and none twice. Must not throw. */
  entries(entries: readonly Chat[]): void;
  /** The log was lost or recreated: everything from here on belongs to a new epoch. Must not throw. */
  epoch(start: LogPosition): void;
}

export interface Tail {
  /** Where the tail began: the first entry delivered is the one after this place. */
  readonly from: LogPosition;
  stop(): void;
}

/**
 * The one ordered, durable list of messages. Everything else in the system reads from it.
 *
 * Order: offsets are positive integers, contiguous within an epoch, the same for every reader; sentAt never decreases.
 * Durability: what `append` resolved with, and what `tail`, `head` and `read` show, survives kill -9 of every process of ours.
 * Epochs: a reader that stopped at offset 700, when the log is lost and refilled to 900, would silently miss 200 messages.
 * So each generation of the log has a name; a place of another generation is refused. A new epoch starts above every offset
 * that was ever stored. `append` never begins one.
 * Readers never see part of a range: what has been trimmed is reported as absent, not skipped.
 */
export interface ChatLog {
  /**
   * Resolves once the entry is durable. Idempotent by `draft.id`: of any number of concurrent or later appends, from any
   * process, exactly one is stored.
   * @throws DomainError UNAVAILABLE when the log cannot take it (no room on the device, backlog limit); nothing was stored
   */
  append(draft: ChatDraft): Promise<Appended>;

  find(id: string): Promise<LogLookup>;

  /** The last durable entry's place; in an empty log the place before the first. */
  head(): Promise<LogPosition>;

  /**
   * A time by the log's own clock, in milliseconds since 1970: every entry with a smaller sentAt is durable and visible, and no
   * later append gets a smaller one. Whoever needs all messages before a moment waits until this has passed it.
   */
  watermark(): Promise<number>;

  /**
   * Entries after `from`, oldest first, at most `limit`; empty when `from` is the head.
   * Undefined when some of what follows `from` has been trimmed: the store has it.
   * @throws DomainError CURSOR_EXPIRED if `from` is of another epoch or beyond the head
   */
  read(from: LogPosition, limit: number): Promise<readonly Chat[] | undefined>;

  /** Entries of the current epoch still in the log with a smaller offset than `before`, newest first, at most `limit`. */
  readBack(before: number, limit: number): Promise<readonly Chat[]>;

  /** Calls the listener with every entry after the current head, from now until stopped. */
  tail(listener: TailListener): Promise<Tail>;

  /** The offset up to which everything is in the store; never decreases. */
  committed(): Promise<number>;

  /**
   * Says that everything up to `upTo` is stored. A smaller value than before changes nothing.
   * @param fence the number of the lease under which it was stored
   * @returns false, and changes nothing, if a commit with a higher fence has been seen
   */
  commit(offset: number, fence: number): Promise<boolean>;

  /**
   * Drops entries that are committed and, besides, either beyond the newest `retain` or sent before `olderThan` (ms since 1970).
   * Never drops what is not committed. Ids stay known for as long as the adapter promises idempotency.
   */
  trim(retain: number, olderThan: number): Promise<void>;

  /** Gives an entry that is still in the log, hidden or not, to another author. Absent entries are left alone. */
  rename(offset: number, to: Authorship): Promise<void>;

  /**
   * Replaces an entry that is still in the log by its tombstone (domain/chat `toTombstone`). Absent entries are left alone. Durable when
   * resolved, and no reader sees the text any more; on the disk it is gone as soon as the engine uses its place again.
   */
  erase(offset: number): Promise<void>;
}
