import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Chat } from '../../domain/chat';
import type { Window } from '../../domain/insight';
import type { ChatStore, OffsetRange } from '../../ports/chat-store';

/** Messages per read of the store. */
const CHUNK = 200;
/** Messages handed over per turn of the event loop: about a millisecond of work, because messages being sent wait for it. */
const SLICE = 50;

/**
 * Reads a room's messages of windows in log order: from the store, then from the log's tail. It keeps where windows begin, so one is
 * made for each letter.
 */
export class RoomMessages {
  private readonly offsets = new Map<number, Promise<number>>();
  private ends: Promise<readonly Chat[]> | undefined;

  constructor(
    private readonly room: string,
    private readonly store: Pick<ChatStore, 'byRoom'>,
    private readonly tail: { of(room: string): Promise<readonly Chat[]> },
  ) {}

  /** All visible messages of the window, in slices; the event loop runs between two slices. */
  async *inWindow(window: Window): AsyncGenerator<readonly Chat[]> {
    // Tail before store: a message flushed in between is then found in the store.
    const tail = await this.tail.of(this.room);
    let after = await this.lastOffsetBefore(window.start);
    for (;;) {
      const chunk = await this.store.byRoom(this.room, { after }, CHUNK, 'oldest-first');
      yield* slices(chunk, window);
      const last = chunk.at(-1);
      if (last) after = last.offset;
      if (last && last.sentAt >= window.end) return;
      if (chunk.length < CHUNK) break;
    }
    yield* slices(
      tail.filter((chat) => chat.offset > after),
      window,
    );
  }

  /** The first stored message of the window, hidden or not. */
  async firstIn(window: Window): Promise<Chat | undefined> {
    const after = await this.lastOffsetBefore(window.start);
    const [first] = await this.store.byRoom(this.room, { after }, 1, 'oldest-first');
    return first && first.sentAt < window.end ? first : undefined;
  }

  /** Accounts with visible messages in the window, counted up to `enough`. */
  async countWriters(window: Window, enough: number): Promise<number> {
    const writers = new Set<string>();
    for await (const chats of this.inWindow(window)) {
      for (const { authorId } of chats) writers.add(authorId);
      if (writers.size >= enough) return enough;
    }
    return writers.size;
  }

  /** About `count` stored messages of the window, in runs of up to CHUNK spread evenly over its offsets. */
  async *sample(window: Window, count: number): AsyncGenerator<readonly Chat[]> {
    const oldest = await this.firstIn(window);
    if (!oldest) return;
    const first = oldest.offset - 1;
    const last = await this.lastOffsetBefore(window.end);
    const runs = Math.max(1, Math.ceil(count / CHUNK));
    let after = first;
    for (let i = 0; i < runs && after < last; i++) {
      after = Math.max(after, Math.floor(first + ((last - first) * i) / runs));
      const chunk = await this.store.byRoom(this.room, { after, before: last + 1 }, CHUNK, 'oldest-first');
      yield* slices(chunk, window);
      after = chunk.at(-1)?.offset ?? last;
    }
  }

  /**
   * Offset of the room's last stored message before `instant`, 0 without one. Times never decrease with the offsets of a room, so a
   * binary search finds it with about 20 reads of one message; with 44 at most if the room had messages in another partition before.
   */
  private lastOffsetBefore(instant: number): Promise<number> {
    let found = this.offsets.get(instant);
    if (!found) this.offsets.set(instant, (found = this.searchLastBefore(instant)));
    return found;
  }

  private async searchLastBefore(instant: number): Promise<number> {
    const [oldest, newest] = await (this.ends ??= this.readEnds());
    if (!oldest || !newest || oldest.sentAt >= instant) return 0;
    if (newest.sentAt < instant) return newest.offset;
    let low = oldest.offset;
    let high = newest.offset;
    const firstIn = async (range: OffsetRange) => (await this.store.byRoom(this.room, range, 1, 'oldest-first'))[0];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const chat = await firstIn({ after: middle, before: high + 1 });
      if (chat && chat.sentAt < instant) low = chat.offset;
      else high = middle;
    }
    return low;
  }

  /** The oldest and the newest stored message of the room. Between them the offsets are those that its partitions gave out. */
  private async readEnds(): Promise<readonly Chat[]> {
    const [oldest] = await this.store.byRoom(this.room, {}, 1, 'oldest-first');
    const [newest] = await this.store.byRoom(this.room, {}, 1, 'newest-first');
    return oldest && newest ? [oldest, newest] : [];
  }
}

async function* slices(chats: readonly Chat[], window: Window): AsyncGenerator<readonly Chat[]> {
  for (let i = 0; i < chats.length; i += SLICE) {
    yield visible(chats.slice(i, i + SLICE), window);
    await nextTurn();
  }
}

const visible = (chats: readonly Chat[], window: Window): Chat[] =>
  chats.filter((chat) => !chat.hidden && chat.sentAt >= window.start && chat.sentAt < window.end);
