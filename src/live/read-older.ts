import type { Chat } from '../domain/chat';
import type { ChatStore } from '../ports/chat-store';
import type { LogScan, ScanQuery } from './log-scan';

/** Chats in one read of the store, at least, so that readers with slightly older cursors need no read of their own. */
const STORE_MIN = 1_000;

export interface OlderQuery extends ScanQuery {
  readonly scan: LogScan;
  readonly store: Pick<ChatStore, 'byRoom'>;
}

/**
 * Chats of a room, newest first: from the log, and from the store what the log has trimmed.
 * @returns the chats, and the offset from which on they are complete
 * @throws DomainError UNAVAILABLE
 */
export async function readOlder({ scan, store, room, target, upTo, max }: OlderQuery): Promise<{
  readonly older: readonly Chat[];
  readonly before: number;
}> {
  const { older, before } = await scan.read({ room, target, upTo, max });
  if (before - 1 <= target || older.length >= max) return { older, before };
  // The log is trimmed below `before`. Only stored entries are trimmed, so the store has the rest.
  const wanted = Math.max(1, Math.min(max - older.length, Math.max(STORE_MIN, 2 * (before - target))));
  const stored = await store.byRoom(room, { before }, wanted, 'newest-first');
  return {
    older: [...older, ...stored],
    before: stored.length < wanted ? 1 : (stored.at(-1)?.offset ?? 1),
  };
}
