import { setImmediate as endOfTurn, setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../ports/logger';

/** Items that are written together. The largest messages of that number fit into the journal. */
const BATCH_MAX = 100;
/** Pause after a batch that could not be written, because a full disk stays full for a while. New items wait meanwhile. */
const FAILURE_PAUSE_MS = 100;

interface Pending<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<T, R> {
  /** Resolves with one result per item when the items are durable and everybody was told, before the promises of the items resolve. */
  readonly write: (items: readonly T[]) => Promise<readonly R[]>;
  readonly logger: Logger;
}

/** Items that are added in one turn, or while others are being written, are written together. One write runs at a time. */
export class GroupCommit<T, R> {
  private readonly pending: Pending<T, R>[] = [];
  private inFlight = 0;
  private draining: Promise<void> | undefined;
  private writing: Promise<void> | undefined;
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

  /** Resolves when the items that are being written now are durable or refused. */
  async written(): Promise<void> {
    await this.writing;
  }

  private async drain(): Promise<void> {
    await endOfTurn();
    while (this.pending.length > 0) {
      const batch = this.pending.splice(0, BATCH_MAX);
      this.writing = this.writeBatch(batch);
      await this.writing;
    }
    this.writing = undefined;
    this.draining = undefined;
  }

  private async writeBatch(batch: readonly Pending<T, R>[]): Promise<void> {
    this.inFlight = batch.length;
    try {
      const results = await this.options.write(batch.map(({ item }) => item));
      this.inFlight = 0;
      this.setFailing(false);
      batch.forEach(({ resolve }, i) => {
        resolve(results[i] as R);
      });
    } catch (error) {
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
