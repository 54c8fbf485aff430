import type { Chat } from '../domain/chat';
import { DomainError, unavailable } from '../domain/errors';
import type { LogPosition, Position } from '../domain/position';
import type { ChatLog, Tail } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import { RoomRing, sizeOf } from './room-ring';

export interface FeedListener {
  /** New chats of one room, in log order, none left out and none twice. Must not throw. */
  chats(room: string, chats: readonly Chat[]): void;
  /** The log was lost or recreated: no place of before means anything any more. Must not throw. */
  epoch(): void;
}

export interface ChatFeedOptions {
  readonly log: ChatLog;
  readonly store: Pick<ChatStore, 'byRoom'>;
  /** A gap of more chats than this is not filled. */
  readonly replayMax: number;
  /** All rings together, in bytes (as room-ring estimates them). A gap that is larger than this alone is not filled either. */
  readonly ringBytes: number;
}

const LOG_STEP = 1_000;
/** A store read takes at least this many, so that readers with somewhat older places need no read of their own. */
const STORE_MIN = 1_000;
/** How long a place that the log has may stay ahead of the tail, in milliseconds. */
const TAIL_LAG_MS = 5_000;

/**
 * Follows the log and keeps each room's newest chats in memory. A replay comes from the ring; where that does not reach, the
 * ring is extended backwards once for all who wait, from the log and, for what the log has trimmed, from the store.
 */
export class ChatFeed {
  private readonly listeners = new Set<FeedListener>();
  /** In order of last use. */
  private readonly rings = new Map<string, RoomRing>();
  private readonly loading = new Map<string, Promise<void>>();
  private waiting: { readonly position: Position; readonly wake: () => void }[] = [];
  private bytes = 0;
  private place: LogPosition | undefined;
  /** Rooms without a ring have no chat above this offset. */
  private floor = 0;
  private tail: Tail | undefined;
  private headRead: Promise<LogPosition> | undefined;
  private nextHeadRead: Promise<LogPosition> | undefined;

  constructor(private readonly options: ChatFeedOptions) {}

  /** Follows the log from its head on, and reads what the log still has of before into memory, so that a restart costs no replay. */
  async start(): Promise<void> {
    this.tail = await this.options.log.tail({
      entries: (entries) => {
        this.take(entries);
      },
      epoch: (start) => {
        this.begin(start);
      },
    });
    if (!this.place) this.begin(this.tail.from);
    await this.warmUp(this.tail.from);
  }

  stop(): void {
    this.tail?.stop();
    this.waiting.forEach(({ wake }) => {
      wake();
    });
  }

  listen(listener: FeedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @returns a head that is not older than the call. Concurrent callers share the next read of the log. */
  head(): Promise<LogPosition> {
    if (!this.headRead) {
      this.headRead = this.options.log.head().finally(() => {
        this.headRead = undefined;
      });
      return this.headRead;
    }
    this.nextHeadRead ??= this.headRead
      .catch(() => undefined)
      .then(() => {
        this.nextHeadRead = undefined;
        return this.head();
      });
    return this.nextHeadRead;
  }

  /**
   * Chats of the position's room after it, oldest first, at most `limit`; empty when there are none up to where the listeners stand.
   * Not a promise when they are in memory. Concurrent calls for one gap share the read. Waits for a position that is in the log but
   * ahead of the listeners. A reader that calls it until the answer is empty, and listens from that same turn on, gets every chat once.
   * @throws DomainError CURSOR_EXPIRED if the position is of another epoch, beyond the head, or more than the replay limit of
   *   chats away; UNAVAILABLE while log or store cannot be reached
   */
  after(position: Position, limit: number): readonly Chat[] | Promise<readonly Chat[]> {
    if (position.epoch !== this.place?.epoch || position.offset > this.place.offset) {
      return this.catchUp(position).then(() => this.after(position, limit));
    }
    const ring = this.ringOf(position.room);
    if (position.offset < ring.from) {
      if (ring.size >= this.options.replayMax) throw new DomainError('CURSOR_EXPIRED');
      return this.extend(position).then(() => this.after(position, limit));
    }
    if (ring.countAfter(position.offset) > this.options.replayMax) throw new DomainError('CURSOR_EXPIRED');
    return ring.after(position.offset, limit);
  }

  /** What is kept of the room, or of all rooms, is out of date: it is read again when somebody asks for it. */
  forget(room?: string): void {
    for (const name of room === undefined ? [...this.rings.keys()] : [room]) {
      const ring = this.rings.get(name);
      if (!ring) continue;
      this.bytes -= ring.bytes;
      // Another ring, so that a read that is under way is dropped with the old one.
      this.rings.set(name, new RoomRing(this.place?.offset ?? ring.from));
    }
  }

  private take(entries: readonly Chat[]): void {
    const first = entries[0];
    const last = entries[entries.length - 1];
    if (!first || !last) return;
    if (!this.place) this.begin({ epoch: first.epoch, offset: first.offset - 1 });
    const byRoom = new Map<string, Chat[]>();
    for (const chat of entries) {
      const list = byRoom.get(chat.room);
      if (list) list.push(chat);
      else byRoom.set(chat.room, [chat]);
    }
    for (const [room, chats] of byRoom) {
      this.change(this.ringOf(room), (ring) => {
        for (const chat of chats) ring.push(chat);
        ring.keepNewest(this.options.replayMax);
      });
    }
    this.place = { epoch: last.epoch, offset: last.offset };
    for (const listener of this.listeners) {
      for (const [room, chats] of byRoom) listener.chats(room, chats);
    }
    this.evictLeastRecentlyUsed();
    this.wake();
  }

  private begin(start: LogPosition): void {
    const first = this.place === undefined;
    this.place = start;
    this.floor = start.offset;
    this.rings.clear();
    this.bytes = 0;
    if (!first) for (const listener of this.listeners) listener.epoch();
    this.wake();
  }

  private ringOf(room: string): RoomRing {
    const ring = this.rings.get(room) ?? new RoomRing(this.floor);
    this.rings.delete(room);
    this.rings.set(room, ring);
    return ring;
  }

  private change(ring: RoomRing, by: (ring: RoomRing) => void): void {
    const before = ring.bytes;
    by(ring);
    this.bytes += ring.bytes - before;
  }

  /** Rooms are emptied in order of last use; the last one is only cut, when it is too large by itself. */
  private evictLeastRecentlyUsed(): void {
    for (const ring of this.rings.values()) {
      if (this.bytes <= this.options.ringBytes) return;
      this.change(ring, () => {
        ring.keepNewest(ring.bytes < this.bytes ? 0 : ring.size >> 1);
      });
    }
  }

  /** Waits for the tail to reach a place that the log has. */
  private async catchUp(position: Position): Promise<void> {
    const head = await this.head();
    if (head.epoch !== position.epoch || head.offset < position.offset) throw new DomainError('CURSOR_EXPIRED');
    if (this.reached(position)) return;
    await new Promise<void>((resolve) => {
      const waiter = {
        position,
        wake: (): void => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((other) => other !== waiter);
        resolve();
      }, TAIL_LAG_MS);
      this.waiting.push(waiter);
    });
    if (!this.reached(position)) throw unavailable('The live stream is behind. Please try again.');
  }

  private reached(position: Position): boolean {
    return this.place?.epoch === position.epoch && this.place.offset >= position.offset;
  }

  private wake(): void {
    if (this.waiting.length === 0) return;
    const there = this.waiting.filter(({ position }) => this.reached(position));
    this.waiting = this.waiting.filter(({ position }) => !this.reached(position));
    for (const { wake } of there) wake();
  }

  private extend(position: Position): Promise<void> {
    const { room } = position;
    const running = this.loading.get(room);
    if (running) return running;
    const load = this.load(position).finally(() => this.loading.delete(room));
    this.loading.set(room, load);
    return load;
  }

  private async load({ room, offset: target }: Position): Promise<void> {
    const { log, store, replayMax } = this.options;
    const ring = this.ringOf(room);
    const upTo = ring.from;
    const most = replayMax - ring.size + 1;
    const older: Chat[] = [];
    let before = upTo + 1;
    let logEnds = false;
    while (!logEnds && before - 1 > target && older.length < most) {
      const entries = await log.readBack(before, LOG_STEP);
      for (const chat of entries) if (chat.room === room) older.push(chat);
      before = entries.at(-1)?.offset ?? before;
      logEnds = entries.length < LOG_STEP;
    }
    if (before - 1 > target && older.length < most) {
      // The log was trimmed below `before`, and only what is stored is trimmed.
      const wanted = Math.max(1, Math.min(most - older.length, Math.max(STORE_MIN, 2 * (before - target))));
      const stored = await store.byRoom(room, { before }, wanted, 'newest-first');
      older.push(...stored);
      before = stored.length < wanted ? 1 : (stored.at(-1)?.offset ?? 1);
    }
    // Kept, it would be dropped at once, and read again for ever.
    if (ring.bytes + older.reduce((sum, chat) => sum + sizeOf(chat), 0) > this.options.ringBytes) {
      throw new DomainError('CURSOR_EXPIRED');
    }
    // Rings that were dropped or cut meanwhile no longer join what was read; whoever still needs it asks again.
    if (this.rings.get(room) !== ring || ring.from !== upTo) return;
    this.change(ring, () => {
      ring.prepend(older.reverse(), before - 1);
      ring.keepNewest(replayMax);
    });
    this.ringOf(room);
    this.evictLeastRecentlyUsed();
  }

  private async warmUp(from: LogPosition): Promise<void> {
    const { log, replayMax, ringBytes } = this.options;
    const older = new Map<string, Chat[]>();
    let before = from.offset + 1;
    let bytes = 0;
    for (let read = 0; read < replayMax && bytes < ringBytes / 2;) {
      const entries = await log.readBack(before, LOG_STEP);
      for (const chat of entries) {
        const list = older.get(chat.room);
        if (list) list.push(chat);
        else older.set(chat.room, [chat]);
        bytes += sizeOf(chat);
      }
      read += entries.length;
      before = entries.at(-1)?.offset ?? before;
      if (entries.length < LOG_STEP) break;
    }
    if (this.place?.epoch !== from.epoch) return;
    for (const [room, chats] of older) {
      this.change(this.ringOf(room), (ring) => {
        if (ring.from === from.offset) ring.prepend(chats.reverse(), before - 1);
        ring.keepNewest(replayMax);
      });
    }
    for (const ring of this.rings.values()) if (ring.from === from.offset) ring.from = before - 1;
    this.floor = before - 1;
    this.evictLeastRecentlyUsed();
  }
}
