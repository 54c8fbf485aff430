import type { Redis } from 'ioredis';
import type { Chat } from '../../domain/chat';
import { unavailable } from '../../domain/errors';
import type { LogPosition } from '../../domain/position';
import type { RoomTail, RoomTailListener } from '../../ports/chat-log';
import type { Logger } from '../../ports/logger';
import { withDeadline } from '../../util/deadline';
import { pause, repeatUntil } from '../../util/repeat';
import type { Channels } from './channels';
import { ANSWER_MS, orUnavailable } from './connect';
import type { LogHealth } from './log-health';
import type { LogKeys } from './log-keys';
import { parseMark, parseRoomMessage, type Mark } from './log-messages';
import { Script } from './script';
import { TailReader } from './tail-reader';

const MARK = new Script('mark');
/** How often a quiet process compares its position with the log. */
const MARK_MS = 1_000;
const RETRY_MS = 100;

export interface RedisRoomTailOptions {
  readonly redis: Redis;
  readonly channels: Channels;
  readonly keys: LogKeys;
  /** Of the partition's band. */
  readonly base: number;
  readonly health: LogHealth;
  /** Prefix of the channels of rooms. */
  readonly roomPrefix: string;
  /** A channel of this tail alone. */
  readonly markChannel: string;
  /** Entries after the position; undefined if some of them have been trimmed. */
  readonly read: (from: LogPosition, limit: number) => Promise<readonly Chat[] | undefined>;
  readonly logger: Logger;
  readonly onStop: (tail: RedisRoomTail) => void;
}

interface Waiting {
  /** Called in the turn in which the mark arrives, before anything that arrives behind it. */
  readonly reached: (head: LogPosition) => void;
  readonly reject: (error: unknown) => void;
}

interface Follow {
  ready: Promise<void>;
  stop?: () => void;
}

/**
 * Follows rooms by what the append script publishes to their channels, so the messages of other rooms do not reach this process.
 *
 * A mark is the state of the log, published to a channel of this tail. All channels share one connection, so when a mark arrives, every
 * entry before it has arrived. A mark every second shows that the connection lives and that the log is whole. After a reconnect, and if
 * entries were appended without being published, the next mark makes the reader read them from the log.
 */
export class RedisRoomTail implements RoomTail {
  private readonly reader: TailReader;
  private readonly follows = new Map<string, Follow>();
  /** Rooms whose entries are delivered: those whose mark has arrived. */
  private readonly followed = new Set<string>();
  private readonly marks = new Map<string, Waiting>();
  private nextToken = 0;
  private readonly closing = new AbortController();
  private stops: readonly (() => void)[] = [];
  private lastArrivalAt = performance.now();
  private lastReachedAt = performance.now();
  private start: LogPosition | undefined;

  private constructor(
    private readonly options: RedisRoomTailOptions,
    private readonly listener: RoomTailListener,
  ) {
    const { health, read } = options;
    this.reader = new TailReader({
      listener,
      read,
      isFollowed: (room) => this.followed.has(room),
      isWhole: ({ run }) => run === health.current?.run,
      onSeen: (entry) => {
        health.observe(entry);
      },
      onLost: () => {
        health.invalidate();
      },
      onBehind: () => {
        this.head().catch(() => undefined);
      },
      onReached: (mark) => {
        this.lastReachedAt = performance.now();
        this.marks.get(mark.token)?.reached(mark.head);
      },
      onFailed: (mark, error) => this.marks.get(mark.token)?.reject(error),
    });
  }

  /** @throws DomainError UNAVAILABLE while Redis cannot be reached. A log that is being checked is found later. */
  static async open(options: RedisRoomTailOptions, listener: RoomTailListener): Promise<RedisRoomTail> {
    const tail = new RedisRoomTail(options, listener);
    await tail.begin();
    return tail;
  }

  get from(): LogPosition {
    return this.start ?? this.reader.begin();
  }

  /** Milliseconds since this process last knew that it has everything. */
  get ageMs(): number {
    return performance.now() - this.lastReachedAt;
  }

  follow(room: string): Promise<void> {
    const known = this.follows.get(room);
    if (known) return known.ready;
    const follow: Follow = { ready: Promise.resolve() };
    this.follows.set(room, follow);
    follow.ready = this.beginRoom(room, follow).catch((error: unknown) => {
      if (this.follows.get(room) === follow) this.unfollow(room);
      throw error;
    });
    return follow.ready;
  }

  unfollow(room: string): void {
    this.follows.get(room)?.stop?.();
    this.follows.delete(room);
    this.followed.delete(room);
  }

  head(): Promise<LogPosition> {
    return this.mark(() => undefined);
  }

  stop(): void {
    this.closing.abort();
    for (const room of [...this.follows.keys()]) this.unfollow(room);
    for (const stop of this.stops) stop();
    this.options.onStop(this);
    for (const { reject } of this.marks.values()) reject(unavailable('The message log is closed.'));
  }

  private async begin(): Promise<void> {
    const { channels, markChannel, base } = this.options;
    this.stops = [
      await orUnavailable(channels.subscribe(markChannel, (text) => this.arrive(parseMark(text, base)))),
      channels.onLost(() => {
        this.reader.miss();
      }),
      channels.onRestored(() => {
        // Marks were lost with the connection too.
        for (const token of this.marks.keys()) this.send(token);
        this.head().catch(() => undefined);
      }),
    ];
    await this.head().catch(() => undefined);
    this.start = this.reader.begin();
    const { signal } = this.closing;
    void repeatUntil(
      signal,
      RETRY_MS,
      async () => {
        await this.head();
        await pause(MARK_MS - RETRY_MS, signal);
      },
      (err) => {
        this.options.logger.debug({ err }, 'the tail could not be compared with the log; retrying');
        // The connection of the channels may be dead while that of the commands lives.
        if (performance.now() - this.lastArrivalAt > ANSWER_MS) channels.reconnect();
      },
    );
  }

  private async beginRoom(room: string, follow: Follow): Promise<void> {
    const { channels, roomPrefix, base } = this.options;
    const onMessage = (text: string): void => {
      this.reader.receive(parseRoomMessage(text, base));
    };
    const stop = await orUnavailable(channels.subscribe(roomPrefix + room, onMessage));
    const isWanted = (): boolean => this.follows.get(room) === follow;
    if (!isWanted()) {
      stop();
      throw unavailable('The room is no longer followed.');
    }
    follow.stop = stop;
    await this.mark((head) => {
      if (!isWanted()) return;
      this.followed.add(room);
      this.listener.following(room, head);
    });
  }

  private arrive(mark: Mark): void {
    this.lastArrivalAt = performance.now();
    this.reader.receive(mark);
  }

  private mark(arrived: (head: LogPosition) => void): Promise<LogPosition> {
    const token = String(this.nextToken++);
    const marked = new Promise<LogPosition>((resolve, reject) => {
      const reached = (head: LogPosition): void => {
        arrived(head);
        resolve(head);
      };
      this.marks.set(token, { reached, reject });
      this.send(token);
    });
    return orUnavailable(withDeadline(marked, ANSWER_MS).finally(() => this.marks.delete(token)));
  }

  private send(token: string): void {
    const { redis, keys, markChannel, health } = this.options;
    MARK.run(redis, [keys.state, keys.entries], [markChannel, token]).then(
      (found) => {
        if (found === 1) return;
        // Nothing was published, so nothing is missing on the channels.
        this.lastArrivalAt = performance.now();
        health.invalidate();
        this.marks.get(token)?.reject(unavailable('The message log is being checked.', 1));
      },
      (error: unknown) => this.marks.get(token)?.reject(error),
    );
  }
}
