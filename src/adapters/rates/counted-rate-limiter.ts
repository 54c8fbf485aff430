import { DomainError } from '../../domain/errors';
import type { RateLimiter } from '../../ports/rate-limiter';

/** Reports every refusal of the limiter. @param onRefused called with the name of the rate; slow mode has one name for all its seconds */
export function countedRateLimiter(limiter: RateLimiter, onRefused: (name: string) => void): RateLimiter {
  const counted = async (name: string, use: Promise<void>): Promise<void> => {
    try {
      await use;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'RATE_LIMITED') onRefused(name.replace(/-\d+$/, ''));
      throw error;
    }
  };
  return {
    consume: (rate, key) => counted(rate.name, limiter.consume(rate, key)),
    check: (rate, key) => counted(rate.name, limiter.check(rate, key)),
    attempt: (backoff, key) => counted(backoff.name, limiter.attempt(backoff, key)),
    reset: (backoff, key) => limiter.reset(backoff, key),
  };
}
