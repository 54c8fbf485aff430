/** Leadership that was granted for a time. */
export interface Grant {
  /** Grows with every grant of the same name: storage refuses work that carries a lower one than it has seen. */
  readonly fence: number;
}

/**
 * At most one holder of a name at a time, as far as clocks allow; the fence makes it safe where they do not.
 * @throws DomainError UNAVAILABLE while the store cannot be reached
 */
export interface Lease {
  /** @returns undefined while another holder's grant lasts. Acquiring again as the same holder renews and keeps the fence. */
  acquire(name: string, holder: string, ttlMs: number): Promise<Grant | undefined>;
  /** Gives it up early, so that another can take over at once. Not held: nothing happens. */
  release(name: string, holder: string): Promise<void>;
}
