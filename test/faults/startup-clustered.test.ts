import { freePort } from '../support/free-port';
import { RedisService } from '../support/redis-service';
import { refusal } from '../support/refusal';
import { withServices } from '../support/services';

const SETTINGS = {
  MONGODB_URI: 'mongodb://mina:canary-mongo@127.0.0.1:9/jungle',
  JWT_SECRET: 'canary-secret, which is long enough for the check',
};

async function expectRefusal(env: Record<string, string>, name: string): Promise<string> {
  const { exitCode, stderr, stdout } = await refusal({ ...SETTINGS, ...env });
  expect(exitCode).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^jungle-buzz: [^\n]+\n$/);
  expect(stderr).toContain(`jungle-buzz: ${name}`);
  expect(stderr).not.toContain('canary');
  return stderr;
}

test('refuses to start when nothing listens at REDIS_URL, also while MongoDB is down', async () => {
  const port = await freePort();
  expect(await expectRefusal({ REDIS_URL: `redis://:canary-redis@127.0.0.1:${port}` }, 'REDIS_URL')).toContain(String(port));
});

withServices(['redis'], () => {
  test('refuses to start with a Redis that may evict keys, and names the setting to change', async () => {
    const redis = await RedisService.start(['--maxmemory-policy', 'allkeys-lru', '--requirepass', 'canary-redis']);
    const url = redis.url.replace('redis://', 'redis://:canary-redis@');
    const line = await expectRefusal({ REDIS_URL: url }, 'REDIS_URL').finally(() => redis.stop());
    expect(line).toContain('noeviction');
  });

  test('refuses to start with an invalid MONGODB_URI', async () => {
    const redis = await RedisService.start();
    const env = { REDIS_URL: redis.url, MONGODB_URI: 'mongodb://mina:canary-mongo@a:1:2/x' };
    await expectRefusal(env, 'MONGODB_URI').finally(() => redis.stop());
  });
});
