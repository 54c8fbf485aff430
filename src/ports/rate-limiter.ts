/** A number of uses per window. The window of a key begins with its first use. */
export interface Allowance {
  readonly points: number;
  readonly seconds: number;
}

export interface Allowances extends Allowance {
  /** Extra uses beyond the first allowance, counted in a window of their own. */
  readonly burst?: Allowance | undefined;
}

/** A rate limit per key, for example per account or per address. */
export interface Rate extends Allowances {
  /** Keys of different names are counted separately. */
  readonly name: string;
}

/** Exponential backoff between failed tries of one key. */
export interface Backoff {
  readonly name: string;
  /** Tries without a wait. */
  readonly free: number;
  /** Wait after the first try that is not free. It doubles with each further try, up to maxSeconds. */
  readonly firstSeconds: number;
  readonly maxSeconds: number;
  /** Tries are forgotten this long after the first one. */
  readonly forgetSeconds: number;
}

/**
 * Limits how often something is done, in this process or over all processes. While the shared counter is unavailable, each process
 * counts for itself: an outage of the counter never makes a request fail.
 */
export interface RateLimiter {
  /** Counts a use of the key. @throws DomainError RATE_LIMITED with the seconds until the next use is allowed */
  consume(rate: Rate, key: string): Promise<void>;
  /** Counts nothing. @throws DomainError RATE_LIMITED while the next use of the key would exceed the limit */
  check(rate: Rate, key: string): Promise<void>;
  /** Counts a try. @throws DomainError RATE_LIMITED while the key has to wait; that try is not counted */
  attempt(backoff: Backoff, key: string): Promise<void>;
  /** Forgets the tries of the key, because one succeeded. */
  reset(backoff: Backoff, key: string): Promise<void>;
}

/** Allows everything. */
export const noRates: RateLimiter = {
  consume: () => Promise.resolve(),
  check: () => Promise.resolve(),
  attempt: () => Promise.resolve(),
  reset: () => Promise.resolve(),
};
