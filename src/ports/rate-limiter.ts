/** So many uses in a window, which begins with the first use of a key. */
export interface Allowance {
  readonly points: number;
  readonly seconds: number;
}

export interface Allowances extends Allowance {
  /** So many more uses, in a longer window of their own. */
  readonly burst?: Allowance | undefined;
}

/** How often something may be done with one key: by one account, from one address. */
export interface Rate extends Allowances {
  /** Keys of different names never meet. */
  readonly name: string;
}

/** Tries that have to wait ever longer for each other, until one succeeds. */
export interface Backoff {
  readonly name: string;
  /** Tries that need not wait. */
  readonly free: number;
  /** The wait after the first try that is not free; it doubles with each that follows. */
  readonly firstSeconds: number;
  readonly maxSeconds: number;
  /** Tries are forgotten so long after the first. */
  readonly forgetSeconds: number;
}

/**
 * Counts what was done lately, in this process alone or for all processes together. While the shared counter is away, each process
 * counts for itself: a limiter is never the reason that something cannot be done.
 */
export interface RateLimiter {
  /** Counts a use of the key. @throws DomainError RATE_LIMITED with the seconds until there is room again */
  consume(rate: Rate, key: string): Promise<void>;
  /** Counts a try. @throws DomainError RATE_LIMITED while the key has to wait; then nothing was counted */
  attempt(backoff: Backoff, key: string): Promise<void>;
  /** A try succeeded: the next ones are free again. */
  reset(backoff: Backoff, key: string): Promise<void>;
}

/** Counts nothing. */
export const noRates: RateLimiter = {
  consume: () => Promise.resolve(),
  attempt: () => Promise.resolve(),
  reset: () => Promise.resolve(),
};
