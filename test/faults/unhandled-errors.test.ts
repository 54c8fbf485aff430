import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import WebSocket from 'ws';
import { ProcessFaults } from '../../src/app/process-faults';
import { silentLogger } from '../../src/ports/logger';
import { TestApp } from '../support/app';
import { closeRedisEngine, openRedisEngine } from '../support/redis-engine';
import { RedisService } from '../support/redis-service';
import { ServerProcess } from '../support/server-process';
import { withServices } from '../support/services';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';
import { Link } from './link';

const PATCH = join(__dirname, 'patches/unhandled.cjs');
const SECRET = 'a secret of the tests, long enough for the check';

const connected = async (server: ServerProcess): Promise<WebSocket> => {
  const socket = new WebSocket(server.wsUrl, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  return socket;
};

test.each(['rejection', 'late rejection', 'rejected value', 'exception', 'emitted error', 'several'])(
  'stops in order with exit code 1 after an unhandled error: %s',
  async (kind) => {
    const env = { NODE_OPTIONS: `--require ${PATCH}`, UNHANDLED: kind, LOG_LEVEL: 'silent' };
    const folder = tempDir();
    const server = await ServerProcess.start(env, folder);
    const socket = await connected(server);
    const [exited, closed] = [once(server.child, 'exit'), once(socket, 'close')];
    server.child.kill('SIGUSR2');
    expect((await closed)[0]).toBe(1001);
    expect(await exited).toEqual([1, null]);
    // Its data folder is free and whole.
    if (kind === 'several') await (await ServerProcess.start({}, folder)).stop();
  },
);

test('logs and counts every unhandled error by kind, and ends the process once', async () => {
  const source = new EventEmitter();
  const logged: unknown[] = [];
  const ended: unknown[] = [];
  const logger = { ...silentLogger, error: (fields: object) => logged.push(fields) };
  const faults = new ProcessFaults({ source, logger, onFirst: (error) => ended.push(error) });
  const errors = [new Error('first'), new Error('second'), new Error('third')];
  source.emit('unhandledRejection', errors[0]);
  source.emit('uncaughtException', errors[1]);
  source.emit('unhandledRejection', errors[2]);
  expect(ended).toEqual([errors[0]]);
  expect(logged).toEqual([
    { err: errors[0], kind: 'unhandled-rejection' },
    { err: errors[1], kind: 'uncaught-exception' },
    { err: errors[2], kind: 'unhandled-rejection' },
  ]);
  const app = await TestApp.start({}, { faults: faults.counts });
  const text = await (await fetch(app.app.urls.http.replace('/graphql', '/metrics'))).text();
  expect(text).toContain('jungle_buzz_unhandled_errors_total{kind="unhandled-rejection"} 2');
  expect(text).toContain('jungle_buzz_unhandled_errors_total{kind="uncaught-exception"} 1');
  await app.stop();
});

withServices(['redis'], () => {
  test('a process survives cuts of the Redis connection while the bus subscribes again', async () => {
    const redis = await RedisService.start();
    // Begins the log, for which the server would need MongoDB.
    await closeRedisEngine(await openRedisEngine(redis.url));
    const link = await Link.to(redis.url);
    const server = await ServerProcess.start({
      ROLES: 'live',
      REDIS_URL: link.url(redis.url),
      MONGODB_URI: 'mongodb://127.0.0.1:9/unused',
      JWT_SECRET: SECRET,
      LOG_LEVEL: 'silent',
    });
    link.cutOn('subscribe');
    link.cut();
    const before = link.touched;
    await until(() => link.touched > before + 20, 'several subscriptions are cut');
    link.heal();
    await until(() => redis.ask(redis.url, async (client) => (await client.pubsub('CHANNELS')).length > 0), 'it is subscribed');
    expect(server.child.exitCode).toBeNull();
    expect((await fetch(server.wsUrl.replace('ws', 'http').replace('/graphql', '/healthz'))).status).toBe(200);
    await server.stop();
    await link.close();
    await redis.stop();
  });
});
