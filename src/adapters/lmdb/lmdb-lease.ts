import type { Clock } from '../../ports/clock';
import { OUTLIVES_PROCESS_MS, type Grant, type Lease } from '../../ports/lease';
import type { Environment } from './environment';
import type { Table } from './table';

export interface LeaseRecord {
  /** '' for none. */
  readonly holder: string;
  readonly fence: number;
  /** End of the grant in milliseconds since 1970. */
  readonly endsAt: number;
}

const FREE: LeaseRecord = { holder: '', fence: 0, endsAt: 0 };

export class LmdbLease implements Lease {
  constructor(
    private readonly env: Environment,
    private readonly leases: Table<LeaseRecord, string>,
    private readonly clock: Clock,
  ) {}

  acquire(name: string, holder: string, ttlMs: number): Promise<Grant | undefined> {
    return this.env.write(() => {
      const current = this.leases.get(name) ?? FREE;
      const now = this.clock.now();
      if (current.holder !== '' && current.holder !== holder && now < current.endsAt) return undefined;
      const fence = current.holder === holder ? current.fence : current.fence + 1;
      this.leases.put(name, { holder, fence, endsAt: now + ttlMs });
      return { fence };
    });
  }

  release(name: string, holder: string): Promise<void> {
    return this.env.write(() => {
      const current = this.leases.get(name);
      if (current?.holder === holder) this.leases.put(name, { ...FREE, fence: current.fence });
    });
  }

  /**
   * Called in a transaction at start by the only process that may write: the former holders have ended. The fences stay, and so do
   * grants that outlive their process.
   */
  releaseAll(): void {
    for (const name of this.leases.keys()) {
      const lease = this.leases.get(name);
      if (lease && lease.endsAt < this.clock.now() + OUTLIVES_PROCESS_MS / 2)
        this.leases.put(name, { ...FREE, fence: lease.fence });
    }
  }
}
