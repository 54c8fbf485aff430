import { backoffMs, retryMs } from './backoff';
import { ChangeSubscription } from './change-subscription';
import type { Reconnector } from './reconnector';
import type { LiveError, RoomWatch } from './types';

/** Cursors remembered to drop duplicates. */
const MAX_REMEMBERED = 1_024;

/**
 * Delivers a room's messages in order, without gaps or duplicates: loads, then subscribes from the loaded cursor. After a reconnect
 * it subscribes from the last message; if the server refuses that cursor as expired, it loads again. Changed messages follow.
 */
export class RoomSubscription<TChat extends { readonly cursor: string }> {
  private cursor: string | undefined;
  private readonly seen = new Set<string>();
  private batch: TChat[] = [];
  private flush: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private unsubscribe: (() => void) | undefined;
  private attempt = 0;
  /** Grows with every interruption. Callbacks of an earlier generation are ignored. */
  private generation = 0;

  private readonly changes: ChangeSubscription<TChat> | undefined;
  /** Changed messages that wait for the first `onLoaded`, or for the batch. */
  private changed: TChat[] = [];
  private loaded = false;

  constructor(private readonly watch: RoomWatch<TChat>) {
    const { changes, onChanged } = watch;
    if (!changes || !onChanged) return;
    this.changes = new ChangeSubscription({ ...watch, changes }, (chats) => {
      this.changed.push(...chats);
      this.showChanged();
    });
  }

  connected(connection: Reconnector, caughtUp: () => void): void {
    this.changes?.connected(connection);
    const { loaded } = this;
    this.start(connection, () => {
      caughtUp();
      // Changes during the interruption were missed.
      if (loaded) this.changes?.loadAgain();
    });
  }

  private start(connection: Reconnector, caughtUp: () => void): void {
    const generation = ++this.generation;
    if (this.cursor !== undefined) {
      this.subscribe(connection, caughtUp, this.cursor);
      return;
    }
    this.watch.load().then(
      ({ items, cursor }) => {
        if (generation !== this.generation) return;
        this.cursor = cursor;
        this.seen.clear();
        this.batch = [];
        items.forEach((chat) => this.remember(chat));
        this.watch.onLoaded(items);
        this.loaded = true;
        this.showChanged();
        this.subscribe(connection, caughtUp, cursor);
      },
      () => {
        if (generation === this.generation) this.startAgain(connection, caughtUp, backoffMs(this.attempt++));
      },
    );
  }

  disconnected(): void {
    this.changes?.disconnected();
    this.generation++;
    this.unsubscribe = undefined;
    clearTimeout(this.retry);
  }

  close(): void {
    this.changes?.close();
    this.unsubscribe?.();
    this.disconnected();
    clearTimeout(this.flush);
  }

  private subscribe(connection: Reconnector, caughtUp: () => void, after: string): void {
    const { generation } = this;
    let received = 0;
    this.unsubscribe = connection.subscribe(
      String(this.watch.query),
      { room: this.watch.room, after },
      {
        next: (data) => {
          received++;
          this.attempt = 0;
          this.receive((data as { newChat: TChat }).newChat);
        },
        error: (errors) => {
          if (generation === this.generation) this.refused(connection, caughtUp, errors);
        },
      },
    );
    // Caught up when nothing has arrived during a whole round trip.
    const probe = (before: number): void => {
      connection.roundTrip(() => {
        if (generation !== this.generation) return;
        if (received === before) caughtUp();
        else probe(received);
      });
    };
    probe(0);
  }

  private refused(connection: Reconnector, caughtUp: () => void, errors: readonly LiveError[]): void {
    if (errors.some(({ extensions }) => extensions?.code === 'CURSOR_EXPIRED')) {
      this.cursor = undefined;
      // At once the first time. A server that refuses the cursor it has just returned is asked with backoff.
      this.startAgain(connection, caughtUp, this.attempt++ === 0 ? 0 : backoffMs(this.attempt));
      return;
    }
    const wait = retryMs(errors, this.attempt++);
    if (wait !== undefined) this.startAgain(connection, caughtUp, wait);
    else {
      caughtUp();
      this.watch.onError?.(errors);
    }
  }

  private startAgain(connection: Reconnector, caughtUp: () => void, wait: number): void {
    // A round trip under way belongs to the subscription that was refused.
    this.generation++;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.start(connection, caughtUp);
    }, wait);
  }

  /** Messages that arrive in the same turn are delivered together. */
  private receive(chat: TChat): void {
    if (this.seen.has(chat.cursor)) return;
    this.remember(chat);
    this.cursor = chat.cursor;
    this.batch.push(chat);
    this.flush ??= setTimeout(() => {
      this.flush = undefined;
      const chats = this.batch;
      this.batch = [];
      if (chats.length > 0) this.watch.onChats(chats);
      this.showChanged();
    }, 0);
  }

  /** After the messages that arrived before: a message that changes may be in the batch. */
  private showChanged(): void {
    if (!this.loaded || this.flush !== undefined || this.changed.length === 0) return;
    this.watch.onChanged?.(this.changed.splice(0));
  }

  private remember(chat: TChat): void {
    this.seen.add(chat.cursor);
    for (const oldest of this.seen) {
      if (this.seen.size <= MAX_REMEMBERED) break;
      this.seen.delete(oldest);
    }
  }
}
