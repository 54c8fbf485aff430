import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openEngine } from '../../src/app/engine';
import { startApp } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { systemClock } from '../../src/ports/clock';
import type { Engine } from '../../src/ports/engine';
import { silentLogger } from '../../src/ports/logger';
import { RedisServers } from '../faults/redis-servers';
import { cli } from '../support/cli';
import { appendAll, draft } from '../support/engine';
import { refusal } from '../support/refusal';
import { withServices } from '../support/services';
import { tempDir } from '../support/temp-dir';

const PARTITIONS = 16;
const ROOMS = ['main', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];
const MESSAGES = 400;

/** Runs `repartition` of the built program. @param killAt see patches/kill-in-repartition */
async function repartition(env: Record<string, string>, killAt = '') {
  const patch = join(__dirname, 'patches/kill-in-repartition.cjs');
  const child = spawn(process.execPath, ['--require', patch, join(__dirname, '../../dist/cli/main.js'), 'repartition'], {
    env: { PATH: process.env['PATH'], KILL_AT: killAt, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, stderr };
}

withServices(['mongo'], (services) => {
  let servers: RedisServers;
  beforeAll(async () => {
    servers = await RedisServers.start(3, PARTITIONS);
  });
  afterAll(() => servers.stop());

  const SECRET = 'a secret of the tests, long enough for it';
  const empty = () => Promise.all(servers.all.map(({ service, url }) => service.ask(url, (redis) => redis.flushall())));
  /** Every key with its value. */
  const contents = () =>
    Promise.all(
      servers.all.map(({ service, url }) =>
        service.ask(url, async (redis) => {
          const keys = (await redis.keys('*')).sort();
          return Promise.all(keys.map(async (key) => [key, (await redis.dumpBuffer(key)).toString('hex')]));
        }),
      ),
    );

  test.each(['draining', 'recorded'])(
    'no command opens an installation whose repartition was killed while it was %s',
    async (point) => {
      await empty();
      const before = {
        ...{ MONGODB_URI: services.mongo.empty(), JWT_SECRET: SECRET },
        ...{ REDIS_URL: servers.first.url, LOG_PARTITIONS: String(PARTITIONS), NODE_ENV: 'test' },
      };
      const engine = await openEngine(parseConfig(before), systemClock, silentLogger);
      await appendAll(engine.chatLog, [draft({ room: 'main' })]);
      await engine.close();
      expect(await repartition(before, point)).toMatchObject({ signal: 'SIGKILL' });
      const left = await contents();
      const after = { ...before, REDIS_URL: servers.url };
      const advice = expect.stringContaining(
        'A repartition of this installation was interrupted: run `repartition` again',
      ) as string;
      expect(await cli(['doctor'], after)).toMatchObject({ code: 1, stdout: advice });
      for (const args of [
        ['insight', 'main'],
        ['export', join(tempDir(), 'all.jsonl')],
        ['reset-password', 'mina'],
      ]) {
        expect([args, await cli(args, after)]).toEqual([args, expect.objectContaining({ code: 1, stderr: advice })]);
      }
      expect(await contents()).toEqual(left);
    },
    120_000,
  );

  // A repartition that is repeated after it was recorded takes new numbers once more.
  test.each([
    ['draining', 16],
    ['removing', 16],
    ['drained', 16],
    ['recorded', 32],
  ])(
    'killed while it is %s, a repartition from one server to three is repeated, and no server starts before',
    async (point, first) => {
      await empty();
      const shared = { MONGODB_URI: services.mongo.empty(), JWT_SECRET: SECRET };
      const before = { ...shared, REDIS_URL: servers.first.url, LOG_PARTITIONS: String(PARTITIONS) };
      const after = { ...before, REDIS_URL: servers.url };
      const configOf = (env: typeof before) => parseConfig({ ...env, NODE_ENV: 'test', PORT: '0', WS_PORT: '0' });
      const withEngine = async <T>(env: typeof before, work: (engine: Engine) => Promise<T>): Promise<T> => {
        const engine = await openEngine(configOf(env), systemClock, silentLogger);
        try {
          return await work(engine);
        } finally {
          await engine.close();
        }
      };
      const sendIn = (engine: Engine, count: number) =>
        appendAll(
          engine.chatLog,
          Array.from({ length: count }, (_, i) => draft({ room: ROOMS[i % ROOMS.length] ?? '' })),
        );
      const sent = await withEngine(before, (engine) => sendIn(engine, MESSAGES));

      expect(await repartition(before, point)).toMatchObject({ signal: 'SIGKILL' });
      for (const env of [after, before]) {
        const { exitCode, stderr } = await refusal(env);
        expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^jungle-buzz: .*run `repartition` again/)]);
      }
      expect(await repartition(before)).toMatchObject({
        code: 0,
        stderr: expect.stringContaining(`from number ${first} on`) as string,
      });

      const app = await startApp(configOf(after), silentLogger);
      await app.stop();
      await withEngine(after, async (engine) => {
        const { chatLog, chatStore } = engine;
        expect(chatLog.partitions.map(({ number }) => number)).toEqual(Array.from({ length: PARTITIONS }, (_, i) => first + i));
        const stored = await chatStore.inOrder({}, 10 * MESSAGES);
        expect(stored).toHaveLength(MESSAGES);
        for (const id of ROOMS) expect(stored.filter(({ room }) => room === id)).toEqual(sent.filter(({ room }) => room === id));
        const highest = Math.max(...sent.map(({ offset }) => offset));
        for (const { offset } of await sendIn(engine, ROOMS.length)) expect(offset).toBeGreaterThan(highest);
      });
    },
    120_000,
  );
});
