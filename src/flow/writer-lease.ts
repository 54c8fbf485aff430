import type { Grant, Lease } from '../ports/lease';
import type { Logger } from '../ports/logger';
import { withDeadline } from '../util/deadline';

/** The lease of a dead process ends at most this long after its death. The next holder asks within a second of that. */
const TTL_MS = 12_000;
const RENEW_MS = 4_000;
const RETRY_MS = 1_000;
const RELEASE_MS = 1_000;

export interface WriterLeaseOptions {
  readonly lease: Lease;
  /** Number of the partition that is written under it. */
  readonly partition: number;
  /** Identifies this process to the lease. */
  readonly holder: string;
  readonly logger: Logger;
}

/** The lease of the writer of one partition. It is renewed in the background, however long a batch takes. */
export class WriterLease {
  private readonly name: string;
  private grant: Grant | undefined;
  private renewedAt = 0;
  private asking: Promise<Grant | undefined> | undefined;
  /** Changes when the lease ends, so that an answer from before does not count. */
  private generation = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: WriterLeaseOptions) {
    // Partition 0 keeps the name from before there were partitions.
    this.name = options.partition === 0 ? 'batch-writer' : `batch-writer-${options.partition}`;
  }

  /** Undefined without the lease, by the clock of this process. */
  get current(): Grant | undefined {
    return performance.now() - this.renewedAt < TTL_MS ? this.grant : undefined;
  }

  get isAsking(): boolean {
    return this.asking !== undefined;
  }

  /** Takes or renews the lease. @throws DomainError UNAVAILABLE */
  ask(): Promise<Grant | undefined> {
    this.asking ??= this.acquire().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /** Another process has taken it. */
  forget(): void {
    this.generation++;
    this.grant = undefined;
    clearTimeout(this.timer);
  }

  /** Never rejects. */
  async release(): Promise<void> {
    this.forget();
    await withDeadline(this.releaseAfterAnswer(), RELEASE_MS).catch(() => undefined);
  }

  private async acquire(): Promise<Grant | undefined> {
    const { lease, holder } = this.options;
    const { generation } = this;
    const now = performance.now();
    const grant = await lease.acquire(this.name, holder, TTL_MS);
    if (generation !== this.generation) return undefined;
    this.grant = grant;
    this.renewedAt = now;
    this.renewLater(RENEW_MS);
    return grant;
  }

  private async releaseAfterAnswer(): Promise<void> {
    const { lease, holder, logger } = this.options;
    await this.asking?.catch(() => undefined);
    await lease.release(this.name, holder).catch((err: unknown) => {
      logger.warn({ err }, 'the writer lease was not released; it expires by itself');
    });
  }

  private renewLater(ms: number): void {
    clearTimeout(this.timer);
    if (!this.current) return;
    this.timer = setTimeout(() => {
      // The writer logs that the store is unavailable.
      this.ask().catch(() => {
        this.renewLater(RETRY_MS);
      });
    }, ms);
  }
}
