import { ObjectStore } from './object-store';
import { randomId } from './random-id';
import type { Locks } from './session';

/** A tab that crashed holds up the others no longer than this. */
const LEASE_MS = 10_000;
const RENEW_MS = 2_500;
const POLL_MS = 100;

/** The browser's locks. They are missing over plain HTTP on every host but localhost: there, leases in IndexedDB. */
export function openLocks(): Locks {
  // Older browsers lack it too; the types do not know that.
  const locks = navigator.locks as LockManager | undefined;
  return locks ? { request: async (name, work) => await locks.request(name, work) } : new LeaseLocks();
}

interface Lease {
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Queues within the tab, leases between tabs. Without IndexedDB only the queue is left. */
class LeaseLocks implements Locks {
  private readonly store = new ObjectStore('jungle-buzz.locks', 'leases');
  private readonly owner = randomId();
  private readonly last = new Map<string, Promise<unknown>>();

  async request<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(name) ?? Promise.resolve()).then(() => this.withLease(name, work));
    this.last.set(
      name,
      turn.catch(() => undefined),
    );
    return await turn;
  }

  private async withLease<T>(name: string, work: () => Promise<T>): Promise<T> {
    while (!(await this.take(name))) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const renewal = setInterval(() => void this.take(name), RENEW_MS);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
      await this.store.transact('readwrite', (leases) => leases.delete(name)).catch(() => undefined);
    }
  }

  /** @returns false if another tab holds the lease */
  private async take(name: string): Promise<boolean> {
    const take = this.store.transact('readwrite', async (leases) => {
      const now = Date.now();
      const held = (await leases.get(name)) as Lease | undefined;
      if (held && held.owner !== this.owner && held.until > now) return false;
      await leases.put({ owner: this.owner, until: now + LEASE_MS } satisfies Lease, name);
      return true;
    });
    return await take.catch(() => true);
  }
}
