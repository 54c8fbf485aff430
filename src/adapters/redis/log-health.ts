import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Chat } from '../../domain/chat';
import type { ChatStore } from '../../ports/chat-store';
import type { Clock } from '../../ports/clock';
import type { NewId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import { decodeEntry, type StreamEntry } from './log-codec';
import type { LogKeys } from './log-keys';
import { BEGIN, CHECK } from './log-scripts';

/** After a loss may have happened: processes reconnect, or find the log gone, within a second, and report how far they have seen. */
const SETTLE_MS = 1_500;
const SETTLE_POLL_MS = 100;
/** Between attempts while the store or Redis is away. */
const RETRY_MS = 500;
const PAGE = 500;

/** The generation of the log that this process has found to be whole. */
export interface Generation {
  readonly epoch: string;
  /** Offset before its first entry. */
  readonly start: number;
  /** The run of the Redis server for which it was found whole. */
  readonly run: string;
  /** Until then (ms since 1970) an id that the log does not know may be that of a stored message: the log has lost its ids. */
  readonly doubtUntil: number;
}

export interface LogHealthOptions {
  readonly redis: Redis;
  readonly keys: LogKeys;
  readonly store: Pick<ChatStore, 'highestOffset' | 'recordEpoch' | 'byId'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  readonly maxBacklog: number;
  readonly idempotencyWindowMs: number;
}

/**
 * Watches over the log's generations. Redis may be flushed, replaced, or come back with older data; then offsets would be given
 * out a second time. So after every connect the log's end is compared with the highest offset in the store and the highest that
 * any process has seen, and if it is lower, an epoch begins above both.
 *
 * A server's run id changes with every start of Redis, and appends name the run for which the log was found whole. So after a
 * restart no process can append before the check, and as long as the run is the same the store need not be asked: what stays
 * possible while it is away is to append.
 */
export class LogHealth {
  private generation: Generation | undefined;
  private checking: Promise<void> | undefined;
  private closed = false;
  /** Counts connections: what was found over one says nothing about the next. */
  private connection = 0;
  private failing = false;
  private readonly counts = { epochsBegun: 0, lost: 0 };
  private seen: { readonly epoch: string; readonly offset: number; readonly id: string } = { epoch: '', offset: 0, id: '' };

  constructor(private readonly options: LogHealthOptions) {
    const { redis } = options;
    redis.on('close', () => {
      this.connection++;
      this.generation = undefined;
    });
    redis.on('ready', () => {
      this.doubt();
    });
  }

  /** Undefined while it is not known whether the log is whole. */
  get current(): Generation | undefined {
    return this.generation;
  }

  /** Epochs that this process had to begin because the log was lost, and messages known to be lost by that. */
  get losses(): { readonly epochsBegun: number; readonly lost: number } {
    return this.counts;
  }

  /** This process has seen the entry: the log may not end below it any more. */
  see({ epoch, offset, id }: Pick<Chat, 'epoch' | 'offset' | 'id'>): void {
    if (offset > this.seen.offset) this.seen = { epoch, offset, id };
  }

  /** Something does not fit: finds out in the background, again and again until it is known. */
  doubt(): void {
    this.generation = undefined;
    void this.known();
  }

  /** Resolves after the attempt under way; `current` tells what came of it. */
  known(): Promise<void> {
    if (this.closed) return Promise.resolve();
    this.checking ??= this.check()
      .then(() => {
        this.failing = false;
      })
      .catch((err: unknown) => {
        const { logger } = this.options;
        if (!this.failing)
          logger.warn({ err }, 'whether the message log is whole is not known; it takes no messages until it is');
        this.failing = true;
        this.retryLater();
      })
      .finally(() => {
        this.checking = undefined;
      });
    return this.checking;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.checking;
    this.generation = undefined;
  }

  private retryLater(): void {
    // A new connection asks by itself.
    if (this.options.redis.status !== 'ready') return;
    void delay(RETRY_MS, undefined, { ref: false }).then(() => {
      if (!this.generation) void this.known();
    });
  }

  private async check(): Promise<void> {
    const { redis, keys, store } = this.options;
    const { connection } = this;
    const run = runId(await redis.info('server'));
    let stored: number | '' = '';
    while (!this.closed) {
      if (connection !== this.connection) throw new Error('the connection was lost meanwhile');
      const { epoch, offset, id } = this.seen;
      const reply = await CHECK.run(redis, [keys.state, keys.log, keys.settle], [run, offset, epoch, id, stored, SETTLE_MS]);
      const found = parseCheck(reply);
      if (found.status === 'ok' && connection === this.connection) {
        this.generation = { epoch: found.epoch, start: found.start, run, doubtUntil: found.doubtUntil };
        return;
      }
      if (found.status === 'unasked') stored = await store.highestOffset();
      else if (found.status === 'settling') await delay(Math.min(found.leftMs, SETTLE_POLL_MS));
      else await this.begin(found, run);
    }
  }

  private async begin(found: Found, run: string): Promise<void> {
    const { redis, keys, store, clock, newId, logger, maxBacklog, idempotencyWindowMs } = this.options;
    const stored = await store.highestOffset();
    const isFirst = found.epoch === '' && stored === 0 && found.seen === 0;
    const start = isFirst ? 0 : Math.max(stored + maxBacklog, found.seen, found.offset);
    const doubtUntil = isFirst ? 0 : clock.now() + idempotencyWindowMs;
    const inStore = await this.storedAbove(found.committed);
    const epoch = newId();
    // First, so that every cursor of it is honoured. A name that then is not used does no harm.
    await store.recordEpoch(epoch);
    const args = [found.epoch, found.offset, epoch, start, stored, doubtUntil, run, keys.idPrefix, idempotencyWindowMs];
    const kept = Number(await BEGIN.run(redis, [keys.state, keys.log, keys.tombs, keys.settle], [...args, ...inStore]));
    if (kept < 0 || isFirst) return;
    const lost = Math.max(0, found.seen - Math.max(stored, found.offset));
    this.counts.epochsBegun++;
    this.counts.lost += lost;
    logger.error(
      { epoch, start, highestStored: stored, highestSeen: found.seen, logEnded: found.offset, kept, lost },
      'Redis has lost a part of the message log: a new epoch begins, and readers load anew',
    );
  }

  /** Offsets of entries that are not committed and yet in the store: of a batch whose writer did not come to say so. */
  private async storedAbove(committed: number): Promise<number[]> {
    const { redis, keys, store } = this.options;
    const found: number[] = [];
    for (let from = `(${committed}-0`; ;) {
      const page = ((await redis.xrange(keys.log, from, '+', 'COUNT', PAGE)) as StreamEntry[]).map(decodeEntry);
      const stored = await Promise.all(page.map(({ id }) => store.byId(id)));
      found.push(...page.filter((_, i) => stored[i] !== undefined).map(({ offset }) => offset));
      const last = page.at(-1);
      if (!last || page.length < PAGE) return found;
      from = `(${last.offset}-0`;
    }
  }
}

interface Found {
  readonly status: string;
  readonly epoch: string;
  readonly start: number;
  readonly offset: number;
  readonly committed: number;
  readonly doubtUntil: number;
  readonly seen: number;
  readonly leftMs: number;
}

function parseCheck(reply: unknown): Found {
  const [status, epoch, ...numbers] = reply as [string, string, ...number[]];
  const [start = 0, offset = 0, committed = 0, doubtUntil = 0, seen = 0, leftMs = 0] = numbers.map(Number);
  return { status, epoch, start, offset, committed, doubtUntil, seen, leftMs };
}

function runId(info: string): string {
  const run = /^run_id:(\w+)/m.exec(info)?.[1];
  if (!run) throw new Error('this Redis does not tell its run_id');
  return run;
}
