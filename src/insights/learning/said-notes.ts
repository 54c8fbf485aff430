import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SaidNote } from '../../domain/model-correction';
import type { Room } from '../../domain/room';
import type { ChatStore } from '../../ports/chat-store';

/** Messages per read of the store, in about a millisecond. */
const PAGE = 100;
/** Messages looked at, from the newest on. */
const MAX_READ = 200_000;
const MAX_NOTES = 20_000;
const MAX_NOTES_PER_ACCOUNT = 20;

/** Whether everybody may read the room and always could. */
const isPublic = ({ settings }: Room): boolean => settings.visibility === 'PUBLIC' && !settings.everPrivate;

/**
 * The newest stored messages of public rooms whose authors say what they feel, at most 20 of an account. Erased messages have no feeling.
 * @throws DomainError UNAVAILABLE; the signal's reason
 */
export async function readSaidNotes(
  rooms: readonly Room[],
  store: Pick<ChatStore, 'inOrder' | 'highestOffset'>,
  signal: AbortSignal,
): Promise<SaidNote[]> {
  const publicRooms = new Set(rooms.filter(isPublic).map(({ id }) => id));
  const counts = new Map<string, number>();
  const notes: SaidNote[] = [];
  let last = await store.highestOffset();
  const lowest = Math.max(0, last - MAX_READ);
  while (last > lowest) {
    signal.throwIfAborted();
    const after = Math.max(lowest, last - PAGE);
    const page = await store.inOrder({ after }, PAGE);
    for (const { offset, room, authorId, text, feeling, hidden } of page.toReversed()) {
      const count = counts.get(authorId) ?? 0;
      if (offset > last || hidden || feeling === null || !publicRooms.has(room) || count === MAX_NOTES_PER_ACCOUNT) continue;
      counts.set(authorId, count + 1);
      notes.push({ authorId, text, feeling });
      if (notes.length === MAX_NOTES) return notes;
    }
    last = after;
    await nextTurn();
  }
  return notes;
}
