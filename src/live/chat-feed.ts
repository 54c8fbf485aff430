import { toTombstone, withFeeling, type Chat, type FeelingChange } from '../domain/chat';
import { DomainError } from '../domain/errors';
import type { LogPosition, Position } from '../domain/position';
import type { LogPartition, RoomTail } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Logger } from '../ports/logger';
import { FreshRead } from '../util/fresh-read';
import { Listeners } from '../util/listeners';
import { AnnouncedChanges } from './announced-changes';
import { LogScan } from './log-scan';
import { readOlder } from './read-older';
import { sizeOf, type RoomRing } from './room-ring';
import type { RoomRings } from './room-rings';

export interface ChatFeedOptions {
  readonly log: LogPartition;
  readonly store: Pick<ChatStore, 'byRoom'>;
  /** Most chats that a replay may have to send. A longer gap is answered with CURSOR_EXPIRED. */
  readonly replayMax: number;
  /** Shared by the feeds of all partitions. A gap that exceeds its limit alone is answered with CURSOR_EXPIRED. */
  readonly rings: RoomRings;
  readonly logger: Logger;
}

/**
 * Follows the rooms of one partition of the log that its readers ask for, and keeps the newest chats of each in a ring. Replays are
 * served from the ring. If a ring does not reach back far enough, it is extended once for all readers of the room: from the log, and
 * from the store for what the log has trimmed.
 */
export class ChatFeed {
  private readonly chatListeners: Listeners<[room: string, chats: readonly Chat[]]>;
  private readonly epochListeners: Listeners;
  /** Reads that extend a ring, by room. */
  private readonly extensions = new Map<string, Promise<void>>();
  private readonly changes = new AnnouncedChanges();
  /** The listeners have received every chat of the followed rooms up to here. */
  private position: LogPosition | undefined;
  /** Where the epoch began for the rooms that were followed then. */
  private floor = 0;
  private tail: RoomTail | undefined;
  private readonly followed = new Set<string>();
  private pendingFollows = 0;
  /** Followed rooms that were not used at the last call of unfollowUnused. */
  private readonly unused = new Set<string>();
  private readonly headReads = new FreshRead(async () => {
    const head = await this.started.head();
    this.reach(head);
    return head;
  });

  private readonly scan: LogScan;

  constructor(private readonly options: ChatFeedOptions) {
    this.scan = new LogScan(options.log);
    const onError = (err: unknown): void => {
      options.logger.error({ err }, 'a listener of the chat feed failed; its subscribers may miss messages');
    };
    this.chatListeners = new Listeners(onError);
    this.epochListeners = new Listeners(onError);
  }

  async start(): Promise<void> {
    this.tail = await this.options.log.tailRooms({
      entries: (entries) => {
        this.take(entries);
      },
      epoch: (start) => {
        this.begin(start);
      },
      following: (room, from) => {
        this.beginRoom(room, from);
      },
    });
    if (!this.position) this.begin(this.tail.from);
  }

  stop(): void {
    this.tail?.stop();
    for (const room of this.followed) this.options.rings.remove(room);
  }

  /**
   * Resolves when the listeners get every chat of the room that is appended from now on. Undefined if they do already.
   * @throws DomainError UNAVAILABLE
   */
  follow(room: string): Promise<void> | undefined {
    if (this.followed.has(room)) return undefined;
    this.pendingFollows++;
    return this.started.follow(room).finally(() => {
      this.pendingFollows--;
    });
  }

  /** Whether no room is followed, or about to be. */
  get isIdle(): boolean {
    return this.followed.size === 0 && this.pendingFollows === 0;
  }

  /** Stops following the rooms that were unused at this call and at the one before. */
  unfollowUnused(used: Iterable<string>): void {
    const inUse = new Set(used);
    for (const room of this.followed) {
      if (inUse.has(room)) this.unused.delete(room);
      else if (this.unused.has(room)) this.unfollow(room);
      else this.unused.add(room);
    }
  }

  /** @param listener receives new chats of one room, in log order, without gaps or duplicates @returns a function that removes it */
  onChats(listener: (room: string, chats: readonly Chat[]) => void): () => void {
    return this.chatListeners.add(listener);
  }

  /** @param listener is called when the log was lost or recreated: all earlier cursors are invalid @returns a function that removes it */
  onEpoch(listener: () => void): () => void {
    return this.epochListeners.add(listener);
  }

  /**
   * A head that is not older than the call. The listeners have received every chat of the followed rooms up to it. Concurrent callers
   * share the next read of the log.
   */
  head(): Promise<LogPosition> {
    return this.headReads.get();
  }

  /**
   * Chats of the position's room after it, oldest first, at most `limit`; empty if there are none up to the last chat that the
   * listeners received. Returns them directly if they are in memory, otherwise a promise; concurrent calls for one gap share the
   * read. Follows the room, and waits for a position that the log has and the tail has not reached. A reader that calls it until the
   * result is empty and listens from that same turn on gets every chat once.
   * @throws DomainError CURSOR_EXPIRED if the position is of another epoch, beyond the head, or more than the replay limit of
   *   chats back; UNAVAILABLE while log or store cannot be reached
   */
  after(position: Position, limit: number): readonly Chat[] | Promise<readonly Chat[]> {
    const following = this.follow(position.room);
    if (following) return following.then(() => this.after(position, limit));
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
    for (const room of this.followed) this.options.rings.renew(room, this.position?.offset ?? this.floor);
  }

  /** Shows only the tombstone of an erased chat from now on. The chat may still be ahead of the tail. */
  erase(room: string, offset: number): void {
    this.changes.erase(offset);
    const { rings } = this.options;
    const ring = rings.get(room);
    if (ring) {
      rings.change(ring, () => {
        ring.replace(offset, toTombstone);
      });
    }
  }

  /** Shows a chat with this feeling from now on. The chat may still be ahead of the tail. */
  setFeeling(room: string, { offset, feeling, revision }: FeelingChange & Pick<Chat, 'offset'>): void {
    this.changes.setFeeling(offset, { feeling, revision });
    const { rings } = this.options;
    const ring = rings.get(room);
    if (ring) {
      rings.change(ring, () => {
        ring.replace(offset, (chat) => withFeeling(chat, { feeling, revision }));
      });
    }
  }

  private get started(): RoomTail {
    if (!this.tail) throw new Error('the feed has not started');
    return this.tail;
  }

  private take(entries: readonly Chat[]): void {
    const last = entries[entries.length - 1];
    if (!last) return;
    const { rings, replayMax } = this.options;
    const byRoom = groupByRoom(this.changes.applyTo(entries));
    for (const [room, chats] of byRoom) {
      rings.change(this.ringOf(room), (ring) => {
        for (const chat of chats) ring.push(chat);
        ring.keepNewest(replayMax);
      });
    }
    this.reach({ epoch: last.epoch, offset: last.offset });
    for (const [room, chats] of byRoom) this.chatListeners.call(room, chats);
    rings.evictLeastRecentlyUsed();
  }

  private begin(start: LogPosition): void {
    const isFirst = this.position === undefined;
    this.position = start;
    this.floor = start.offset;
    for (const room of this.followed) this.options.rings.renew(room, start.offset);
    if (!isFirst) this.epochListeners.call();
  }

  private beginRoom(room: string, from: LogPosition): void {
    this.followed.add(room);
    this.unused.delete(room);
    this.options.rings.renew(room, from.offset);
    this.reach(from);
  }

  private unfollow(room: string): void {
    this.tail?.unfollow(room);
    this.followed.delete(room);
    this.unused.delete(room);
    this.options.rings.remove(room);
  }

  private reach(position: LogPosition): void {
    // An epoch begins by `begin` only: a head of the one before may be answered late.
    if (this.position?.epoch === position.epoch && this.position.offset < position.offset) this.position = position;
  }

  private ringOf(room: string): RoomRing {
    return this.options.rings.use(room, this.floor);
  }

  /** Waits until the tail has reached the head. */
  private async catchUp(position: Position): Promise<void> {
    const head = await this.head();
    if (head.epoch !== position.epoch || head.offset < position.offset) throw new DomainError('CURSOR_EXPIRED');
  }

  private hasReached({ epoch, offset }: Position): boolean {
    return this.position?.epoch === epoch && this.position.offset >= offset;
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
    const { store, replayMax, rings } = this.options;
    const ring = this.ringOf(room);
    const upTo = ring.from;
    const { older, before } = await readOlder({ scan: this.scan, store, room, target, upTo, max: replayMax - ring.size + 1 });
    // A ring over the limit would be evicted at once, and the next call would read the same chats again.
    if (ring.bytes + older.reduce((sum, chat) => sum + sizeOf(chat), 0) > rings.maxBytes) {
      throw new DomainError('CURSOR_EXPIRED');
    }
    // If the ring was replaced or cut during the read, the chats no longer join it. Readers that still need them call again.
    if (rings.get(room) !== ring || ring.from !== upTo) return;
    rings.change(ring, () => {
      ring.prepend(this.changes.applyTo([...older].reverse()), before - 1);
      ring.keepNewest(replayMax);
    });
    this.ringOf(room);
    rings.evictLeastRecentlyUsed();
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
