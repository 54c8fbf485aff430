import type { Chat, FeelingChange } from '../domain/chat';
import type { LogPosition, Position } from '../domain/position';
import type { ChatLog, LogPartition } from '../ports/chat-log';
import { Listeners } from '../util/listeners';
import { ChatFeed, type ChatFeedOptions } from './chat-feed';
import { RoomRings } from './room-rings';

export interface ChatFeedsOptions extends Omit<ChatFeedOptions, 'log' | 'rings'> {
  readonly log: Pick<ChatLog, 'of' | 'partitions'>;
  /** Limit of the chats that all feeds keep, in bytes. */
  readonly ringBytes: number;
}

interface Entry {
  readonly feed: ChatFeed;
  /** Undefined once the feed has started. */
  starting: Promise<void> | undefined;
}

/** The feeds of the partitions that have readers in this process. A partition without any is not followed. */
export class ChatFeeds {
  private readonly chatListeners: Listeners<[room: string, chats: readonly Chat[]]>;
  private readonly epochListeners: Listeners<[isExpired: (room: string) => boolean]>;
  private readonly entries = new Map<LogPartition, Entry>();
  private readonly rings: RoomRings;

  constructor(private readonly options: ChatFeedsOptions) {
    this.rings = new RoomRings(options.ringBytes);
    const onError = (err: unknown): void => {
      options.logger.error({ err }, 'a listener of the chat feed failed; its subscribers may miss messages');
    };
    this.chatListeners = new Listeners(onError);
    this.epochListeners = new Listeners(onError);
  }

  /** As ChatFeed. */
  follow(room: string): Promise<void> | undefined {
    const feed = this.startedFor(room);
    return feed instanceof ChatFeed ? feed.follow(room) : feed.then((started) => started.follow(room));
  }

  /** As ChatFeed, and stops the feeds that follow no room. */
  unfollowUnused(used: Iterable<string>): void {
    const inUse = new Set(used);
    for (const [partition, { feed, starting }] of this.entries) {
      feed.unfollowUnused(inUse);
      if (starting || !feed.isIdle) continue;
      feed.stop();
      this.entries.delete(partition);
    }
  }

  /** As ChatFeed. */
  onChats(listener: (room: string, chats: readonly Chat[]) => void): () => void {
    return this.chatListeners.add(listener);
  }

  /**
   * @param listener is called when a partition was lost or recreated: all earlier cursors of its rooms are invalid
   * @returns a function that removes it
   */
  onEpoch(listener: (isExpired: (room: string) => boolean) => void): () => void {
    return this.epochListeners.add(listener);
  }

  /** As ChatFeed, of the room's partition. */
  async head(room: string): Promise<LogPosition> {
    const feed = await this.startedFor(room);
    return feed.head();
  }

  /** As ChatFeed. */
  after(position: Position, limit: number): readonly Chat[] | Promise<readonly Chat[]> {
    const feed = this.startedFor(position.room);
    return feed instanceof ChatFeed ? feed.after(position, limit) : feed.then((started) => started.after(position, limit));
  }

  /** As ChatFeed. */
  invalidate(): void {
    for (const { feed } of this.entries.values()) feed.invalidate();
  }

  /** As ChatFeed. */
  erase(room: string, offset: number): void {
    this.entries.get(this.options.log.of(room))?.feed.erase(room, offset);
  }

  /** As ChatFeed. */
  setFeeling(room: string, change: FeelingChange & Pick<Chat, 'offset'>): void {
    this.entries.get(this.options.log.of(room))?.feed.setFeeling(room, change);
  }

  stop(): void {
    for (const { feed } of this.entries.values()) feed.stop();
  }

  private startedFor(room: string): ChatFeed | Promise<ChatFeed> {
    const partition = this.options.log.of(room);
    const { feed, starting } = this.entries.get(partition) ?? this.open(partition);
    return starting ? starting.then(() => feed) : feed;
  }

  private open(partition: LogPartition): Entry {
    const { log, store, replayMax, logger } = this.options;
    const feed = new ChatFeed({ log: partition, store, replayMax, rings: this.rings, logger });
    feed.onChats((room, chats) => {
      this.chatListeners.call(room, chats);
    });
    feed.onEpoch(() => {
      this.epochListeners.call((room) => log.of(room) === partition);
    });
    const entry: Entry = { feed, starting: undefined };
    this.entries.set(partition, entry);
    entry.starting = feed.start().then(
      () => {
        entry.starting = undefined;
      },
      (error: unknown) => {
        this.entries.delete(partition);
        throw error;
      },
    );
    return entry;
  }
}
