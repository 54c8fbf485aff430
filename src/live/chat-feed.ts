import { LRUCache } from 'lru-cache';
import { toTombstone, withFeeling, type Chat, type FeelingChange } from '../domain/chat';
import { DomainError, unavailable } from '../domain/errors';
import type { LogPosition, Position } from '../domain/position';
import type { ChatLog, Tail } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Logger } from '../ports/logger';
import { withDeadline } from '../util/deadline';
import { FreshRead } from '../util/fresh-read';
import { Listeners } from '../util/listeners';
import { LOG_STEP, readOlder } from './read-older';
import { RoomRing, sizeOf } from './room-ring';

export interface ChatFeedOptions {
  readonly log: ChatLog;
  readonly store: Pick<ChatStore, 'byRoom'>;
  /** Most chats that a replay may have to send. A longer gap is answered with CURSOR_EXPIRED. */
  readonly replayMax: number;
  /** Limit of all rings together, in bytes (estimated by room-ring). A gap that exceeds it alone is answered with CURSOR_EXPIRED. */
  readonly ringBytes: number;
  readonly logger: Logger;
}

/** Offsets of erased chats that are kept, the most recent ones. */
const ERASED_MAX = 100_000;
/** Changes of feelings that are kept, the most recent ones. */
const FEELINGS_MAX = 10_000;
/** How long a reader waits for the tail to reach a position that the log already has, in milliseconds. */
const TAIL_LAG_MS = 5_000;

/**
 * Follows the log and keeps the newest chats of each room in a ring. Replays are served from the ring. If a ring does not reach
 * back far enough, it is extended once for all readers of the room: from the log, and from the store for what the log has trimmed.
 */
export class ChatFeed {
  private readonly chatListeners: Listeners<[room: string, chats: readonly Chat[]]>;
  private readonly epochListeners: Listeners;
  /** By room, the least recently used first. */
  private readonly rings = new Map<string, RoomRing>();
  /** Reads that extend a ring, by room. */
  private readonly extensions = new Map<string, Promise<void>>();
  private readonly waiters = new Set<{ readonly position: Position; readonly resolve: () => void }>();
  /**
   * Offsets of erased chats. An announcement may arrive before the tail delivers the chat, or while an older copy is being read, and
   * the log may come back with older copies after a crash: so they are applied to every chat that enters a ring.
   */
  private readonly erased = new LRUCache<number, true>({ max: ERASED_MAX });
  /** Changes of feelings by offset, for the same reason. */
  private readonly feelings = new LRUCache<number, FeelingChange>({ max: FEELINGS_MAX });
  /** Number of invalidations: a warm-up that began before one is discarded. */
  private invalidations = 0;
  /** Size of all rings. */
  private bytes = 0;
  /** Position of the last entry that was taken from the tail. */
  private position: LogPosition | undefined;
  /** Rooms without a ring have no chat above this offset. */
  private floor = 0;
  private tail: Tail | undefined;
  private readonly headReads = new FreshRead(() => this.options.log.head());

  constructor(private readonly options: ChatFeedOptions) {
    const onError = (err: unknown): void => {
      options.logger.error({ err }, 'a listener of the chat feed failed; its subscribers may miss messages');
    };
    this.chatListeners = new Listeners(onError);
    this.epochListeners = new Listeners(onError);
  }

  /** Follows the log from its head. Also loads the newest entries before the head, so that replays after a restart need no reads. */
  async start(): Promise<void> {
    this.tail = await this.options.log.tail({
      entries: (entries) => {
        this.take(entries);
      },
      epoch: (start) => {
        this.begin(start);
      },
    });
    if (!this.position) this.begin(this.tail.from);
    await this.warmUp(this.tail.from);
  }

  stop(): void {
    this.tail?.stop();
    for (const { resolve } of this.waiters) resolve();
  }

  /** @param listener receives new chats of one room, in log order, without gaps or duplicates @returns a function that removes it */
  onChats(listener: (room: string, chats: readonly Chat[]) => void): () => void {
    return this.chatListeners.add(listener);
  }

  /** @param listener is called when the log was lost or recreated: all earlier cursors are invalid @returns a function that removes it */
  onEpoch(listener: () => void): () => void {
    return this.epochListeners.add(listener);
  }

  /** @returns a head that is not older than the call. Concurrent callers share the next read of the log. */
  head(): Promise<LogPosition> {
    return this.headReads.get();
  }

  /**
   * Chats of the position's room after it, oldest first, at most `limit`; empty if there are none up to the last chat that the
   * listeners received. Returns them directly if they are in memory, otherwise a promise; concurrent calls for one gap share the
   * read. Waits for a position that the log has and the tail has not reached. A reader that calls it until the result is empty and
   * listens from that same turn on gets every chat once.
   * @throws DomainError CURSOR_EXPIRED if the position is of another epoch, beyond the head, or more than the replay limit of
   *   chats back; UNAVAILABLE while log or store cannot be reached
   */
  after(position: Position, limit: number): readonly Chat[] | Promise<readonly Chat[]> {
    if (!this.hasReached(position)) return this.catchUp(position).then(() => this.after(position, limit));
    const ring = this.ringOf(position.room);
    if (position.offset < ring.from) {
      if (ring.size >= this.options.replayMax) throw new DomainError('CURSOR_EXPIRED');
      return this.extend(position).then(() => this.after(position, limit));
    }
    if (ring.countAfter(position.offset) > this.options.replayMax) throw new DomainError('CURSOR_EXPIRED');
    return ring.after(position.offset, limit);
  }

  /** Drops all chats kept. They are read again when a reader needs them. */
  invalidate(): void {
    this.invalidations++;
    // New ring objects, so that the results of reads under way are discarded.
    for (const [room, { from }] of this.rings) this.rings.set(room, new RoomRing(this.position?.offset ?? from));
    this.bytes = 0;
  }

  /** Shows only the tombstone of an erased chat from now on. The chat may still be ahead of the tail. */
  erase(room: string, offset: number): void {
    this.erased.set(offset, true);
    const ring = this.rings.get(room);
    if (ring) {
      this.change(ring, () => {
        ring.replace(offset, toTombstone);
      });
    }
  }

  /** Shows a chat with this feeling from now on. The chat may still be ahead of the tail. */
  setFeeling(room: string, { offset, feeling, revision }: FeelingChange & Pick<Chat, 'offset'>): void {
    if ((this.feelings.get(offset)?.revision ?? 0) < revision) this.feelings.set(offset, { feeling, revision });
    const ring = this.rings.get(room);
    if (ring) {
      this.change(ring, () => {
        ring.replace(offset, (chat) => withFeeling(chat, { feeling, revision }));
      });
    }
  }

  private withChanges(chats: readonly Chat[]): readonly Chat[] {
    if (this.erased.size === 0 && this.feelings.size === 0) return chats;
    return chats.map((chat) => {
      if (!chat.hidden && this.erased.has(chat.offset)) return toTombstone(chat);
      const change = this.feelings.get(chat.offset);
      return change ? withFeeling(chat, change) : chat;
    });
  }

  private take(entries: readonly Chat[]): void {
    const first = entries[0];
    const last = entries[entries.length - 1];
    if (!first || !last) return;
    if (!this.position) this.begin({ epoch: first.epoch, offset: first.offset - 1 });
    const byRoom = groupByRoom(this.withChanges(entries));
    for (const [room, chats] of byRoom) {
      this.change(this.ringOf(room), (ring) => {
        for (const chat of chats) ring.push(chat);
        ring.keepNewest(this.options.replayMax);
      });
    }
    this.position = { epoch: last.epoch, offset: last.offset };
    for (const [room, chats] of byRoom) this.chatListeners.call(room, chats);
    this.evictLeastRecentlyUsed();
    this.resolveWaiters();
  }

  private begin(start: LogPosition): void {
    const isFirst = this.position === undefined;
    this.position = start;
    this.floor = start.offset;
    this.rings.clear();
    this.bytes = 0;
    if (!isFirst) this.epochListeners.call();
    this.resolveWaiters();
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

  /** Empties the rings in order of last use. A ring that exceeds the limit alone is halved. */
  private evictLeastRecentlyUsed(): void {
    for (const ring of this.rings.values()) {
      if (this.bytes <= this.options.ringBytes) return;
      this.change(ring, () => {
        ring.keepNewest(ring.bytes < this.bytes ? 0 : ring.size >> 1);
      });
    }
  }

  /** Waits until the tail has reached a position that the log has. */
  private async catchUp(position: Position): Promise<void> {
    const head = await this.head();
    if (head.epoch !== position.epoch || head.offset < position.offset) throw new DomainError('CURSOR_EXPIRED');
    if (this.hasReached(position)) return;
    const waiter = { position, resolve: (): void => undefined };
    const reached = new Promise<void>((resolve) => {
      waiter.resolve = resolve;
    });
    this.waiters.add(waiter);
    await withDeadline(reached, TAIL_LAG_MS).catch(() => undefined);
    this.waiters.delete(waiter);
    if (!this.hasReached(position)) throw unavailable('The live stream is behind. Please try again.');
  }

  private hasReached({ epoch, offset }: Position): boolean {
    return this.position?.epoch === epoch && this.position.offset >= offset;
  }

  private resolveWaiters(): void {
    for (const { position, resolve } of this.waiters) if (this.hasReached(position)) resolve();
  }

  private extend(position: Position): Promise<void> {
    const { room } = position;
    const running = this.extensions.get(room);
    if (running) return running;
    const extension = this.load(position).finally(() => this.extensions.delete(room));
    this.extensions.set(room, extension);
    return extension;
  }

  private async load({ room, offset: target }: Position): Promise<void> {
    const { log, store, replayMax } = this.options;
    const ring = this.ringOf(room);
    const upTo = ring.from;
    const { older, before } = await readOlder({ log, store, room, target, upTo, max: replayMax - ring.size + 1 });
    // A ring over the limit would be evicted at once, and the next call would read the same chats again.
    if (ring.bytes + older.reduce((sum, chat) => sum + sizeOf(chat), 0) > this.options.ringBytes) {
      throw new DomainError('CURSOR_EXPIRED');
    }
    // If the ring was replaced or cut during the read, the chats no longer join it. Readers that still need them call again.
    if (this.rings.get(room) !== ring || ring.from !== upTo) return;
    this.change(ring, () => {
      ring.prepend(this.withChanges([...older].reverse()), before - 1);
      ring.keepNewest(replayMax);
    });
    this.ringOf(room);
    this.evictLeastRecentlyUsed();
  }

  private async warmUp(from: LogPosition): Promise<void> {
    const { log, replayMax, ringBytes } = this.options;
    const read: Chat[] = [];
    const { invalidations } = this;
    let before = from.offset + 1;
    for (let bytes = 0; read.length < replayMax && bytes < ringBytes / 2;) {
      const entries = await log.readBack(before, LOG_STEP);
      read.push(...entries);
      for (const chat of entries) bytes += sizeOf(chat);
      before = entries.at(-1)?.offset ?? before;
      if (entries.length < LOG_STEP) break;
    }
    if (this.position?.epoch !== from.epoch || this.invalidations !== invalidations) return;
    for (const [room, chats] of groupByRoom(this.withChanges(read))) {
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

function groupByRoom(chats: readonly Chat[]): Map<string, Chat[]> {
  const groups = new Map<string, Chat[]>();
  for (const chat of chats) {
    const group = groups.get(chat.room);
    if (group) group.push(chat);
    else groups.set(chat.room, [chat]);
  }
  return groups;
}
