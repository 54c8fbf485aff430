import { isUndecodable, type Chat } from '../domain/chat';
import type { LogPartition } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { Grant, Lease } from '../ports/lease';
import type { Logger } from '../ports/logger';
import type { MoodStore } from '../ports/mood-store';
import { withDeadline } from '../util/deadline';

/**
 * Moves messages from the log to the store in batches. The linger costs no safety (the log is durable) and no freshness (history
 * merges the backlog); it saves write requests.
 *
 *   standby    another process holds the lease; asks again every second        -> waiting
 *   waiting    nothing to write; looks at the head of the log every 100 ms     -> lingering when there is a message
 *   lingering  messages wait; until enough wait or the oldest is old   -> writing
 *   writing    one insert in flight, then mood, then commit, then trim         -> waiting, lingering, retrying, standby (fenced)
 *   retrying   the store is unavailable; backs off                             -> writing
 *   stopped    after `stop`: everything is written, or the deadline has passed
 *
 * A crash anywhere is harmless: the next holder continues after the last commit, and the store stores each chat once.
 */
type Mode = 'standby' | 'waiting' | 'lingering' | 'writing' | 'retrying' | 'stopped';

export interface BatchWriterOptions {
  readonly log: LogPartition;
  readonly store: ChatStore;
  readonly moods: MoodStore;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Identifies this process to the lease. */
  readonly holder: string;
  readonly flushMaxMessages: number;
  readonly flushIntervalMs: number;
  /** How many stored entries the log keeps for replay. */
  readonly logRetain: number;
}

export interface BatchWriterStats {
  readonly mode: Mode;
  readonly flushes: number;
  readonly messages: number;
  readonly failures: number;
  readonly deadLetters: number;
}

const LEASE = 'batch-writer';
const LEASE_TTL_MS = 15_000;
const RENEW_AFTER_MS = 5_000;
const STANDBY_POLL_MS = 1_000;
const LOOK_MS = 100;
const BATCH_MAX_MESSAGES = 10_000;
/** Of the first batch after a failure: a full log takes messages again as soon as it is stored. */
const RETRIED_MAX_MESSAGES = 500;
const BATCH_MAX_BYTES = 8 * 1024 * 1024;
const READ_PAGE = 1_000;
/** Estimate for id, author, scores and the store's overhead, added to the text. */
const BYTES_PER_CHAT = 300;
const REJECT_TRIES = 5;
const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 1_000;
const RELEASE_MS = 1_000;
const RETAIN_MS = 24 * 60 * 60 * 1000;

export class BatchWriter {
  private mode: Mode = 'standby';
  private grant: Grant | undefined;
  private renewedAt = 0;
  private epoch = '';
  private latest = 0;
  private committed = 0;
  private lingerSince = 0;
  private lookedAt = performance.now();
  private failuresInRow = 0;
  private stopping = false;
  private deadline = Infinity;
  private wake: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private readonly counts = { flushes: 0, messages: 0, failures: 0, deadLetters: 0 };

  constructor(private readonly options: BatchWriterOptions) {}

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
    const release = this.options.lease.release(LEASE, this.options.holder).catch((err: unknown) => {
      this.options.logger.warn({ err }, 'the writer lease was not released; it expires by itself');
    });
    await withDeadline(release, RELEASE_MS).catch(() => undefined);
  }

  stats(): BatchWriterStats {
    return { mode: this.mode, ...this.counts };
  }

  private async run(): Promise<void> {
    while (!(this.stopping && performance.now() > this.deadline)) {
      try {
        if (!(await this.lead())) {
          if (this.stopping) break;
          this.setMode('standby');
          await this.pause(STANDBY_POLL_MS);
          continue;
        }
        await this.look();
        if (this.latest <= this.committed) {
          if (this.stopping) break;
          this.setMode('waiting');
          await this.pause(LOOK_MS);
          continue;
        }
        const lingerMs = this.lingerMs();
        if (lingerMs > 0) {
          this.setMode('lingering');
          await this.pause(Math.min(lingerMs, LOOK_MS));
          continue;
        }
        this.setMode('writing');
        await this.writeBatch(this.grant as Grant);
        this.failuresInRow = 0;
      } catch (err) {
        this.counts.failures++;
        this.setMode('retrying');
        const pauseMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** this.failuresInRow++);
        this.options.logger.warn({ err, retryMs: pauseMs }, 'batch not stored; the log keeps it');
        await this.pause(pauseMs);
      }
    }
    this.setMode('stopped');
  }

  /** Takes or renews the lease. On a fresh grant, reads the last holder's committed offset. */
  private async lead(): Promise<boolean> {
    const now = performance.now();
    if (this.grant && now - this.renewedAt < RENEW_AFTER_MS) return true;
    const grant = await this.options.lease.acquire(LEASE, this.options.holder, LEASE_TTL_MS);
    if (grant?.fence !== this.grant?.fence && grant) {
      this.committed = Math.max(this.committed, await this.options.log.committed());
      this.lingerSince = now;
    }
    this.grant = grant;
    this.renewedAt = now;
    return grant !== undefined;
  }

  /** Finds out how far the log goes. */
  private async look(): Promise<void> {
    const { log } = this.options;
    const before = this.lookedAt;
    this.lookedAt = performance.now();
    // While the log cannot be reached, nothing is known to wait.
    const head = await log.head().catch(() => undefined);
    if (!head) return;
    if (head.epoch !== this.epoch) {
      // An epoch begins with everything before it committed.
      this.committed = Math.max(this.committed, await log.committed());
      this.epoch = head.epoch;
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

  private async writeBatch(grant: Grant): Promise<void> {
    const { log, store, moods, logger, clock, logRetain } = this.options;
    const batch = await this.readBatch();
    const last = batch.at(-1);
    if (!last) return;
    const decoded = batch.filter((chat) => !isUndecodable(chat));
    for (const chat of batch) if (isUndecodable(chat)) await this.addDeadLetter(chat, 'the entry of the log cannot be decoded');
    for (const { chat, reason } of await store.insertBatch(decoded)) await this.storeRejected(chat, reason);
    await moods.add(decoded);
    if (!(await log.commit(last.offset, grant.fence))) {
      logger.warn({ fence: grant.fence }, 'another writer has taken over');
      this.grant = undefined;
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
    const most = this.failuresInRow > 0 ? RETRIED_MAX_MESSAGES : BATCH_MAX_MESSAGES;
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

  private setMode(mode: Mode): void {
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
