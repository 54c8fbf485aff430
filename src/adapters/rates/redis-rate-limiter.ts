import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimiter } from '../../ports/rate-limiter';
import { Batches } from '../../util/batches';
import { FlexibleRateLimiter, type OnRefused } from './flexible-rate-limiter';

/** As rate-limiter-flexible counts one key. KEYS: counters; ARGV: points and seconds of each. Returns count and milliseconds left of each. */
const INCREMENT = `
local reply = {}
for i, key in ipairs(KEYS) do
  local points, seconds = ARGV[2 * i - 1], ARGV[2 * i]
  redis.call('SET', key, 0, 'EX', seconds, 'NX')
  local count = redis.call('INCRBY', key, points)
  local left = redis.call('PTTL', key)
  if left == -1 then
    redis.call('EXPIRE', key, seconds)
    left = 1000 * seconds
  end
  reply[2 * i - 1], reply[2 * i] = count, left
end
return reply`;

type Increment = readonly [key: string, points: string, seconds: string];
type Count = readonly [count: number, msLeft: number];

interface Incrementing {
  incrementAll(keyCount: number, ...keysAndArguments: string[]): Promise<number[]>;
}

/** Counts for all processes on one Redis, and for this process alone while Redis is unreachable. Keys begin with `jb:rate:`. */
export function redisRateLimiter(redis: Redis, onRefused: OnRefused): RateLimiter {
  const storeClient = clientFor(redis);
  return new FlexibleRateLimiter((name, { points, seconds }) => {
    const options = { keyPrefix: `jb:rate:${name}`, points, duration: seconds };
    return new RateLimiterRedis({
      ...options,
      storeClient,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(options),
    });
  }, onRefused);
}

/** What rate-limiter-flexible needs of a client. Counters that are used in one turn, as by a message, share a command. */
function clientFor(redis: Redis): object {
  redis.defineCommand('incrementAll', { lua: INCREMENT });
  const increments = new Batches<Increment, Count>(async (uses) => {
    const keys = uses.map(([key]) => key);
    const values = uses.flatMap(([, points, seconds]) => [points, seconds]);
    const reply = await (redis as unknown as Incrementing).incrementAll(keys.length, ...keys, ...values);
    return uses.map((_, i): Count => [reply[2 * i] ?? 0, reply[2 * i + 1] ?? 0]);
  });
  return {
    get status() {
      return redis.status;
    },
    rlflxIncr: ([key, points, seconds]: Increment) => increments.add([key, points, seconds]),
    multi: () => redis.multi(),
    del: (key: string) => redis.del(key),
  };
}
