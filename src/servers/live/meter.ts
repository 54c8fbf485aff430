import type { Allowance, Allowances } from '../../ports/rate-limiter';

interface Window {
  readonly allowance: Allowance;
  used: number;
  endsAt: number;
}

/** Counts the uses of one holder in this process. Like RateLimiter, without a key and without a promise for each frame. */
export class Meter {
  private readonly windows: readonly Window[];

  constructor({ burst, ...steady }: Allowances) {
    this.windows = [steady, ...(burst ? [burst] : [])].map((allowance) => ({ allowance, used: 0, endsAt: 0 }));
  }

  /** @param now in milliseconds @returns 0 for a use within the limit, otherwise the whole seconds to wait */
  take(now: number): number {
    let wait = Infinity;
    for (const window of this.windows) {
      if (now >= window.endsAt) Object.assign(window, { used: 0, endsAt: now + window.allowance.seconds * 1000 });
      if (window.used < window.allowance.points) {
        window.used++;
        return 0;
      }
      wait = Math.min(wait, window.endsAt - now);
    }
    return Math.max(1, Math.ceil(wait / 1000));
  }
}
