import type { Bus } from '../ports/bus';
import type { LogPartition } from '../ports/chat-log';
import { Slots } from '../util/slots';
import { BatchWriter, type BatchWriterOptions, type BatchWriterStats, type WriterMode } from './batch-writer';
import { WriterShares } from './writer-shares';

export interface BatchWritersOptions extends Omit<BatchWriterOptions, 'log' | 'mayTake' | 'slots'> {
  readonly partitions: readonly LogPartition[];
  readonly bus: Bus;
}

export interface BatchWritersStats extends Omit<BatchWriterStats, 'mode'> {
  /** How many writers are in each mode. */
  readonly modes: ReadonlyMap<WriterMode, number>;
}

const BEAT_MS = 1_000;
/** Limits memory: a batch has at most 8 MiB of text. */
const BATCHES_AT_A_TIME = 4;

/**
 * The writers of one process: one for each partition, most of them on standby where several processes write. Partitions move when a
 * process joins, stops or dies, one at a time to a process that joins.
 */
export class BatchWriters {
  private readonly writers: readonly BatchWriter[];
  private readonly shares: WriterShares;
  private isStopping = false;
  private isGiving = false;
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(private readonly options: BatchWritersOptions) {
    const { partitions, logger, holder } = options;
    this.shares = new WriterShares(
      holder,
      partitions.map(({ number }) => number),
    );
    const slots = new Slots(BATCHES_AT_A_TIME);
    this.writers = partitions.map(
      (log) =>
        new BatchWriter({
          ...options,
          log,
          logger: partitions.length > 1 ? logger.child({ partition: log.number }) : logger,
          slots,
          mayTake: () => !this.isStopping && this.shares.mayTake(log.number, this.claims()),
        }),
    );
  }

  start(): void {
    this.unsubscribe = this.options.bus.subscribe((event) => {
      if (event.type !== 'writer' || !this.shares.hear(event)) return;
      this.shares.update(this.own());
      for (const writer of this.writers) writer.recheck();
    });
    for (const writer of this.writers) writer.start();
    this.timer = setInterval(() => {
      this.beat();
    }, BEAT_MS);
  }

  /** Writes the backlog of its partitions for at most `deadlineMs`, then ends. The rest stays in the log for other processes. */
  async stop(deadlineMs: number): Promise<void> {
    this.isStopping = true;
    this.publish();
    await Promise.all(
      this.writers.map(async (writer) => {
        const wasLeading = writer.isLeading;
        await writer.stop(deadlineMs);
        if (wasLeading) this.publish();
      }),
    );
    clearInterval(this.timer);
    this.unsubscribe?.();
  }

  stats(): BatchWritersStats {
    const modes = new Map<WriterMode, number>();
    const sums = { flushes: 0, messages: 0, failures: 0, deadLetters: 0 };
    for (const writer of this.writers) {
      const { mode, flushes, messages, failures, deadLetters } = writer.stats();
      modes.set(mode, (modes.get(mode) ?? 0) + 1);
      sums.flushes += flushes;
      sums.messages += messages;
      sums.failures += failures;
      sums.deadLetters += deadLetters;
    }
    return { modes, ...sums };
  }

  private beat(): void {
    const own = this.own();
    this.shares.update(own);
    this.publish();
    if (this.isStopping || this.isGiving || !this.shares.shouldGive(own)) return;
    const given = this.writers.findLast(({ isLeading }) => isLeading);
    if (!given) return;
    this.isGiving = true;
    void given.give().then(() => {
      this.isGiving = false;
      this.publish();
    });
  }

  private publish(): void {
    const { bus, holder } = this.options;
    bus.publish({ type: 'writer', worker: holder, partitions: this.own(), isStopping: this.isStopping });
  }

  private own(): number[] {
    return this.writers.filter(({ isLeading }) => isLeading).map(({ partition }) => partition);
  }

  private claims(): number {
    return this.writers.filter(({ isClaiming }) => isClaiming).length;
  }
}
