import type { Authorship, Chat, ChatDraft, FeelingChange } from '../../domain/chat';
import { DomainError, unavailable } from '../../domain/errors';
import type { OffsetBand } from '../../domain/partition';
import type { LogPosition } from '../../domain/position';
import type { Appended, LogLookup, LogPartition, RoomTail, RoomTailListener } from '../../ports/chat-log';
import type { NewId } from '../../ports/ids';
import { channelName, type Channels } from './channels';
import { orUnavailable } from './connect';
import type { LogChanges } from './log-changes';
import { decodeChanged, decodeEntry, type StreamEntry } from './log-codec';
import { RedisLogAppends, type RedisLogAppendsOptions } from './redis-log-appends';
import { RedisRoomTail } from './redis-room-tail';
import { Script } from './script';

const COMMIT = new Script('commit');
const FIND = new Script('find');
const HEAD = new Script('head');
const RANGE = new Script('range');
const TRIM = new Script('trim');
const WATERMARK = new Script('watermark');
/** Entries that one run of the trim script drops. */
const TRIM_CHUNK = 500;
/** Most entries that one read returns. */
const COUNT_MAX = 1_000_000;
/** How often a trim also forgets old changes. */
const PRUNE_MS = 60 * 60 * 1000;

type HeadReply = [epoch: string, offset: string, run: string, id: string];
type RangeReply = [epoch: string, start: string, offset: string, entries: StreamEntry[], changed: string[]];

export interface RedisLogPartitionOptions extends Omit<RedisLogAppendsOptions, 'roomPrefix'> {
  readonly channels: Channels;
  readonly newId: NewId;
  readonly changes: LogChanges;
  /** How long the id of a trimmed message stays known, in milliseconds from its sentAt. */
  readonly idempotencyWindowMs: number;
}

/**
 * A partition as a stream whose entry ids are the offsets, less the base of the band. State, entries and ids change together in
 * scripts, which Redis runs one at a time. How durable a change is depends on the `appendfsync` of Redis.
 */
export class RedisLogPartition implements LogPartition {
  readonly number: number;
  readonly band: OffsetBand;
  private readonly appends: RedisLogAppends;
  private readonly roomTails = new Set<RedisRoomTail>();
  /** Prefix of the channels of rooms. */
  private readonly roomPrefix: string;
  private prunedAt = performance.now();

  constructor(private readonly options: RedisLogPartitionOptions) {
    this.number = options.number;
    this.band = options.band;
    this.roomPrefix = `${channelName(options.redis, 'log')}:`;
    this.appends = new RedisLogAppends({ ...options, roomPrefix: this.roomPrefix });
  }

  /** As ChatLog, for the rooms of this partition. */
  append(draft: ChatDraft): Promise<Appended> {
    return this.appends.add(draft);
  }

  /** As ChatLog, in this partition. */
  async find(id: string): Promise<LogLookup> {
    const { redis, keys, store, health } = this.options;
    health.mustBeWhole();
    const found = await orUnavailable(FIND.run(redis, [keys.state, keys.entries, keys.changed, keys.idPrefix + id]));
    if (found === null) return health.idsAreIncomplete && (await store.byId(id)) ? { state: 'trimmed' } : { state: 'unknown' };
    const [offset, entry, changed] = found as [number, StreamEntry | null, string | null];
    const { base } = this.band;
    if (entry) return { state: 'present', chat: decodeEntry(entry, '', base) };
    return changed === null ? { state: 'trimmed' } : { state: 'present', chat: decodeChanged(offset + base, changed) };
  }

  async head(): Promise<LogPosition> {
    const { redis, keys, health } = this.options;
    const [epoch, offset, run, id] = this.mustExist(
      (await orUnavailable(HEAD.run(redis, [keys.state, keys.entries]))) as HeadReply | null,
    );
    if (run !== health.current?.run) return this.mustExist<LogPosition>(undefined);
    const head = { epoch, offset: Number(offset) + this.band.base };
    if (id !== '') health.observe({ ...head, id });
    return head;
  }

  async watermark(): Promise<number> {
    const { redis, keys } = this.options;
    return Number(this.mustExist(await orUnavailable(WATERMARK.run(redis, [keys.state]))));
  }

  async read(from: LogPosition, limit: number): Promise<readonly Chat[] | undefined> {
    const count = Math.max(0, Math.min(limit, COUNT_MAX));
    const { head, chats } = await this.range(Math.max(0, from.offset - this.band.base), '', count);
    if (from.epoch !== head.epoch || from.offset > head.offset) throw new DomainError('CURSOR_EXPIRED');
    if (from.offset === head.offset || count < 1) return [];
    // Trimming drops the oldest entries, so nothing is missing behind the first.
    return chats[0]?.offset === from.offset + 1 ? chats : undefined;
  }

  async readBack(before: number, limit: number): Promise<readonly Chat[]> {
    const count = Math.min(limit, COUNT_MAX);
    const localBefore = Math.min(before, Number.MAX_SAFE_INTEGER) - this.band.base;
    if (count < 1 || localBefore <= 1) return [];
    const { chats } = await this.range('', localBefore, count);
    return chats.toReversed();
  }

  async tailRooms(listener: RoomTailListener): Promise<RoomTail> {
    const { redis, channels, keys, health, newId, logger } = this.options;
    const { roomPrefix } = this;
    const { base } = this.band;
    const markChannel = `${channelName(redis, 'mark')}:${newId()}`;
    const tail = await RedisRoomTail.open(
      {
        ...{ redis, channels, keys, base, health, roomPrefix, markChannel, logger },
        read: (from, limit) => this.read(from, limit),
        onStop: (stopped) => void this.roomTails.delete(stopped),
      },
      listener,
    );
    this.roomTails.add(tail);
    return tail;
  }

  async committed(): Promise<number> {
    const { redis, keys } = this.options;
    return Number(this.mustExist(await orUnavailable(redis.hget(keys.state, 'committed')))) + this.band.base;
  }

  async commit(upTo: number, fence: number): Promise<boolean> {
    const { redis, keys } = this.options;
    return (
      this.mustExist(await orUnavailable(COMMIT.run(redis, [keys.state], [Math.max(0, upTo - this.band.base), fence]))) === 1
    );
  }

  async trim(retain: number, olderThan: number): Promise<void> {
    const { redis, keys, idempotencyWindowMs, changes } = this.options;
    const args = [retain, olderThan, TRIM_CHUNK, keys.idPrefix, idempotencyWindowMs];
    while (Number(await orUnavailable(TRIM.run(redis, [keys.state, keys.entries, keys.changed], args))) > 0);
    if (performance.now() - this.prunedAt < PRUNE_MS) return;
    this.prunedAt = performance.now();
    await orUnavailable(changes.prune());
  }

  /** As ChatLog. */
  rename(offset: number, to: Authorship): Promise<void> {
    return orUnavailable(this.options.changes.change(offset - this.band.base, { hidden: false, authorship: to }));
  }

  /** As ChatLog. */
  setFeeling(offset: number, feeling: FeelingChange): Promise<void> {
    return orUnavailable(this.options.changes.change(offset - this.band.base, { hidden: false, feeling }));
  }

  /** As ChatLog. */
  erase(offset: number): Promise<void> {
    return orUnavailable(this.options.changes.change(offset - this.band.base, { hidden: true }));
  }

  /** Milliseconds since the oldest tail last knew that it has everything; 0 without tails. */
  get tailAgeMs(): number {
    return Math.max(0, ...[...this.roomTails].map(({ ageMs }) => ageMs));
  }

  /** Stops the tails, refuses new appends and waits for those under way. */
  async close(): Promise<void> {
    for (const tail of this.roomTails) tail.stop();
    await this.appends.close();
  }

  /** See scripts/range.lua. Oldest first. Takes offsets as they are in Redis. */
  private async range(after: number | '', before: number | '', count: number): Promise<{ head: LogPosition; chats: Chat[] }> {
    const { redis, keys, health } = this.options;
    const { run } = health.mustBeWhole();
    const reply = await orUnavailable(RANGE.run(redis, [keys.state, keys.entries, keys.changed], [run, after, before, count]));
    const [epoch, , offset, entries, changed] = this.mustExist(reply as RangeReply | null);
    const { base } = this.band;
    const chats = entries.map((entry) => decodeEntry(entry, epoch, base));
    for (let i = 0; i < changed.length; i += 2) chats.push(decodeChanged(Number(changed[i]) + base, changed[i + 1] ?? '', epoch));
    const head = { epoch, offset: Number(offset) + base };
    return { head, chats: chats.sort((a, b) => a.offset - b.offset) };
  }

  private mustExist<T>(value: T | null | undefined): T {
    if (value !== null && value !== undefined) return value;
    this.options.health.invalidate();
    throw unavailable('The message log is being checked.', 1);
  }
}
