import { openEngine } from '../../src/app/engine';
import { parseConfig } from '../../src/config/config';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import { RedisServers } from '../faults/redis-servers';
import { cli } from '../support/cli';
import { RedisService } from '../support/redis-service';
import { refusal } from '../support/refusal';
import { withServices } from '../support/services';

/** Settings of a Redis with which no process starts, each with what doctor says about it. */
const WRONG: readonly (readonly [string, readonly string[], string])[] = [
  ['may evict keys', ['--maxmemory-policy', 'allkeys-lru'], 'set maxmemory-policy to noeviction'],
  ['is a replica', ['--replicaof', '127.0.0.1', '9'], 'use the address of its primary'],
  ['is a node of a Redis Cluster', ['--cluster-enabled', 'yes'], 'use a Redis without cluster mode'],
];

withServices(['mongo'], (services) => {
  let servers: RedisServers;
  let env: Record<string, string>;
  const name = (server: number): string => `redis ${new URL(servers.at(server).url).host}`;
  const findings = async (): Promise<{ code: number; found: Map<string, string> }> => {
    const { code, stdout } = await cli(['doctor'], env);
    const lines = [...stdout.matchAll(/^(ok|WARN|BAD) +(.+?): (.+)$/gm)];
    return { code, found: new Map(lines.map(([, mark = '', about = '', text = '']) => [about, `${mark} ${text}`])) };
  };

  beforeEach(async () => {
    servers = await RedisServers.start(3, 4);
    const JWT_SECRET = 'a secret of the tests, long enough for the check';
    env = { REDIS_URL: servers.url, LOG_PARTITIONS: '4', MONGODB_URI: services.mongo.empty(), JWT_SECRET };
  });
  afterEach(() => servers.stop());

  test('names each of several Redis servers', async () => {
    const { code, found } = await findings();
    expect(code).toBe(0);
    for (const server of [0, 1, 2]) {
      expect(found.get(name(server))).toMatch(/^ok version .+ answers$/);
      expect(found.get(`${name(server)} disk`)).toBe('ok appendonly yes, appendfsync always');
      expect(found.get(`${name(server)} clock`)).toMatch(/^ok /);
    }
    expect(found.get('mongodb')).toBe('ok answers');
    expect(found.get('mongodb clock')).toMatch(/^ok /);
  });

  test('names the one that is lost, and examines the others', async () => {
    await servers.at(1).service.down();
    const { code, found } = await findings();
    expect(code).toBe(1);
    expect(found.get(name(1))).toMatch(/^BAD REDIS_URL: Redis at .+ cannot be used \(.*ECONNREFUSED.*\)\.$/);
    for (const about of [name(0), name(2), 'mongodb']) expect(found.get(about)).toMatch(/^ok .*answers$/);
  });

  test('reports a LOG_PARTITIONS other than that of the first start', async () => {
    const config = parseConfig({ ...env, NODE_ENV: 'test' });
    await (await openEngine(config, systemClock, silentLogger)).close();
    env['LOG_PARTITIONS'] = '8';
    const { code, found } = await findings();
    expect([code, found.get('mongodb')]).toEqual([1, expect.stringMatching(/^BAD LOG_PARTITIONS is 8, but .* has 4\./)]);
  });

  test.each(WRONG)('reports one that %s, as a start does', async (_, settings, advice) => {
    const wrong = await RedisService.start(settings);
    env['REDIS_URL'] = [servers.at(0).url, wrong.url, servers.at(2).url].join(',');
    try {
      const { code, found } = await findings();
      const about = `redis ${new URL(wrong.url).host}`;
      expect([code, found.get(about)]).toEqual([1, expect.stringContaining(advice)]);
      const { exitCode, stderr } = await refusal(env);
      expect([exitCode, `BAD ${stderr}`]).toEqual([1, `${found.get(about)?.replace('BAD ', 'BAD jungle-buzz: ')}\n`]);
    } finally {
      await wrong.stop();
    }
  });
});
