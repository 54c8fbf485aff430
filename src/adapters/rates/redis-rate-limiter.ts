import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimiter } from '../../ports/rate-limiter';
import { Batches } from '../../util/batches';
import { FlexibleRateLimiter, type Counter, type OnRefused } from './flexible-rate-limiter';

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

/** A server that counts. */
export interface CountingServer {
  readonly commands: Redis;
  readonly isAnswering: boolean;
  /** May reject before the command is answered, if there are other servers. */
  soon<T>(command: (redis: Redis) => Promise<T>): Promise<T>;
}

export interface CountingServers<S extends CountingServer = CountingServer> {
  readonly servers: readonly S[];
  ofKey(key: string): S;
}

/**
 * Counts for all processes on Redis, each key on one of its servers, and for this process alone while that server does not answer.
 * Keys begin with `jb:rate:`.
 */
export function redisRateLimiter(places: CountingServers, onRefused: OnRefused): RateLimiter {
  const clients = places.servers.map((server) => ({ server, storeClient: clientFor(server) }));
  return new FlexibleRateLimiter((name, { points, seconds }) => {
    const options = { keyPrefix: `jb:rate:${name}`, points, duration: seconds };
    const insuranceLimiter = new RateLimiterMemory(options);
    const counters = new Map<CountingServer, Counter>(
      clients.map(({ server, storeClient }) => [
        server,
        new RateLimiterRedis({ ...options, storeClient, rejectIfRedisNotReady: true, insuranceLimiter }),
      ]),
    );
    const [only] = counters.values();
    return counters.size === 1 && only ? only : counterByKey((key) => counters.get(places.ofKey(key)) as Counter);
  }, onRefused);
}

const counterByKey = (of: (key: string) => Counter): Counter => ({
  consume: (key, ...rest) => of(String(key)).consume(key, ...rest),
  get: (key) => of(String(key)).get(key),
  penalty: (key) => of(String(key)).penalty(key),
  reward: (key) => of(String(key)).reward(key),
  delete: (key) => of(String(key)).delete(key),
});

/** What rate-limiter-flexible needs of a client. Counters that are used in one turn, as by a message, share a command. */
function clientFor(server: CountingServer): object {
  server.commands.defineCommand('incrementAll', { lua: INCREMENT });
  const increments = new Batches<Increment, Count>(async (uses) => {
    const keys = uses.map(([key]) => key);
    const values = uses.flatMap(([, points, seconds]) => [points, seconds]);
    const reply = await server.soon((redis) => (redis as unknown as Incrementing).incrementAll(keys.length, ...keys, ...values));
    return uses.map((_, i): Count => [reply[2 * i] ?? 0, reply[2 * i + 1] ?? 0]);
  });
  return {
    get status() {
      return server.isAnswering ? 'ready' : 'close';
    },
    rlflxIncr: ([key, points, seconds]: Increment) => increments.add([key, points, seconds]),
    multi: () => {
      const multi = server.commands.multi();
      const exec = multi.exec.bind(multi);
      multi.exec = () => server.soon(() => exec());
      return multi;
    },
    del: (key: string) => server.soon((redis) => redis.del(key)),
  };
}
