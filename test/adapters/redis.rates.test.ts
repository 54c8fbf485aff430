import { redisRateLimiter } from '../../src/adapters/rates/redis-rate-limiter';
import type { Backoff, RateLimiter } from '../../src/ports/rate-limiter';
import { openServers } from '../../src/adapters/redis/open-servers';
import { Places } from '../../src/adapters/redis/places';
import { ONE_PARTITION } from '../../src/domain/partition';
import { silentLogger } from '../../src/ports/logger';
import { RedisService } from '../support/redis-service';
import { withServices } from '../support/services';

const rate = { name: 'r', points: 2, seconds: 600 };
const backoff: Backoff = { name: 'b', free: 2, firstSeconds: 60, maxSeconds: 600, forgetSeconds: 3_600 };
const LIMITED = { code: 'RATE_LIMITED', retryAfter: expect.any(Number) as number };

withServices(['redis'], () => {
  let service: RedisService;
  const closing: (() => void)[] = [];
  beforeAll(async () => {
    service = await RedisService.start();
  });
  afterAll(async () => {
    closing.forEach((close) => close());
    await service.stop();
  });

  /** As another process would have it. */
  const open = async (refused: string[] = []): Promise<RateLimiter> => {
    const servers = await openServers({ urls: [service.url], logger: silentLogger });
    closing.push(() => servers.forEach((server) => server.close()));
    return redisRateLimiter(new Places(servers, ONE_PARTITION), (name) => refused.push(name));
  };

  test('processes count together in keys that expire, in one command for those used in one turn, and each counts alone while Redis is down', async () => {
    const refused: string[] = [];
    const [one, other] = [await open(refused), await open(refused)];
    await one.consume(rate, 'mina');
    await other.consume(rate, 'mina');
    await expect(one.consume(rate, 'mina')).rejects.toMatchObject(LIMITED);
    await expect(other.consume(rate, 'mina')).rejects.toMatchObject(LIMITED);
    await other.consume(rate, 'haru');

    // Three at once: two free tries, and the one that the gate admits.
    const attempts = await Promise.allSettled([one, other, one, other, one].map((limiter) => limiter.attempt(backoff, 'mina')));
    expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
    await one.reset(backoff, 'mina');
    await other.attempt(backoff, 'mina');
    expect(refused).toEqual(['r', 'r', 'b', 'b']);

    const ends = await service.ask(service.url, async (redis) => {
      const keys = await redis.keys('*');
      return Promise.all(keys.map((key) => redis.ttl(key)));
    });
    expect(ends.length).toBeGreaterThan(0);
    expect(Math.min(...ends)).toBeGreaterThan(0);

    const countCommands = () =>
      service.ask(service.url, async (redis) =>
        Number(/calls=(\d+)/.exec(/cmdstat_evalsha:.*/.exec(await redis.info('commandstats'))?.[0] ?? '')?.[1]),
      );
    const before = await countCommands();
    await Promise.all(['a', 'b', 'c'].map((key) => one.consume(rate, key)));
    expect(await countCommands()).toBe(before + 1);

    await service.down();
    await one.consume(rate, 'mina');
    await one.consume(rate, 'mina');
    await expect(one.consume(rate, 'mina')).rejects.toMatchObject(LIMITED);
    await one.attempt(backoff, 'mina');
    await one.reset(backoff, 'mina');
  });
});
