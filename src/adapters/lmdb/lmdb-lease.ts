import type { Database } from 'lmdb';
import type { Clock } from '../../ports/clock';
import type { Grant, Lease } from '../../ports/lease';
import type { Environment } from './environment';

/** holder ('' for none), fence, end of the grant in milliseconds since 1970; stored under the name. */
export type LeaseTuple = readonly [string, number, number];

export class LmdbLease implements Lease {
  constructor(
    private readonly env: Environment,
    private readonly leases: Database<LeaseTuple, string>,
    private readonly clock: Clock,
  ) {}

  acquire(name: string, holder: string, ttlMs: number): Promise<Grant | undefined> {
    return this.env.write(() => {
      const [current, lastFence, endsAt] = this.leases.get(name) ?? ['', 0, 0];
      const now = this.clock.now();
      if (current !== '' && current !== holder && now < endsAt) return undefined;
      const fence = current === holder ? lastFence : lastFence + 1;
      void this.leases.put(name, [holder, fence, now + ttlMs]);
      return { fence };
    });
  }

  release(name: string, holder: string): Promise<void> {
    return this.env.write(() => {
      const [current, fence] = this.leases.get(name) ?? ['', 0];
      if (current === holder) this.free(name, fence);
    });
  }

  /** In a transaction, by the only process that may write: whoever held a grant is gone. The fences stay. */
  releaseAll(): void {
    for (const { key, value } of [...this.leases.getRange()]) this.free(key, value[1]);
  }

  private free(name: string, fence: number): void {
    void this.leases.put(name, ['', fence, 0]);
  }
}
