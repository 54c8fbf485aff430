import { Batches } from './batches';

interface Key<T, R> {
  readonly batches: Batches<T, R>;
  /** Items that wait or are under way. */
  items: number;
}

/** Items of one key share calls as in `Batches`. Calls of different keys may overlap. */
export class KeyedBatches<T, R> {
  private readonly keys = new Map<string, Key<T, R>>();
  private items = 0;

  /**
   * @param send resolves with one result per item, or rejects for all of them
   * @param maxItems items of all keys that may wait or be under way
   */
  constructor(
    private readonly send: (key: string, items: readonly T[]) => Promise<readonly R[]>,
    private readonly maxItems: number,
  ) {}

  get isFull(): boolean {
    return this.items >= this.maxItems;
  }

  async add(name: string, item: T): Promise<R> {
    const key = this.keys.get(name) ?? { batches: new Batches<T, R>((items) => this.send(name, items)), items: 0 };
    this.keys.set(name, key);
    key.items++;
    this.items++;
    try {
      return await key.batches.add(item);
    } finally {
      this.items--;
      key.items--;
      if (key.items === 0) this.keys.delete(name);
    }
  }
}
