/** Time as the process sees it, in milliseconds since 1970. Injected, so that a test can hold it still. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
