import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateLimiter } from '../../ports/rate-limiter';
import { FlexibleRateLimiter, type OnRefused } from './flexible-rate-limiter';

/** Counts for this process alone. */
export const memoryRateLimiter = (onRefused: OnRefused): RateLimiter =>
  new FlexibleRateLimiter(
    (name, { points, seconds }) => new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
    onRefused,
  );
