import type { Chat } from '../domain/chat';

/** Estimated size of a chat on the heap, in bytes: the object, its strings (text as UTF-16) and eight emotion scores. */
export const sizeOf = (chat: Chat): number => 400 + 2 * chat.text.length;

/** Dropped slots at the front before the array is copied, so that dropping is cheap on average. */
const SLACK = 256;

/** The newest chats of one room without gaps: it has every chat of the room with an offset above `from`. */
export class RoomRing {
  bytes = 0;
  private chats: Chat[] = [];
  private start = 0;

  /** @param from offset above which the ring is complete */
  constructor(public from: number) {}

  get size(): number {
    return this.chats.length - this.start;
  }

  push(chat: Chat): void {
    this.chats.push(chat);
    this.bytes += sizeOf(chat);
  }

  /** Adds older chats, oldest first. The ring is then complete above `from`. */
  prepend(older: readonly Chat[], from: number): void {
    this.chats = [...older, ...this.chats.slice(this.start)];
    this.start = 0;
    for (const chat of older) this.bytes += sizeOf(chat);
    this.from = from;
  }

  /** Drops the oldest chats until at most `max` are left. */
  keepNewest(max: number): void {
    while (this.size > max) {
      const chat = this.chats[this.start++] as Chat;
      this.bytes -= sizeOf(chat);
      this.from = chat.offset;
    }
    if (this.start > SLACK || this.start === this.chats.length) {
      this.chats = this.chats.slice(this.start);
      this.start = 0;
    }
  }

  /** Changes the chat with this offset, if the ring has it. */
  replace(offset: number, change: (chat: Chat) => Chat): void {
    if (offset <= this.from) return;
    const index = this.indexAfter(offset - 1);
    const chat = this.chats[index];
    if (chat?.offset !== offset) return;
    this.chats[index] = change(chat);
    this.bytes += sizeOf(this.chats[index]) - sizeOf(chat);
  }

  /** Number of chats after the given offset, which must be at least `from`. */
  countAfter(offset: number): number {
    return this.chats.length - this.indexAfter(offset);
  }

  /** @param offset at least `from` @returns at most `limit` chats after it, oldest first */
  after(offset: number, limit: number): readonly Chat[] {
    const index = this.indexAfter(offset);
    return this.chats.slice(index, index + limit);
  }

  private indexAfter(offset: number): number {
    let low = this.start;
    let high = this.chats.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.chats[middle] as Chat).offset > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
