import { newestFirst, type Chat } from '../domain/chat';
import { slice, type Slice } from '../domain/page';
import { isIn } from '../domain/partition';
import type { ChatStore, OffsetRange } from '../ports/chat-store';
import type { TailEntry, TailIndex, TailIndexes } from './tail-index';

/**
 * The messages of an author as of one moment, from the store and from the unflushed tails of all partitions. Make a new one after each
 * refresh of the tails.
 */
export class AuthorView {
  /** Newest first. */
  private readonly inTails: readonly TailEntry[];
  /** What of the author the store has apart from the tails: all offsets but those above the committed one of a partition. */
  private readonly ranges: readonly OffsetRange[];
  private readonly tails: readonly { readonly tail: TailIndex; readonly committed: number }[];

  constructor(
    tails: TailIndexes,
    private readonly store: Pick<ChatStore, 'byAuthor' | 'countByAuthor'>,
    private readonly authorId: string,
  ) {
    this.tails = tails.all.map((tail) => ({ tail, committed: tail.committed }));
    this.inTails = tails.all.flatMap((tail) => tail.ofAuthor(authorId)).sort(newestFirst);
    // A partition without an entry of the author has nothing of the author above its committed offset. So there is one range mostly.
    const cut = this.tails.filter(({ tail }) => tail.ofAuthor(authorId).length > 0);
    const starts = [undefined, ...cut.map(({ tail }) => tail.band.last)];
    const ends = [...cut.map(({ committed }) => committed + 1), undefined];
    this.ranges = starts.flatMap((after, i) => (after === Number.MAX_SAFE_INTEGER ? [] : between(after, ends[i])));
  }

  async count(): Promise<number> {
    return this.inTails.length + (await this.store.countByAuthor(this.authorId, this.ranges));
  }

  /** @returns undefined if the messages changed meanwhile */
  async page(skip: number, limit: number): Promise<Slice<Chat> | undefined> {
    const { inTails, store, authorId, ranges } = this;
    const wanted = limit + 1;
    const onTop = await this.countOnTop();
    const top = inTails.slice(0, onTop).slice(skip, skip + wanted);
    if (top.length === wanted) return this.load(top, limit);
    // The other entries may be anywhere among the stored messages.
    const mixed = inTails.slice(onTop);
    const skipMixed = Math.max(0, skip - onTop);
    const skipStored = Math.max(0, skipMixed - mixed.length);
    const skipped = skipMixed - skipStored;
    const stored = await store.byAuthor(authorId, ranges, skipStored, skipped + wanted - top.length);
    if (stored.some((chat) => this.isUncommitted(chat))) return undefined;
    const rest = [...mixed, ...stored].sort(newestFirst).slice(skipped);
    return this.load([...top, ...rest].slice(0, wanted), limit);
  }

  /** Number of entries that are newer than all stored messages: all of them if there is one partition. */
  private async countOnTop(): Promise<number> {
    const { inTails, tails, store, authorId, ranges } = this;
    if (tails.length === 1 || inTails.length === 0) return inTails.length;
    const [newest] = await store.byAuthor(authorId, ranges, 0, 1);
    const index = newest ? inTails.findIndex((entry) => newestFirst(entry, newest) > 0) : -1;
    return index === -1 ? inTails.length : index;
  }

  /** It was sent and stored after the tails were read. */
  private isUncommitted({ offset }: Chat): boolean {
    return this.tails.some(({ tail: { band }, committed }) => offset > committed && isIn(offset, band));
  }

  private async load(page: readonly (TailEntry | Chat)[], limit: number): Promise<Slice<Chat> | undefined> {
    const chats = new Map<number, Chat>();
    for (const { tail } of this.tails) {
      const entries = page.filter((one) => !isWhole(one) && isIn(one.offset, tail.band));
      const read = await tail.read(entries);
      if (!read) return undefined;
      for (const chat of read) chats.set(chat.offset, chat);
    }
    return slice(
      page.flatMap((one) => (isWhole(one) ? one : (chats.get(one.offset) ?? []))),
      limit,
    );
  }
}

const isWhole = (one: TailEntry | Chat): one is Chat => 'text' in one;

const between = (after: number | undefined, before: number | undefined): OffsetRange => ({
  ...(after !== undefined && { after }),
  ...(before !== undefined && { before }),
});
