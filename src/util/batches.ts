interface Pending<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** Items of one call: keeps the time that a store spends in it to some milliseconds. */
const BATCH_MAX = 500;

/** Items that are added while one call is under way share the next call. Calls do not overlap, so the order of `add` is kept. */
export class Batches<T, R> {
  private readonly pending: Pending<T, R>[] = [];
  private draining: Promise<void> | undefined;

  /** @param send resolves with one result per item, or rejects for all of them */
  constructor(private readonly send: (items: readonly T[]) => Promise<readonly R[]>) {}

  /** Number of items that wait for their call. The caller limits it. */
  get waiting(): number {
    return this.pending.length;
  }

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.pending.push({ item, resolve, reject });
      this.draining ??= this.drain();
    });
  }

  /** Resolves when no item waits any more. */
  async idle(): Promise<void> {
    await this.draining;
  }

  private async drain(): Promise<void> {
    // Items that are added in the same turn share the first call.
    await Promise.resolve();
    while (this.pending.length > 0) {
      const batch = this.pending.splice(0, BATCH_MAX);
      try {
        const results = await this.send(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, i) => {
          resolve(results[i] as R);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.draining = undefined;
  }
}
