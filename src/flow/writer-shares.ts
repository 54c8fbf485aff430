import type { BusEvent } from '../ports/bus';

export type WriterEvent = Extract<BusEvent, { type: 'writer' }>;

/** A process that was not heard for this long counts as dead. Each one publishes every second. */
const DEAD_MS = 5_000;
/** A partition without a writer for this long may be taken by any process, also by one that has its share. */
const FREE_MS = 5_000;

interface Other {
  partitions: ReadonlySet<number>;
  isStopping: boolean;
  heardAt: number;
}

/**
 * How the partitions are spread over the processes that write, as one of them sees it. Each process publishes what it has. Nothing here
 * is needed for safety: a lease has one holder, and the fence keeps out the former ones. If events are lost, a process asks for leases
 * in vain, or a partition waits a few seconds for its next writer.
 */
export class WriterShares {
  private readonly others = new Map<string, Other>();
  private readonly freeSince = new Map<number, number>();

  /**
   * @param worker names this process
   * @param partitions numbers of all partitions
   */
  constructor(
    private readonly worker: string,
    private readonly partitions: readonly number[],
  ) {}

  /** @returns whether it says something new */
  hear({ worker, partitions, isStopping }: WriterEvent): boolean {
    if (worker === this.worker) return false;
    const before = this.others.get(worker);
    this.others.set(worker, { partitions: new Set(partitions), isStopping, heardAt: performance.now() });
    return before?.partitions.size !== partitions.length || partitions.some((number) => !before.partitions.has(number));
  }

  /** Forgets dead processes, and sees which partitions have become free. To be called every second. @param own those of this process */
  update(own: readonly number[]): void {
    const now = performance.now();
    for (const [worker, { heardAt }] of this.others) if (now - heardAt > DEAD_MS) this.others.delete(worker);
    for (const number of this.partitions) {
      if (own.includes(number) || this.isHeldElsewhere(number)) this.freeSince.delete(number);
      else if (!this.freeSince.has(number)) this.freeSince.set(number, now);
    }
  }

  /** Whether this process, which has so many partitions, should ask for this one. Those with the fewest ask first. */
  mayTake(number: number, own: number): boolean {
    if (this.isHeldElsewhere(number)) return false;
    const counts = this.countsElsewhere();
    const share = this.partitions.length / (counts.length + 1);
    if (own < Math.floor(share) || (own < share && own <= Math.min(...counts))) return true;
    return performance.now() - (this.freeSince.get(number) ?? Infinity) > FREE_MS;
  }

  /** Whether this process should give one of its partitions to another: it has the most, another has two fewer, and none is free. */
  shouldGive(own: readonly number[]): boolean {
    const counts = this.countsElsewhere();
    if (own.length - Math.min(...counts) < 2) return false;
    const isFirstWithMost = this.living().every(
      ([worker, { partitions }]) => partitions.size < own.length || (partitions.size === own.length && worker > this.worker),
    );
    return isFirstWithMost && this.partitions.every((number) => own.includes(number) || this.isHeldElsewhere(number));
  }

  private living(): [string, Other][] {
    return [...this.others].filter(([, { isStopping }]) => !isStopping);
  }

  private countsElsewhere(): number[] {
    return this.living().map(([, { partitions }]) => partitions.size);
  }

  private isHeldElsewhere(number: number): boolean {
    return [...this.others.values()].some(({ partitions }) => partitions.has(number));
  }
}
