/** The wall clock of this process. Injected so that tests can control it. */
export interface Clock {
  /** Milliseconds since 1970. It may jump in both directions when the clock is set. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
