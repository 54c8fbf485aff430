import type { Authorship, FeelingChange } from '../domain/chat';

/** What was changed about a message after its append. */
export interface LogChange {
  /** Of the message. */
  readonly id: string;
  /** Number of the partition that has the message. */
  readonly partition: number;
  /** The message was erased. */
  readonly hidden: boolean;
  /** The author that it was given; undefined: unchanged. */
  readonly authorship?: Authorship | undefined;
  /** The last change of its feeling; undefined: unchanged. */
  readonly feeling?: FeelingChange | undefined;
  /** Time of the last change, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Changes of messages that a log may lose in a crash and then has to repeat. Kept outside of the log, so that an older copy of the
 * log shows no text that was erased. A pending erasure (ModerationStore) is a task that ends when log and store have done it; this
 * record outlives it, and also covers erasures of the retention period.
 */
export interface LogChangeStore {
  /** Adds a change to those of the message; an erasure is never undone, nor a change of the feeling by an earlier one. Durable when it resolves. */
  record(change: LogChange): Promise<void>;
  /** Those of a partition by id, with a larger id than `after`, at most `limit`. */
  page(partition: number, after: string, limit: number): Promise<readonly LogChange[]>;
  remove(ids: readonly string[]): Promise<void>;
}
