/** Leadership granted for a limited time. */
export interface Grant {
  /** Increases with every grant of the same name. Stores refuse writes with a lower fence than one they have seen. */
  readonly fence: number;
}

/** A grant for this long survives a restart of its holder: only `release` ends it. A hundred years. */
export const OUTLIVES_PROCESS_MS = 100 * 365 * 86_400_000;

/**
 * Leader election: a name has at most one holder at a time, as far as clocks agree. The fence keeps writes safe where they do not.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface Lease {
  /** Acquiring again as the same holder renews the grant and keeps its fence. @returns undefined while another holder has the name */
  acquire(name: string, holder: string, ttlMs: number): Promise<Grant | undefined>;
  /** Ends the grant early, so that another holder can take over at once. Does nothing if the name is not held. */
  release(name: string, holder: string): Promise<void>;
}
