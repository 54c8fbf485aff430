import type { Redis } from 'ioredis';
import type { Chat } from '../../domain/chat';
import { unavailable } from '../../domain/errors';
import { rangeOf, type OffsetBand } from '../../domain/partition';
import type { ChatStore } from '../../ports/chat-store';
import type { Clock } from '../../ports/clock';
import type { LogLosses } from '../../ports/engine';
import type { NewId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import { pause } from '../../util/repeat';
import { decodeChanged, decodeEntry, type StreamEntry } from './log-codec';
import type { LogKeys } from './log-keys';
import { appendfsync, infoField } from './redis-info';
import { Script } from './script';

const CHECK = new Script('check');
const BEGIN = new Script('begin');
/** After a restart of Redis: processes reconnect, or find the log gone, within a second, and report how far they have seen. */
const REPORT_MS = 1_500;
const REPORT_POLL_MS = 100;
/** Between attempts while the store or Redis cannot be used. */
const RETRY_MS = 500;
const PAGE = 500;

/** The generation of the log that this process has found to be whole. */
export interface Generation {
  readonly epoch: string;
  /** The run of the Redis server for which the log was found whole. */
  readonly run: string;
  /** Until then (ms since 1970) an id that the log does not know may belong to a stored message: the log has lost its ids. */
  readonly idsIncompleteUntil: number;
}

export interface LogHealthOptions {
  readonly redis: Redis;
  readonly keys: LogKeys;
  readonly number: number;
  readonly band: OffsetBand;
  readonly store: Pick<ChatStore, 'highestOffset' | 'recordEpoch' | 'byId'>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Repeats the changes of entries that an older copy of the log may lack. */
  readonly repeatChanges: () => Promise<void>;
  /** Called before an epoch begins, and keeps it from beginning by rejecting. */
  readonly beforeEpoch: () => Promise<void>;
  readonly logger: Logger;
  readonly maxBacklog: number;
  readonly idempotencyWindowMs: number;
}

/** Of a server that was never promoted from a replica, which may have lacked the newest writes. */
const NO_REPLICATION = /^0*$/;

/**
 * Checks the integrity of one partition of the log, in which offsets are local to it. Redis may be flushed, replaced, or restart with
 * older data; then offsets would be given out a second time. So after every connect the log's end is compared with the highest offset
 * in the store and the highest that any process has seen. If it is lower, an epoch begins above both.
 *
 * The run id of a server changes with every start of Redis, and appends name the run for which the log was found whole. So no
 * process can append after a restart before the check. While the run stays the same the store is not needed, and appends go on
 * without it.
 *
 * After a restart the newest entries may be lost, unless appendfsync is always. If a process that has followed the log until then
 * reports, it is known how far the log went. Otherwise an epoch begins above every offset that may have been given out.
 */
export class LogHealth {
  private generation: Generation | undefined;
  private checking: Promise<void> | undefined;
  private readonly closing = new AbortController();
  /** Counts connections: what was found over one is not valid for the next. */
  private connection = 0;
  private failing = false;
  /** The run of Redis for which this process last found the log whole. */
  private followedRun = '';
  private failure: unknown;
  private readonly counts = { epochsBegun: 0, lost: 0 };
  private seen: { readonly epoch: string; readonly offset: number; readonly id: string } = { epoch: '', offset: 0, id: '' };

  constructor(private readonly options: LogHealthOptions) {
    const { redis } = options;
    redis.on('close', () => {
      this.connection++;
      this.generation = undefined;
    });
    redis.on('ready', () => {
      this.invalidate();
    });
  }

  /** Undefined until the log has been found whole. */
  get current(): Generation | undefined {
    return this.generation;
  }

  /** Until then an older copy of the log may hold text that was erased. @throws DomainError UNAVAILABLE */
  mustBeWhole(): Generation {
    if (!this.generation) throw unavailable('The message log is being checked.', 1);
    return this.generation;
  }

  /** See Generation.idsIncompleteUntil. True as long as there is no generation. */
  get idsAreIncomplete(): boolean {
    return this.options.clock.now() < (this.generation?.idsIncompleteUntil ?? Infinity);
  }

  get losses(): LogLosses {
    return this.counts;
  }

  /** Why the last check failed; undefined if it succeeded. */
  get lastError(): unknown {
    return this.failure;
  }

  /** This process has seen the entry: a log that ends below it is not whole. */
  observe({ epoch, offset, id }: Pick<Chat, 'epoch' | 'offset' | 'id'>): void {
    this.see(epoch, offset - this.options.band.base, id);
  }

  /** The log may not be whole any more: checks it in the background until a check succeeds. */
  invalidate(): void {
    this.generation = undefined;
    void this.check();
  }

  /** Resolves after the check under way; `current` is its result. */
  check(): Promise<void> {
    if (this.closing.signal.aborted) return Promise.resolve();
    this.checking ??= this.run().finally(() => {
      this.checking = undefined;
    });
    return this.checking;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.checking;
    this.generation = undefined;
  }

  private see(epoch: string, offset: number, id: string): void {
    if (offset > this.seen.offset) this.seen = { epoch, offset, id };
  }

  /** 0 if the store has nothing of this partition. */
  private async highestStored(): Promise<number> {
    const { store, band } = this.options;
    return Math.max(0, (await store.highestOffset(rangeOf(band))) - band.base);
  }

  private async run(): Promise<void> {
    try {
      await this.findGeneration();
      this.failing = false;
      this.failure = undefined;
    } catch (err) {
      this.failure = err;
      const { logger, number: partition } = this.options;
      if (!this.failing) logger.warn({ err, partition }, 'log integrity check failed; rejecting appends until it succeeds');
      this.failing = true;
      this.retryLater();
    }
  }

  private retryLater(): void {
    // A new connection starts a check by itself.
    if (this.options.redis.status !== 'ready') return;
    void pause(RETRY_MS, this.closing.signal).then(() => {
      if (!this.generation) void this.check();
    });
  }

  private async findGeneration(): Promise<void> {
    const { redis, keys, repeatChanges } = this.options;
    const { signal } = this.closing;
    const { connection } = this;
    const info = await redis.info();
    const run = infoField(info, 'run_id');
    if (!run) throw new Error('INFO of this Redis has no run_id');
    const keepsEveryWrite =
      infoField(info, 'aof_enabled') === '1' &&
      NO_REPLICATION.test(infoField(info, 'master_replid2') ?? '') &&
      (await appendfsync(redis)) === 'always';
    let stored: number | '' = '';
    let changesRepeated = false;
    while (!signal.aborted) {
      if (connection !== this.connection) throw new Error('the connection was lost during the check');
      const { epoch, offset, id } = this.seen;
      const flags = [this.followedRun, keepsEveryWrite ? 1 : 0, changesRepeated ? 1 : 0];
      const args = [run, offset, epoch, id, stored, REPORT_MS, ...flags];
      const found = parseCheck(await CHECK.run(redis, [keys.state, keys.entries, keys.reports], args));
      if (found.status === 'ok' && connection === this.connection) {
        this.generation = { epoch: found.epoch, run, idsIncompleteUntil: found.idsIncompleteUntil };
        this.followedRun = run;
        this.see(found.epoch, found.offset, '');
        return;
      }
      if (found.status === 'store-needed') stored = await this.highestStored();
      else if (found.status === 'reporting') await pause(Math.min(found.leftMs, REPORT_POLL_MS), signal);
      else {
        await repeatChanges();
        if (found.status === 'changes-needed') changesRepeated = true;
        else if (found.status !== 'ok') await this.begin(found, run);
      }
    }
  }

  private async begin(found: CheckReply, run: string): Promise<void> {
    const { redis, keys, number, store, clock, newId, logger, maxBacklog, idempotencyWindowMs } = this.options;
    await this.options.beforeEpoch();
    const stored = await this.highestStored();
    const isFirst = found.epoch === '' && stored === 0 && found.seen === 0;
    const start = isFirst ? 0 : Math.max(Math.max(stored, found.committed) + maxBacklog, found.seen, found.offset);
    // The store may have messages of other partitions, also of those of before.
    const isEmpty = isFirst && (await store.highestOffset()) === 0;
    const idsIncompleteUntil = isEmpty ? 0 : clock.now() + idempotencyWindowMs;
    const inStore = await this.storedAbove(found.committed);
    const epoch = newId();
    // Recorded first, so that every cursor of it is accepted. A name that is not used after all does no harm.
    await store.recordEpoch(epoch);
    const args = [found.epoch, found.offset, epoch, start, stored, idsIncompleteUntil, run, keys.idPrefix, idempotencyWindowMs];
    const beginKeys = [keys.state, keys.entries, keys.changed, keys.reports];
    const kept = Number(await BEGIN.run(redis, beginKeys, [...args, ...inStore]));
    if (kept < 0 || isFirst) return;
    const lost = Math.max(0, found.seen - Math.max(stored, found.offset));
    this.counts.epochsBegun++;
    this.counts.lost += lost;
    const details = {
      partition: number,
      epoch,
      start,
      highestStored: stored,
      highestSeen: found.seen,
      logEnded: found.offset,
      kept,
      lost,
    };
    if (found.status === 'unwitnessed') {
      logger.warn(
        details,
        'Redis restarted while no process followed it and may have lost its newest writes (appendfsync is not always); a new epoch begins and readers load anew',
      );
    } else {
      logger.error(details, 'Redis has lost a part of the message log; a new epoch begins and readers load anew');
    }
  }

  /** Offsets of uncommitted entries that are in the store: the writer stored them and could not commit. */
  private async storedAbove(committed: number): Promise<number[]> {
    const { redis, keys, store } = this.options;
    const found: number[] = [];
    const add = async (chats: readonly Chat[]): Promise<void> => {
      const stored = await Promise.all(chats.map(({ id }) => store.byId(id)));
      found.push(...chats.filter((_, i) => stored[i] !== undefined).map(({ offset }) => offset));
    };
    const changed = Object.entries(await redis.hgetall(keys.changed)).map(([offset, text]) =>
      decodeChanged(Number(offset), text),
    );
    await add(changed.filter(({ offset }) => offset > committed));
    for (let from = `(${committed}-0`; ;) {
      const page = (await redis.xrange(keys.entries, from, '+', 'COUNT', PAGE)) as StreamEntry[];
      await add(page.map((entry) => decodeEntry(entry)));
      const last = page.at(-1);
      if (!last || page.length < PAGE) return found;
      from = `(${last[0]}`;
    }
  }
}

interface CheckReply {
  readonly status: string;
  readonly epoch: string;
  readonly offset: number;
  readonly committed: number;
  readonly idsIncompleteUntil: number;
  readonly seen: number;
  readonly leftMs: number;
}

function parseCheck(reply: unknown): CheckReply {
  const [status, epoch, ...numbers] = reply as [string, string, ...number[]];
  const [, offset = 0, committed = 0, idsIncompleteUntil = 0, seen = 0, leftMs = 0] = numbers.map(Number);
  return { status, epoch, offset, committed, idsIncompleteUntil, seen, leftMs };
}
