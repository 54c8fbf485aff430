/** Items of one batch. */
const BATCH_MAX = 500;

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** Items that are added for a key while its batch is under way share the next one. Batches of one key do not overlap. */
export class KeyedBatches<T, R> {
  private readonly queues = new Map<string, Waiting<T, R>[]>();
  private waiting = 0;

  /**
   * @param run resolves with one result per item, or rejects for all of them
   * @param waitingMax items of all keys that may wait or be under way
   */
  constructor(
    private readonly run: (key: string, items: readonly T[]) => Promise<readonly R[]>,
    private readonly waitingMax: number,
  ) {}

  get isFull(): boolean {
    return this.waiting >= this.waitingMax;
  }

  add(key: string, item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting++;
      const queue = this.queues.get(key);
      if (queue) queue.push({ item, resolve, reject });
      else {
        this.queues.set(key, [{ item, resolve, reject }]);
        void this.drain(key);
      }
    });
  }

  private async drain(key: string): Promise<void> {
    // Items that are added in the same turn share the first batch.
    await Promise.resolve();
    const queue = this.queues.get(key) ?? [];
    while (queue.length > 0) {
      const batch = queue.splice(0, BATCH_MAX);
      try {
        const results = await this.run(
          key,
          batch.map(({ item }) => item),
        );
        batch.forEach(({ resolve }, i) => {
          resolve(results[i] as R);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      this.waiting -= batch.length;
    }
    this.queues.delete(key);
  }
}
