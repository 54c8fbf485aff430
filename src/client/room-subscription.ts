import { backoffMs, retryMs } from './backoff';
import type { Link } from './link';
import type { LiveError, RoomWatch } from './types';

/** Cursors of the last messages, to drop what comes twice. */
const REMEMBERED = 1_024;

/**
 * Keeps one room complete: load, then subscribe from there; after an interruption subscribe from the last message; where that place
 * is too far back or gone, load again.
 */
export class RoomFollower<TChat extends { readonly cursor: string }> {
  private cursor: string | undefined;
  private readonly seen = new Set<string>();
  private batch: TChat[] = [];
  private flush: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private undo: (() => void) | undefined;
  private attempt = 0;
  /** Grows with every interruption, so that what was begun before it goes nowhere. */
  private turn = 0;

  constructor(private readonly watch: RoomWatch<TChat>) {}

  up(link: Link, settled: () => void): void {
    const turn = ++this.turn;
    if (this.cursor !== undefined) {
      this.subscribe(link, settled, this.cursor);
      return;
    }
    this.watch.load().then(
      ({ items, cursor }) => {
        if (turn !== this.turn) return;
        this.cursor = cursor;
        this.seen.clear();
        this.batch = [];
        items.forEach((chat) => this.remember(chat));
        this.watch.onLoaded(items);
        this.subscribe(link, settled, cursor);
      },
      () => {
        if (turn === this.turn) this.again(link, settled, backoffMs(this.attempt++));
      },
    );
  }

  down(): void {
    this.turn++;
    this.undo = undefined;
    clearTimeout(this.retry);
  }

  close(): void {
    this.undo?.();
    this.down();
    clearTimeout(this.flush);
  }

  private subscribe(link: Link, settled: () => void, after: string): void {
    const turn = this.turn;
    let received = 0;
    this.undo = link.subscribe(
      String(this.watch.query),
      { room: this.watch.room, after },
      {
        next: (data) => {
          received++;
          this.attempt = 0;
          this.take((data as { newChat: TChat }).newChat);
        },
        error: (errors) => {
          if (turn === this.turn) this.refused(link, settled, errors);
        },
      },
    );
    // Caught up when the server has answered a question and had nothing to send before the answer.
    const ask = (before: number): void => {
      link.roundTrip(() => {
        if (turn !== this.turn) return;
        if (received === before) settled();
        else ask(received);
      });
    };
    ask(0);
  }

  private refused(link: Link, settled: () => void, errors: readonly LiveError[]): void {
    if (errors.some(({ extensions }) => extensions?.code === 'CURSOR_EXPIRED')) {
      this.cursor = undefined;
      // At once the first time; a server that goes on refusing what it has just answered is given time.
      this.again(link, settled, this.attempt++ === 0 ? 0 : backoffMs(this.attempt));
      return;
    }
    const wait = retryMs(errors, this.attempt++);
    if (wait !== undefined) this.again(link, settled, wait);
    else {
      settled();
      this.watch.onError?.(errors);
    }
  }

  private again(link: Link, settled: () => void, wait: number): void {
    // The answer to what was asked on the way is about a subscription that is none.
    this.turn++;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.up(link, settled);
    }, wait);
  }

  private take(chat: TChat): void {
    if (this.seen.has(chat.cursor)) return;
    this.remember(chat);
    this.cursor = chat.cursor;
    this.batch.push(chat);
    this.flush ??= setTimeout(() => {
      this.flush = undefined;
      const chats = this.batch;
      this.batch = [];
      if (chats.length > 0) this.watch.onChats(chats);
    }, 0);
  }

  private remember(chat: TChat): void {
    this.seen.add(chat.cursor);
    for (const oldest of this.seen) {
      if (this.seen.size <= REMEMBERED) break;
      this.seen.delete(oldest);
    }
  }
}
