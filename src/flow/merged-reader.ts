import type { Chat } from '../domain/chat';
import { isUnavailable, unavailable } from '../domain/errors';
import type { Slice } from '../domain/page';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore, OffsetRange } from '../ports/chat-store';
import type { TailEntry, TailIndex, TailIndexes } from './tail-index';

/** Entries read from the log at a time. */
const PAGE = 500;
const MAX_ATTEMPTS = 5;
/** Retained entries of the log that are searched while the store is unavailable. */
const RETAINED_MAX = 10_000;

/**
 * Reads the store and the unflushed tail of the log as one list. Messages up to the committed offset come from the store, later ones
 * from the log, so there are no gaps or duplicates. If the log is trimmed beyond that offset during a read, the read is repeated.
 * While the store is unavailable, the newest messages of a room come from the entries that the log retains for replays.
 */
export class MergedReader {
  constructor(
    private readonly log: Pick<ChatLog, 'of'>,
    private readonly store: ChatStore,
    private readonly tails: TailIndexes,
  ) {}

  byRoom(room: string, range: OffsetRange, limit: number, order: 'newest-first' | 'oldest-first'): Promise<Slice<Chat>> {
    const wanted = limit + 1;
    const tail = this.tails.indexOf(room);
    return this.attempt(tail, async (committed) => {
      const { after = 0, before = Infinity } = range;
      const inTail = tail.ofRoom(room).filter(({ offset }) => offset > after && offset < before);
      const stored = (count: number) =>
        this.store.byRoom(room, { ...range, before: Math.min(before, committed + 1) }, count, order);

      if (order === 'newest-first') {
        const newest = await tail.read(inTail.slice(-wanted).reverse());
        if (!newest || newest.length === wanted) return newest && slice(newest, limit);
        try {
          return slice([...newest, ...(await stored(wanted - newest.length))], limit);
        } catch (error) {
          const retained = isUnavailable(error) ? await this.newestRetained(room, range, wanted) : undefined;
          if (retained) return slice(retained, limit);
          throw error;
        }
      }
      const oldest = await stored(wanted);
      const rest = await tail.read(inTail.slice(0, wanted - oldest.length).reverse());
      return rest && slice([...oldest, ...rest.reverse()], limit);
    });
  }

  byAuthor(authorId: string, skip: number, limit: number): Promise<Slice<Chat>> {
    const [tail] = this.tails.all;
    return this.attempt(tail, async (committed) => {
      const inTail: readonly TailEntry[] = tail.ofAuthor(authorId).toReversed();
      const newest = await tail.read(inTail.slice(skip, skip + limit + 1));
      if (!newest) return undefined;
      const rest = limit + 1 - newest.length;
      const stored =
        rest > 0 ? await this.store.byAuthor(authorId, [{ before: committed + 1 }], Math.max(0, skip - inTail.length), rest) : [];
      return slice([...newest, ...stored], limit);
    });
  }

  countByAuthor(authorId: string): Promise<number> {
    const [tail] = this.tails.all;
    return this.attempt(tail, async (committed) => {
      const inTail = tail.ofAuthor(authorId).length;
      return inTail + (await this.store.countByAuthor(authorId, [{ before: committed + 1 }]));
    });
  }

  /** @returns undefined if the log has not retained all that is asked for */
  private async newestRetained(
    room: string,
    { after = 0, before = Infinity }: OffsetRange,
    limit: number,
  ): Promise<Chat[] | undefined> {
    const found: Chat[] = [];
    for (let read = 0, from = before; read < RETAINED_MAX; read += PAGE) {
      const page = await this.log.of(room).readBack(from, PAGE);
      for (const chat of page) {
        if (chat.offset <= after) return found;
        if (chat.room === room) found.push(chat);
        if (found.length === limit || chat.offset === 1) return found;
      }
      if (page.length < PAGE) return undefined;
      from = page.at(-1)?.offset ?? 1;
    }
    return undefined;
  }

  private async attempt<T>(tail: TailIndex, read: (committed: number) => Promise<T | undefined>): Promise<T> {
    for (let i = 0; i < MAX_ATTEMPTS; i++) {
      await tail.refresh();
      const result = await read(tail.committed);
      if (result !== undefined) return result;
    }
    throw unavailable('The history is changing too fast to be read. Please try again.');
  }
}

const slice = (chats: readonly Chat[], limit: number): Slice<Chat> => ({
  items: chats.slice(0, limit),
  hasMore: chats.length > limit,
});
