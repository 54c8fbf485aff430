import type { Chat } from '../../domain/chat';

/** An entry and its record. */
export interface Encoded {
  readonly chat: Chat;
  readonly record: Buffer;
  /** Whether the store has it, on the disk. */
  isStored?: boolean;
}

/** The newest entries of the log, without gaps: they are in the journal and not yet in LMDB. */
export class Unsettled {
  private entries: Encoded[] = [];
  private readonly byId = new Map<string, Chat>();

  /** @param settled every entry up to this offset is in LMDB */
  constructor(public settled: number) {}

  get last(): number {
    return this.settled + this.entries.length;
  }

  add(entries: readonly Encoded[]): void {
    for (const entry of entries) {
      this.entries.push(entry);
      this.byId.set(entry.chat.id, entry.chat);
    }
  }

  find(id: string): Chat | undefined {
    return this.byId.get(id);
  }

  /** The record of the entry with exactly this chat. */
  recordOf(chat: Chat): Buffer | undefined {
    const entry = this.entries[chat.offset - this.settled - 1];
    return entry?.chat === chat ? entry.record : undefined;
  }

  markStored({ id, offset }: Chat): void {
    const entry = this.entries[offset - this.settled - 1];
    if (entry?.chat.id === id) entry.isStored = true;
  }

  /** Offset of the last entry up to `upTo` that the store does not have; 0 without one. */
  lastNotStored(upTo: number): number {
    for (let offset = upTo; offset > this.settled; offset--) {
      if (this.entries[offset - this.settled - 1]?.isStored !== true) return offset;
    }
    return 0;
  }

  /** The oldest entries, at most `limit`. */
  oldest(limit: number): readonly Encoded[] {
    return this.entries.slice(0, limit);
  }

  /** Forgets that many of the oldest entries, which are in LMDB now. */
  settle(count: number): void {
    for (const { chat } of this.entries.slice(0, count)) this.byId.delete(chat.id);
    this.entries = this.entries.slice(count);
    this.settled += count;
  }

  /** Entries from the offset on, oldest first, at most `limit`. */
  from(offset: number, limit: number): Chat[] {
    const first = Math.max(0, offset - this.settled - 1);
    return this.entries.slice(first, first + limit).map(({ chat }) => chat);
  }

  /** Entries up to the offset, newest first, at most `limit`. */
  back(offset: number, limit: number): Chat[] {
    const end = Math.min(this.entries.length, offset - this.settled);
    if (end <= 0) return [];
    return this.entries
      .slice(Math.max(0, end - limit), end)
      .map(({ chat }) => chat)
      .reverse();
  }
}
