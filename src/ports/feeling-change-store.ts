import type { FeelingChange } from '../domain/chat';

/** A change of the feeling of a message that has begun. */
export interface PendingFeeling extends FeelingChange {
  readonly chatId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Changes of feelings that have begun and have not ended, at most one for each message. One that was interrupted is completed later,
 * so that log, store and mood agree. All writes are durable when resolved.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface FeelingChangeStore {
  /** @returns undefined if the change was recorded; else the pending change of the message, and nothing was recorded */
  begin(change: PendingFeeling): Promise<PendingFeeling | undefined>;
  /** Oldest first, at most `limit`. */
  pending(limit: number): Promise<readonly PendingFeeling[]>;
  /** Does nothing if another revision is pending. */
  end(change: Pick<PendingFeeling, 'chatId' | 'revision'>): Promise<void>;
}
