import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../ports/logger';

/** Items of one transaction: bounds the time the event loop spends in it to some ten milliseconds. */
const BATCH_MAX = 250;
/** Between a batch that could not be written and the next: a full disk stays full for longer. Items gather meanwhile. */
const FAILURE_PAUSE_MS = 100;

interface Pending<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<T, R> {
  /** Runs the change in a transaction; resolves when it is durable, rejects when nothing of it was written. */
  readonly write: <X>(change: () => X) => Promise<X>;
  /** In the transaction: one result per item. Changes nothing in memory, so that a failed commit leaves no trace. */
  readonly store: (items: readonly T[]) => readonly R[];
  /** After the commit, before the items' promises resolve. Must not throw. */
  readonly publish: (results: readonly R[]) => void;
  readonly logger: Logger;
}

/** Items that come while one transaction is on its way to the disk share the next one. One is under way at a time. */
export class GroupCommit<T, R> {
  private readonly pending: Pending<T, R>[] = [];
  private inFlight = 0;
  private draining: Promise<void> | undefined;
  private failing = false;

  constructor(private readonly options: GroupCommitOptions<T, R>) {}

  /** Items that are not durable yet. The caller bounds them. */
  get waiting(): number {
    return this.pending.length + this.inFlight;
  }

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.pending.push({ item, resolve, reject });
      this.draining ??= this.drain();
    });
  }

  /** Resolves when nothing waits any more. */
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
        // Taken inside the transaction: what came while it waited for its turn is in it.
        batch = this.pending.splice(0, BATCH_MAX);
        this.inFlight = batch.length;
        return store(batch.map(({ item }) => item));
      });
      this.inFlight = 0;
      this.note(false);
      publish(results);
      batch.forEach(({ resolve }, i) => {
        resolve(results[i] as R);
      });
    } catch (error) {
      // The transaction may have failed before it took a batch.
      if (batch.length === 0) batch = this.pending.splice(0);
      this.inFlight = 0;
      this.note(true, error);
      for (const { reject } of batch) reject(error);
      await delay(FAILURE_PAUSE_MS);
    }
  }

  private note(failing: boolean, err?: unknown): void {
    const { logger } = this.options;
    if (failing && !this.failing) logger.error({ err }, 'the log cannot be written: messages are refused until it can');
    if (!failing && this.failing) logger.info({}, 'the log can be written again');
    this.failing = failing;
  }
}
