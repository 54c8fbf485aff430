import type { Chat } from '../../domain/chat';
import type { ChatTable } from './chat-table';

export interface SettledEntriesOptions {
  /** Entries that the store may not have, and entries that were settled before the store had them. */
  readonly own: ChatTable;
  /** The table of the store. */
  readonly stored: ChatTable;
  readonly epoch: string;
  readonly first: number;
}

/**
 * The entries of the log that are in LMDB. A committed entry that the store has is kept once, in the table of the store. Trimming
 * moves `first`; the log does not show what is below it. Changes happen inside a transaction of the caller.
 */
export class SettledEntries {
  /** Offset of the oldest entry that is not trimmed. */
  first: number;

  constructor(private readonly options: SettledEntriesOptions) {
    this.first = options.first;
  }

  get(offset: number, known?: Partial<Chat>): Chat | undefined {
    if (offset < this.first) return undefined;
    return this.options.own.get(offset, known) ?? this.options.stored.get(offset, known);
  }

  /** @returns entries in [start, end), oldest first, at most `limit`; undefined if one of them was trimmed */
  range(start: number, end: number, limit: number): Chat[] | undefined {
    const count = Math.min(limit, end - start);
    if (count <= 0) return [];
    const chats = start < this.first ? [] : this.merged({ start, end, limit: count }, (a, b) => a.offset - b.offset);
    return chats.length === count ? chats : undefined;
  }

  /** Entries from `last` down, newest first, at most `limit`. */
  back(last: number, limit: number): Chat[] {
    return this.merged({ start: last, end: this.first - 1, limit, reverse: true }, (a, b) => b.offset - a.offset);
  }

  /** Whether the log may change the entry: otherwise the store does. */
  owns(offset: number): boolean {
    return offset >= this.first && this.options.own.has(offset);
  }

  /**
   * Trims committed entries that are not above `newest` or are too old, the latter at most `limit` at a time.
   * @returns whether there may be more
   */
  trim(committed: number, newest: number, olderThan: number, limit: number): boolean {
    this.first = Math.max(this.first, Math.min(committed, newest) + 1);
    for (let left = limit; this.first <= committed; this.first++, left--) {
      if (left === 0) return true;
      if ((this.get(this.first)?.sentAt ?? 0) >= olderThan) return false;
    }
    return false;
  }

  /** Offsets of own entries that are trimmed and still there. */
  trimmed(limit: number): number[] {
    return this.options.own.offsets({ start: 1, end: this.first, limit });
  }

  private merged(range: Parameters<ChatTable['range']>[0], order: (a: Chat, b: Chat) => number): Chat[] {
    const { own, stored, epoch } = this.options;
    const chats = own.range(range);
    if (chats.length === range.limit) return chats;
    const offsets = new Set(chats.map(({ offset }) => offset));
    const others = stored.range(range).filter((chat) => chat.epoch === epoch && !offsets.has(chat.offset));
    return offsets.size === 0 ? others : [...chats, ...others].sort(order).slice(0, range.limit);
  }
}
