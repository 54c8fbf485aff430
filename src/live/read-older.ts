import type { Chat } from '../domain/chat';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';

/** Entries that one read of the log asks for. */
export const LOG_STEP = 1_000;
/** Chats in one read of the store, at least, so that readers with slightly older cursors need no read of their own. */
const STORE_MIN = 1_000;

export interface OlderQuery {
  readonly log: Pick<ChatLog, 'readBack'>;
  readonly store: Pick<ChatStore, 'byRoom'>;
  readonly room: string;
  /** Reads back to this offset or further. */
  readonly target: number;
  /** Reads chats up to this offset. */
  readonly upTo: number;
  readonly max: number;
}

/**
 * Chats of a room, newest first: from the log, and from the store what the log has trimmed.
 * @returns the chats, and the offset from which on they are complete
 * @throws DomainError UNAVAILABLE
 */
export async function readOlder({ log, store, room, target, upTo, max }: OlderQuery): Promise<{
  readonly older: readonly Chat[];
  readonly before: number;
}> {
  const older: Chat[] = [];
  let before = upTo + 1;
  let logEnds = false;
  while (!logEnds && before - 1 > target && older.length < max) {
    const entries = await log.readBack(before, LOG_STEP);
    for (const chat of entries) if (chat.room === room) older.push(chat);
    before = entries.at(-1)?.offset ?? before;
    logEnds = entries.length < LOG_STEP;
  }
  if (before - 1 > target && older.length < max) {
    // The log is trimmed below `before`. Only stored entries are trimmed, so the store has the rest.
    const wanted = Math.max(1, Math.min(max - older.length, Math.max(STORE_MIN, 2 * (before - target))));
    const stored = await store.byRoom(room, { before }, wanted, 'newest-first');
    older.push(...stored);
    before = stored.length < wanted ? 1 : (stored.at(-1)?.offset ?? 1);
  }
  return { older, before };
}
