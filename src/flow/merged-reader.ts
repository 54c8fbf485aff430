import type { Chat } from '../domain/chat';
import { isUnavailable, unavailable } from '../domain/errors';
import type { Slice } from '../domain/page';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore, OffsetRange } from '../ports/chat-store';

/** Entries read from the log at a time; between reads other work gets its turn. */
const TAIL_PAGE = 500;
const MAX_ATTEMPTS = 5;
/** Entries looked through for what the log has kept while the store is away. */
const KEPT_MAX = 10_000;

/**
 * The store and the log's tail as one list. The committed offset c is read first: what is at or below c is in the store, what is
 * above c is in the log, so nothing is missed and nothing comes twice. Should the log be trimmed beyond c while it is being
 * read, the reading starts again with the newer c.
 * While the store is away, the newest of a room come from what the log has kept.
 */
export class MergedReader {
  constructor(
    private readonly log: ChatLog,
    private readonly store: ChatStore,
  ) {}

  byRoom(room: string, range: OffsetRange, limit: number, order: 'newest-first' | 'oldest-first'): Promise<Slice<Chat>> {
    const wanted = limit + 1;
    return this.attempt(async (committed) => {
      const fromStore = (count: number) =>
        this.store.byRoom(room, { ...range, before: Math.min(range.before ?? Infinity, committed + 1) }, count, order);
      const fromTail = (count: number) =>
        this.tail(committed, range, (chat) => chat.room === room, order === 'newest-first' ? count : Infinity);

      if (order === 'newest-first') {
        const tail = await fromTail(wanted);
        if (!tail) return undefined;
        const rest = wanted - tail.length;
        if (rest === 0) return slice(tail, limit);
        try {
          return slice([...tail, ...(await fromStore(rest))], limit);
        } catch (error) {
          const kept = isUnavailable(error) ? await this.newestKept(room, range, wanted) : undefined;
          if (kept) return slice(kept, limit);
          throw error;
        }
      }
      const stored = await fromStore(wanted);
      if (stored.length === wanted) return slice(stored, limit);
      const tail = await fromTail(Infinity);
      return tail && slice([...stored, ...tail.toReversed().slice(0, wanted - stored.length)], limit);
    });
  }

  byAuthor(authorId: string, skip: number, limit: number): Promise<Slice<Chat>> {
    return this.attempt(async (committed) => {
      const tail = await this.tail(committed, {}, (chat) => chat.authorId === authorId, skip + limit + 1);
      if (!tail) return undefined;
      const fromTail = tail.slice(skip);
      const rest = limit + 1 - fromTail.length;
      const stored = rest > 0 ? await this.store.byAuthor(authorId, committed, Math.max(0, skip - tail.length), rest) : [];
      return slice([...fromTail, ...stored], limit);
    });
  }

  countByAuthor(authorId: string): Promise<number> {
    return this.attempt(async (committed) => {
      const tail = await this.tail(committed, {}, (chat) => chat.authorId === authorId, Infinity);
      return tail && tail.length + (await this.store.countByAuthor(authorId, committed));
    });
  }

  /** The log keeps entries for replay after they were stored. @returns undefined if it has not kept all that is asked for */
  private async newestKept(
    room: string,
    { after = 0, before = Infinity }: OffsetRange,
    limit: number,
  ): Promise<Chat[] | undefined> {
    const found: Chat[] = [];
    for (let read = 0, from = before; read < KEPT_MAX; read += TAIL_PAGE) {
      const page = await this.log.readBack(from, TAIL_PAGE);
      for (const chat of page) {
        if (chat.offset <= after) return found;
        if (chat.room === room) found.push(chat);
        if (found.length === limit || chat.offset === 1) return found;
      }
      if (page.length < TAIL_PAGE) return undefined;
      from = page.at(-1)?.offset ?? 1;
    }
    return undefined;
  }

  /** Matching entries above `committed`, newest first, at most `limit`. Undefined if some of them have left the log meanwhile. */
  private async tail(
    committed: number,
    range: OffsetRange,
    matches: (chat: Chat) => boolean,
    limit: number,
  ): Promise<Chat[] | undefined> {
    const floor = Math.max(committed, range.after ?? 0);
    const found: Chat[] = [];
    let before = Math.min(range.before ?? Infinity, (await this.log.head()).offset + 1);
    while (before > floor + 1 && found.length < limit) {
      const page = await this.log.readBack(before, TAIL_PAGE);
      // The oldest entries are trimmed first, so what is missing here was stored meanwhile, all of it.
      if (page.length === 0) return undefined;
      for (const chat of page) {
        before = chat.offset;
        if (matches(chat)) found.push(chat);
        if (before <= floor + 1 || found.length === limit) return found;
      }
    }
    return found;
  }

  private async attempt<T>(read: (committed: number) => Promise<T | undefined>): Promise<T> {
    for (let i = 0; i < MAX_ATTEMPTS; i++) {
      const result = await read(await this.log.committed());
      if (result !== undefined) return result;
    }
    throw unavailable('The history is changing too fast to be read. Please try again.');
  }
}

const slice = (chats: readonly Chat[], limit: number): Slice<Chat> => ({
  items: chats.slice(0, limit),
  hasMore: chats.length > limit,
});
