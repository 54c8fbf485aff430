import type { Chat } from '../domain/chat';
import { isUnavailable, unavailable } from '../domain/errors';
import { slice, type Slice } from '../domain/page';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore, OffsetRange } from '../ports/chat-store';
import { AuthorView } from './author-view';
import type { TailIndex, TailIndexes } from './tail-index';

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
    private readonly log: Pick<ChatLog, 'of' | 'partitions'>,
    private readonly store: ChatStore,
    private readonly tails: TailIndexes,
  ) {}

  byRoom(room: string, range: OffsetRange, limit: number, order: 'newest-first' | 'oldest-first'): Promise<Slice<Chat>> {
    const wanted = limit + 1;
    const tail = this.tails.indexOf(room);
    return this.attempt([tail], async () => {
      const { committed } = tail;
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

  /** Newest first, over all partitions. @throws DomainError UNAVAILABLE, also if a single partition is */
  byAuthor(authorId: string, skip: number, limit: number): Promise<Slice<Chat>> {
    return this.attempt(this.tails.all, () => new AuthorView(this.tails, this.store, authorId).page(skip, limit));
  }

  /** @throws as byAuthor */
  countByAuthor(authorId: string): Promise<number> {
    return this.attempt(this.tails.all, () => new AuthorView(this.tails, this.store, authorId).count());
  }

  /** @returns undefined if the log has not retained all that is asked for */
  private async newestRetained(
    room: string,
    { after = 0, before = Infinity }: OffsetRange,
    limit: number,
  ): Promise<Chat[] | undefined> {
    const log = this.log.of(room);
    // Rooms have no messages below it, unless there were other partitions before.
    const first = this.log.partitions[0]?.band.base === 0 ? log.band.base + 1 : undefined;
    const found: Chat[] = [];
    for (let read = 0, from = before; read < RETAINED_MAX; read += PAGE) {
      const page = await log.readBack(from, PAGE);
      for (const chat of page) {
        if (chat.offset <= after) return found;
        if (chat.room === room) found.push(chat);
        if (found.length === limit || chat.offset === first) return found;
      }
      if (page.length < PAGE) return undefined;
      from = page.at(-1)?.offset ?? 0;
    }
    return undefined;
  }

  private async attempt<T>(tails: readonly TailIndex[], read: () => Promise<T | undefined>): Promise<T> {
    for (let i = 0; i < MAX_ATTEMPTS; i++) {
      await Promise.all(tails.map((tail) => tail.refresh()));
      const result = await read();
      if (result !== undefined) return result;
    }
    throw unavailable('The history is changing too fast to be read. Please try again.');
  }
}
