import type { Chat } from '../domain/chat';

/** Rough size of a chat on the heap, in bytes: object, strings (text as UTF-16) and the eight percents. */
export const sizeOf = (chat: Chat): number => 400 + 2 * chat.text.length;

/** Dropped places are given back in blocks, so that dropping from the front is cheap on average. */
const SLACK = 256;

/** The newest chats of one room without a hole: every chat of the room with an offset above `from` is here. */
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

  /** Adds older chats, oldest first; from then on the ring is complete above `from`. */
  prepend(older: readonly Chat[], from: number): void {
    this.chats = [...older, ...this.chats.slice(this.start)];
    this.start = 0;
    for (const chat of older) this.bytes += sizeOf(chat);
    this.from = from;
  }

  /** Forgets from the front until at most `max` chats are left. */
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

  /** How many chats have an offset above the given one, which must be at least `from`. */
  countAfter(offset: number): number {
    return this.chats.length - this.indexAfter(offset);
  }

  /** @param offset at least `from` */
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
