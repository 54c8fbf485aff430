import type { Database } from 'lmdb';

interface Head {
  readonly offset: number;
  readonly sentAt: number;
}

interface Committed {
  readonly offset: number;
  /** The highest fence seen. */
  readonly fence: number;
}

/** head: [offset, sentAt]; committed: [offset, fence]; epoch: [name]. */
export type LogStateValue = readonly [number, number] | readonly [string];

/**
 * What a log generation knows about itself: its name, the last entry's offset, the time below which no entry will come (both
 * outlive the entry), and how far everything is stored. Changes happen inside a transaction of the caller.
 */
export class LogState {
  constructor(private readonly db: Database<LogStateValue, string>) {}

  /** '' before the first generation began. */
  epoch(): string {
    return String(this.db.get('epoch')?.[0] ?? '');
  }

  head(): Head {
    const [offset, sentAt] = this.pair('head');
    return { offset, sentAt };
  }

  committed(): Committed {
    const [offset, fence] = this.pair('committed');
    return { offset, fence };
  }

  /** Begins a generation whose first entry has the offset after `start`. Times and fences go on. */
  begin(epoch: string, start: number): void {
    void this.db.put('epoch', [epoch]);
    this.setHead({ offset: start, sentAt: this.head().sentAt });
    this.setCommitted({ offset: start, fence: this.committed().fence });
  }

  setHead({ offset, sentAt }: Head): void {
    void this.db.put('head', [offset, sentAt]);
  }

  setCommitted({ offset, fence }: Committed): void {
    void this.db.put('committed', [offset, fence]);
  }

  private pair(key: 'head' | 'committed'): readonly [number, number] {
    const [first, second] = this.db.get(key) ?? [0, 0];
    return [Number(first), second ?? 0];
  }
}
