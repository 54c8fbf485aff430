import { StartupError } from '../../src/domain/startup-error';
import { silentLogger, type Logger } from '../../src/ports/logger';
import { freePort } from '../support/free-port';
import { closeRedisEngine, openRedisEngine } from '../support/redis-engine';
import { RedisService } from '../support/redis-service';
import { withServices } from '../support/services';

const refusal = async (url: string): Promise<string> => {
  const error: unknown = await openRedisEngine(url).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartupError);
  const { message } = error as StartupError;
  expect(message).toMatch(/^REDIS_URL: Redis at [^ ]+ .*$/);
  return message;
};

withServices(['redis'], () => {
  const during = async (settings: string[], test: (redis: RedisService) => Promise<void>) => {
    const redis = await RedisService.start(settings);
    await test(redis).finally(() => redis.stop());
  };

  test('refuses to start in one line without credentials when nothing listens at REDIS_URL', async () => {
    const port = await freePort();
    const message = await refusal(`redis://mina:s3cret@127.0.0.1:${port}/0`);
    expect(message).toContain(`127.0.0.1:${port}`);
    expect(message).not.toMatch(/mina|s3cret/);
  });

  test('refuses to start with a wrong password and does not repeat it', async () => {
    await during(['--requirepass', 'right'], async (redis) => {
      const message = await refusal(redis.url.replace('redis://', 'redis://default:wr0ng@'));
      expect(message).not.toMatch(/wr0ng|right/);
    });
  });

  test('refuses to start with a Redis that may evict keys, and names the setting to change', async () => {
    await during(['--maxmemory-policy', 'allkeys-lru'], async (redis) => {
      expect(await refusal(redis.url)).toContain('maxmemory-policy to noeviction');
    });
  });

  test('starts with a warning with a Redis without an append-only file', async () => {
    const warnings: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (_fields, message) => warnings.push(message) };
    await during(['--appendonly', 'no'], async (redis) => {
      await closeRedisEngine(await openRedisEngine(redis.url, undefined, { logger }));
    });
    expect(warnings).toContainEqual(expect.stringContaining('Set its appendonly to yes'));
  });

  test('appends to a full Redis reject with UNAVAILABLE, and succeed when there is memory again', async () => {
    await during([], async (redis) => {
      const engine = await openRedisEngine(redis.url);
      const draft = (id: string) => ({ id, room: 'main', authorId: 'u', author: 'a', text: id, emotions: [], dominant: null });
      await redis.ask(redis.url, (client) => client.config('SET', 'maxmemory', '1mb'));
      await expect(engine.chatLog.append(draft('a'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await redis.ask(redis.url, (client) => client.config('SET', 'maxmemory', '0'));
      expect(await engine.chatLog.append(draft('a'))).toMatchObject({ chat: { offset: 1 } });
      await closeRedisEngine(engine);
    });
  });
});
