import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Chat } from '../../domain/chat';
import type { SaidNote } from '../../domain/model-correction';
import { bandWith } from '../../domain/partition';
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
export async function readSaidNotes(rooms: readonly Room[], store: Store, signal: AbortSignal): Promise<SaidNote[]> {
  const publicRooms = new Set(rooms.filter(isPublic).map(({ id }) => id));
  const counts = new Map<string, number>();
  const notes: SaidNote[] = [];
  let read = 0;
  for await (const page of newestPages(store)) {
    signal.throwIfAborted();
    for (const { room, authorId, text, feeling, hidden } of page) {
      const count = counts.get(authorId) ?? 0;
      if (hidden || feeling === null || !publicRooms.has(room) || count === MAX_NOTES_PER_ACCOUNT) continue;
      counts.set(authorId, count + 1);
      notes.push({ authorId, text, feeling });
      if (notes.length === MAX_NOTES) return notes;
    }
    read += page.length;
    if (read >= MAX_READ) break;
    await nextTurn();
  }
  return notes;
}

type Store = Pick<ChatStore, 'inOrder' | 'highestOffset'>;
type Pages = AsyncGenerator<readonly Chat[], void>;

/** Pages of all stored messages. Each is newest first, and so are their first messages. */
async function* newestPages(store: Store): Pages {
  const partitions: { readonly rest: Pages; page: readonly Chat[] | undefined }[] = [];
  for (let last = await store.highestOffset(); last > 0;) {
    const { base } = bandWith(last);
    const rest = pagesBack(store, base, last);
    partitions.push({ rest, page: await nextOf(rest) });
    last = base === 0 ? 0 : await store.highestOffset({ before: base + 1 });
  }
  for (;;) {
    const [newest] = partitions.toSorted((a, b) => sentAtOf(b.page) - sentAtOf(a.page));
    if (!newest?.page) return;
    yield newest.page;
    newest.page = await nextOf(newest.rest);
  }
}

const nextOf = async (pages: Pages): Promise<readonly Chat[] | undefined> => {
  const next = await pages.next();
  return next.done ? undefined : next.value;
};

const sentAtOf = (page: readonly Chat[] | undefined): number => page?.[0]?.sentAt ?? -Infinity;

/** Pages of the messages of one partition, from the offset `newest` on. */
async function* pagesBack(store: Store, base: number, newest: number): Pages {
  for (let last = newest; last > base;) {
    const after = Math.max(base, last - PAGE);
    const page = await store.inOrder({ after, before: last + 1 }, PAGE);
    if (page.length > 0) yield page.toReversed();
    // Epochs begin with a gap of offsets.
    last = page.length > 0 ? after : await store.highestOffset({ after: base, before: last + 1 });
  }
}
