import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../ports/logger';

/** Items of one transaction. They take the event loop some ten milliseconds. */
const BATCH_MAX = 250;
/** Pause after a batch that could not be written, because a full disk stays full for a while. New items wait meanwhile. */
const FAILURE_PAUSE_MS = 100;

interface Pending<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<T, R> {
  /** Runs the change in a transaction; resolves when it is durable, rejects when nothing of it was written. */
  readonly write: <X>(change: () => X) => Promise<X>;
  /** Called in the transaction. Returns one result per item and changes nothing in memory, because the commit may fail. */
  readonly store: (items: readonly T[]) => readonly R[];
  /** Called after the commit, before the promises of the items resolve. Must not throw. */
  readonly publish: (results: readonly R[]) => void;
  readonly logger: Logger;
}

/** Items that are added while a transaction is being written share the next one. One transaction runs at a time. */
export class GroupCommit<T, R> {
  private readonly pending: Pending<T, R>[] = [];
  private inFlight = 0;
  private draining: Promise<void> | undefined;
  private failing = false;

  constructor(private readonly options: GroupCommitOptions<T, R>) {}

  /** Number of items that are not durable yet. The caller limits it. */
  get waiting(): number {
    return this.pending.length + this.inFlight;
  }

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.pending.push({ item, resolve, reject });
      this.draining ??= this.drain();
    });
  }

  /** Resolves when no item is waiting. */
  async idle(): Promise<void> {
    await this.draining;
  }

  private async drain(): Promise<void> {
    while (this.pending.length > 0) await this.writeBatch();
    this.draining = undefined;
  }

  private async writeBatch(): Promise<void> {
    const { write, store, publish } = this.options;
    let batch: Pending<T, R>[] = [];
    try {
      const results = await write(() => {
        // Taken inside the transaction, so that items added while it waited are included.
        batch = this.pending.splice(0, BATCH_MAX);
        this.inFlight = batch.length;
        return store(batch.map(({ item }) => item));
      });
      this.inFlight = 0;
      this.setFailing(false);
      publish(results);
      batch.forEach(({ resolve }, i) => {
        resolve(results[i] as R);
      });
    } catch (error) {
      // The transaction may have failed before it took its items.
      if (batch.length === 0) batch = this.pending.splice(0);
      this.inFlight = 0;
      this.setFailing(true, error);
      for (const { reject } of batch) reject(error);
      await delay(FAILURE_PAUSE_MS);
    }
  }

  private setFailing(failing: boolean, err?: unknown): void {
    const { logger } = this.options;
    if (failing && !this.failing) logger.error({ err }, 'the log cannot be written; messages are refused until it can');
    if (!failing && this.failing) logger.info({}, 'the log can be written again');
    this.failing = failing;
  }
}
