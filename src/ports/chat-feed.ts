import type { Chat } from '../domain/chat';
import type { LogPlace, Position } from '../domain/position';

export interface FeedListener {
  /** New chats of one room, in log order, none left out and none twice. Must not throw. */
  chats(room: string, chats: readonly Chat[]): void;
  /** The log was lost or recreated: no place of before means anything any more. Must not throw. */
  epoch(): void;
}

/**
 * The log as the live stream needs it: by room, new chats as they come and old ones from any place.
 * A reader that takes `after` until it answers an empty list, and from that very moment on listens, misses nothing and sees
 * nothing twice: what `after` answers ends where the listeners stand.
 */
export interface ChatFeed {
  /** @returns the undo */
  listen(listener: FeedListener): () => void;

  /** The head of the log now. Entries appended after this call began have a greater offset. */
  head(): Promise<LogPlace>;

  /**
   * Chats of the position's room after it, oldest first, at most `limit`; empty when there are none up to where the listeners
   * stand. At once (not a promise) when they are in memory. Concurrent calls for one gap share the reading.
   * A position that is in the log but ahead of the listeners is waited for.
   * @throws DomainError CURSOR_EXPIRED if the position is of another epoch, beyond the head, or more than the replay limit of
   *   chats away; UNAVAILABLE while what is needed cannot be reached
   */
  after(position: Position, limit: number): readonly Chat[] | Promise<readonly Chat[]>;
}
