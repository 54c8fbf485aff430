import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ANSWER_MS, connect } from '../../src/adapters/redis/connect';
import { StartupError } from '../../src/domain/startup-error';
import { silentLogger, type Logger } from '../../src/ports/logger';
import { Link } from '../faults/link';
import { freePort } from '../support/free-port';
import { closeRedisEngine, openRedisEngine } from '../support/redis-engine';
import { RedisService } from '../support/redis-service';
import { ServiceProcess } from '../support/service-process';
import { withServices } from '../support/services';
import { tempDir } from '../support/temp-dir';

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

test('refuses to start when the server accepts connections and never answers', async () => {
  const silent = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const opening = connect({ url: `redis://mina:s3cret@127.0.0.1:${port}/0`, logger: silentLogger, name: 'start', startMs: 0 });
  const error: unknown = await opening.catch((reason: unknown) => reason);
  silent.close();
  expect(error).toBeInstanceOf(StartupError);
  expect((error as StartupError).message).toMatch(/^REDIS_URL: Redis at 127\.0\.0\.1:\d+ cannot be used \(.+\)\.$/);
  expect((error as StartupError).message).not.toMatch(/mina|s3cret/);
});

test('refuses to start at once when Redis is in protected mode, and says what to set', async () => {
  const denying = createServer((socket) =>
    socket
      .on('error', () => undefined)
      .resume()
      .end('-DENIED Redis is running in protected mode because ...\r\n'),
  ).listen(0, '127.0.0.1');
  await once(denying, 'listening');
  const { port } = denying.address() as AddressInfo;
  const opening = connect({ url: `redis://127.0.0.1:${port}/0`, logger: silentLogger, name: 'start' });
  const error: unknown = await opening.catch((reason: unknown) => reason);
  denying.close();
  expect(error).toBeInstanceOf(StartupError);
  expect((error as StartupError).message).toMatch(/^REDIS_URL: Redis at 127\.0\.0\.1:\d+ is in protected mode .*requirepass/);
});

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
      const draft = (id: string) => ({
        id,
        room: 'main',
        authorId: 'u',
        author: 'a',
        text: id,
        emotions: [],
        dominant: null,
        feeling: null,
        answers: null,
      });
      await redis.ask(redis.url, (client) => client.config('SET', 'maxmemory', '1mb'));
      await expect(engine.chatLog.append(draft('a'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await redis.ask(redis.url, (client) => client.config('SET', 'maxmemory', '0'));
      expect(await engine.chatLog.append(draft('a'))).toMatchObject({ chat: { offset: 1 } });
      await closeRedisEngine(engine);
    });
  });

  test('waits for a server that does not answer for longer than one attempt', async () => {
    await during([], async (redis) => {
      const link = await Link.to(redis.url);
      link.blackHole();
      const opening = openRedisEngine(link.url(redis.url));
      const healing = setTimeout(() => {
        link.heal();
      }, 6_000);
      const engine = await opening;
      clearTimeout(healing);
      expect(link.touched).toBeGreaterThan(0);
      expect(engine.isReady()).toBe(true);
      await closeRedisEngine(engine);
      await link.close();
    });
  });

  test('a command that was unanswered when its connection closed does not end the next connection', async () => {
    await during([], async (redis) => {
      const link = await Link.to(redis.url);
      const client = await connect({ url: link.url(redis.url), logger: silentLogger, name: 'main' });
      jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance', 'Date'] });
      try {
        link.blackHole();
        const unanswered = client.ping();
        await new Promise((resolve) => setImmediate(resolve));
        link.heal();
        await expect(unanswered).rejects.toThrow();
        const ready = once(client, 'ready');
        await jest.advanceTimersByTimeAsync(250);
        await ready;
        const closes: unknown[] = [];
        client.on('close', () => closes.push('closed'));
        await jest.advanceTimersByTimeAsync(ANSWER_MS);
        await expect(client.ping()).resolves.toBe('PONG');
        expect(closes).toEqual([]);
      } finally {
        jest.useRealTimers();
        client.disconnect();
        await link.close();
      }
    });
  });

  test('refuses to start with a database that the server does not have', async () => {
    await during(['--databases', '16'], async (redis) => {
      expect(await refusal(`${redis.url}/99`)).toContain('has no database 99: use a smaller number');
      const engine = await openRedisEngine(`${redis.url}/15`);
      await closeRedisEngine(engine);
    });
  });

  test('refuses to start with a replica, and names what to use', async () => {
    await during(['--replicaof', '127.0.0.1', '9'], async (redis) => {
      expect(await refusal(redis.url)).toContain('is a replica, which accepts no writes: use the address of its primary');
    });
  });

  test('refuses to start with a node of a Redis Cluster, and names what to use', async () => {
    await during(['--databases', '1', '--cluster-enabled', 'yes'], async (redis) => {
      expect(await refusal(redis.url)).toContain('is a node of a Redis Cluster: use a Redis without cluster mode');
    });
  });

  test('refuses to start with a Sentinel, and names what to use', async () => {
    const port = await freePort();
    const file = join(tempDir(), 'sentinel.conf');
    writeFileSync(file, `port ${port}\nbind 127.0.0.1\n`);
    const sentinel = new ServiceProcess('redis-server', [file, '--sentinel']);
    await sentinel.start(/Sentinel ID is/);
    const message = await refusal(`redis://127.0.0.1:${port}/0`).finally(() => sentinel.stop('SIGKILL'));
    expect(message).toContain('is a Sentinel: use the address of the primary');
  });

  test.each([
    ['-info', 'refuses the command INFO to this user: allow it (ACL SETUSER <user> +info)'],
    ['-evalsha', 'Grant its user all commands on the keys jb:* and the channels jb:*.'],
    ['resetkeys', 'Grant its user all commands on the keys jb:* and the channels jb:*.'],
    ['resetchannels', 'Grant its user all commands on the keys jb:* and the channels jb:*.'],
  ])('refuses to start with a user without rights (%s), and names the right', async (rule, expected) => {
    await during([], async (redis) => {
      await redis.ask(redis.url, (client) => client.acl('SETUSER', 'mina', 'on', '>s3cret', '+@all', '~jb:*', '&jb:*', rule));
      const message = await refusal(redis.url.replace('redis://', 'redis://mina:s3cret@'));
      expect(message).toContain(expected);
      expect(message).not.toContain('s3cret');
    });
  });
});
