import { isUndecodable, type Chat } from '../domain/chat';
import type { LogPartition } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { Grant, Lease } from '../ports/lease';
import type { Logger } from '../ports/logger';
import type { MoodStore } from '../ports/mood-store';
import { withDeadline } from '../util/deadline';
import type { Slots } from '../util/slots';
import { BatchSize } from './batch-size';
import { WriterLease } from './writer-lease';

/**
 * Moves messages of one partition from the log to the store in batches. The linger costs no safety (the log is durable) and no
 * freshness (history merges the backlog); it saves write requests.
 *
 *   standby    another process holds the lease; asks every second if it may    -> waiting
 *   waiting    nothing to write; looks at the head of the log every 100 ms     -> lingering when there is a message, standby (`give`)
 *   lingering  messages wait; until enough wait or the oldest is old           -> writing, standby (`give`)
 *   writing    one insert in flight, then mood, then commit, then trim         -> waiting, lingering, retrying, standby (fenced)
 *   retrying   the store is unavailable; backs off                             -> writing
 *   stopped    after `stop`: everything is written, or the deadline has passed
 *
 * A crash anywhere is harmless: the next holder continues after the last commit, and the store stores each chat once.
 */
export type WriterMode = 'standby' | 'waiting' | 'lingering' | 'writing' | 'retrying' | 'stopped';

export interface BatchWriterOptions {
  readonly log: LogPartition;
  readonly store: ChatStore;
  readonly moods: MoodStore;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Identifies this process to the lease. */
  readonly holder: string;
  /** Whether to ask for the lease. */
  readonly mayTake: () => boolean;
  /** Shared by the writers of a process: limits the batches that are in memory. */
  readonly slots: Slots;
  readonly flushMaxMessages: number;
  readonly flushIntervalMs: number;
  /** How many stored entries the log keeps for replay. */
  readonly logRetain: number;
}

export interface BatchWriterStats {
  readonly mode: WriterMode;
  readonly flushes: number;
  readonly messages: number;
  readonly failures: number;
  readonly deadLetters: number;
}

const STANDBY_POLL_MS = 1_000;
const LOOK_MS = 100;
const BATCH_MAX_BYTES = 8 * 1024 * 1024;
const READ_PAGE = 1_000;
/** Estimate for id, author, scores and the store's overhead, added to the text. */
const BYTES_PER_CHAT = 300;
const REJECT_TRIES = 5;
const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 1_000;
const RETAIN_MS = 24 * 60 * 60 * 1000;

export class BatchWriter {
  private mode: WriterMode = 'standby';
  private readonly size = new BatchSize();
  private readonly lease: WriterLease;
  /** Of the grant under which the committed offset was read. */
  private fence = 0;
  private epoch = '';
  private latest = 0;
  private committed = 0;
  private lingerSince = 0;
  private lookedAt = performance.now();
  private failuresInRow = 0;
  private stopping = false;
  private deadline = Infinity;
  private giving: (() => void) | undefined;
  private wake: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private readonly counts = { flushes: 0, messages: 0, failures: 0, deadLetters: 0 };

  constructor(private readonly options: BatchWriterOptions) {
    const { lease, log, holder, logger } = options;
    this.lease = new WriterLease({ lease, partition: log.number, holder, logger });
  }

  get partition(): number {
    return this.options.log.number;
  }

  /** Whether it has the lease, or is asking for it. */
  get isClaiming(): boolean {
    return this.isLeading || this.lease.isAsking;
  }

  /** Whether it has the lease. */
  get isLeading(): boolean {
    return this.lease.current !== undefined;
  }

  start(): void {
    this.running = this.run();
  }

  /** Writes the backlog for at most `deadlineMs`, then ends. The rest stays in the log for the next start. */
  async stop(deadlineMs: number): Promise<void> {
    this.stopping = true;
    this.deadline = performance.now() + deadlineMs;
    this.wake?.();
    // A write under way to a store that does not answer is abandoned: repeating it is harmless.
    await withDeadline(Promise.resolve(this.running), deadlineMs).catch(() => undefined);
    await this.lease.release();
  }

  /** Finishes the batch under way, and leaves the rest to another process. Resolves when the lease is released. */
  give(): Promise<void> {
    return new Promise((resolve) => {
      this.giving = resolve;
      this.wake?.();
    });
  }

  /** Asks for the lease at once if it may and does not have it. */
  recheck(): void {
    if (this.mode === 'standby') this.wake?.();
  }

  stats(): BatchWriterStats {
    return { mode: this.mode, ...this.counts };
  }

  private async run(): Promise<void> {
    while (!(this.stopping && performance.now() > this.deadline)) {
      try {
        await this.giveIfAsked();
        const grant = await this.lead();
        if (!grant) {
          if (this.stopping) break;
          this.setMode('standby');
          await this.pause(STANDBY_POLL_MS);
          continue;
        }
        await this.look(grant);
        if (this.latest <= this.committed) {
          if (this.stopping) break;
          this.setMode('waiting');
          await this.pause(untilNextLook());
          continue;
        }
        const lingerMs = this.lingerMs();
        if (lingerMs > 0) {
          this.setMode('lingering');
          await this.pause(Math.min(lingerMs, untilNextLook()));
          continue;
        }
        this.setMode('writing');
        await this.options.slots.run(() => this.writeBatch());
        this.failuresInRow = 0;
      } catch (err) {
        this.counts.failures++;
        this.size.failed();
        this.setMode('retrying');
        const pauseMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** this.failuresInRow++);
        this.options.logger.warn({ err, retryMs: pauseMs }, 'batch not stored; the log keeps it');
        await this.pause(pauseMs);
      }
    }
    this.setMode('stopped');
    this.giving?.();
  }

  private async giveIfAsked(): Promise<void> {
    if (!this.giving) return;
    await this.lease.release();
    this.giving();
    this.giving = undefined;
  }

  private async lead(): Promise<Grant | undefined> {
    const grant = this.lease.current ?? (this.options.mayTake() ? await this.lease.ask() : undefined);
    // What is known of the log may be outdated.
    if (grant && grant.fence !== this.fence) this.latest = this.committed;
    return grant;
  }

  /** Finds out how far the log goes. */
  private async look({ fence }: Grant): Promise<void> {
    const { log } = this.options;
    const before = this.lookedAt;
    this.lookedAt = performance.now();
    // While the log cannot be reached, nothing is known to wait.
    const head = await log.head().catch(() => undefined);
    if (!head) return;
    if (head.epoch !== this.epoch || fence !== this.fence) {
      // The last holder may have committed more, and an epoch begins with everything before it committed.
      this.committed = Math.max(this.committed, await log.committed());
      this.epoch = head.epoch;
      this.fence = fence;
    }
    // The oldest message may have arrived just after the look before.
    if (this.latest <= this.committed) this.lingerSince = before;
    this.latest = head.offset;
  }

  private lingerMs(): number {
    const { flushMaxMessages, flushIntervalMs } = this.options;
    if (this.stopping || this.latest - this.committed >= flushMaxMessages) return 0;
    return this.lingerSince + flushIntervalMs - performance.now();
  }

  private async writeBatch(): Promise<void> {
    // The lease may have ended while other partitions were written.
    if (!this.isLeading) return;
    const { log, store, moods, logger, clock, logRetain } = this.options;
    const batch = await this.readBatch();
    const last = batch.at(-1);
    if (!last) return;
    const decoded = batch.filter((chat) => !isUndecodable(chat));
    for (const chat of batch) if (isUndecodable(chat)) await this.addDeadLetter(chat, 'the entry of the log cannot be decoded');
    const began = performance.now();
    const rejected = await store.insertBatch(decoded);
    this.size.stored(decoded.length, performance.now() - began);
    for (const { chat, reason } of rejected) await this.storeRejected(chat, reason);
    await moods.add(decoded);
    if (!(await log.commit(last.offset, this.fence))) {
      logger.warn({ fence: this.fence }, 'another writer has taken over');
      this.lease.forget();
      this.fence = 0;
      return;
    }
    // An epoch that began during the write has moved it beyond this batch.
    this.committed = Math.max(this.committed, last.offset);
    this.lingerSince = performance.now();
    this.counts.flushes++;
    this.counts.messages += batch.length;
    // The next batch trims the rest.
    await log.trim(logRetain, clock.now() - RETAIN_MS).catch((err: unknown) => {
      logger.warn({ err }, 'the log was not trimmed');
    });
  }

  private async readBatch(): Promise<readonly Chat[]> {
    const batch: Chat[] = [];
    let bytes = 0;
    let offset = this.committed;
    const { most } = this.size;
    while (batch.length < most && bytes < BATCH_MAX_BYTES) {
      const limit = Math.min(READ_PAGE, most);
      const page = await this.options.log.read({ epoch: this.epoch, offset }, limit);
      if (!page) throw new Error(`the log has lost entries after ${offset} that were never stored`);
      for (const chat of page) {
        batch.push(chat);
        bytes += BYTES_PER_CHAT + chat.text.length * 3;
        offset = chat.offset;
      }
      if (page.length < limit) break;
    }
    return batch;
  }

  /** Retries the message alone, then adds it to the dead letters. The rest of its batch is stored already. */
  private async storeRejected(chat: Chat, firstReason: string): Promise<void> {
    let reason = firstReason;
    for (let attempt = 2; attempt <= REJECT_TRIES; attempt++) {
      const [rejected] = await this.options.store.insertBatch([chat]);
      if (!rejected) return;
      reason = rejected.reason;
    }
    await this.addDeadLetter(chat, reason);
  }

  private async addDeadLetter(chat: Chat, reason: string): Promise<void> {
    await this.options.store.addDeadLetter(chat, reason);
    this.counts.deadLetters++;
    this.options.logger.error({ id: chat.id, offset: chat.offset, reason }, 'message set aside as a dead letter');
  }

  private setMode(mode: WriterMode): void {
    this.mode = mode;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = done;
    });
  }
}

/** All writers of a process look in the same turn, at whole tenths of a second. */
const untilNextLook = (): number => LOOK_MS + 1 - Math.floor(performance.now() % LOOK_MS);
