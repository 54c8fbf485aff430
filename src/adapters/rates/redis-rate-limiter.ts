import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimiter } from '../../ports/rate-limiter';
import { FlexibleRateLimiter, type OnRefused } from './flexible-rate-limiter';

/** Counts for all processes on one Redis, and for this process alone while Redis is unreachable. Keys begin with `jb:rate:`. */
export const redisRateLimiter = (redis: Redis, onRefused: OnRefused): RateLimiter =>
  new FlexibleRateLimiter((name, { points, seconds }) => {
    const options = { keyPrefix: `jb:rate:${name}`, points, duration: seconds };
    return new RateLimiterRedis({
      ...options,
      storeClient: redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(options),
    });
  }, onRefused);
