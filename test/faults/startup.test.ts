import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { refusal } from '../support/refusal';
import { ServerProcess } from '../support/server-process';
import { tempDir } from '../support/temp-dir';

const file = () => {
  const path = join(tempDir(), 'a-file');
  writeFileSync(path, '');
  return path;
};

// The cases of each setting are in test/config and of cron expressions in test/insights/job/windows.test.ts.
test.each([
  ['PORT', { PORT: 'eighty' }],
  ['INSIGHT_CRON', { INSIGHT_CRON: 'every morning' }],
  ['JWT_SECRET', { JWT_SECRET: 'canary-secret' }],
  ['MONGODB_URI', { REDIS_URL: 'redis://:canary-secret@127.0.0.1:1' }],
  ['REDIS_URL', { MONGODB_URI: 'mongodb://u:canary-secret@127.0.0.1:1/x' }],
  ['DATA_DIR', { DATA_DIR: join(file(), 'data') }],
  ['DATA_DIR', { DATA_DIR: file() }],
])('an invalid %s is refused at start with one line that names it: %j', async (name, env) => {
  const { exitCode, stderr, stdout } = await refusal(env);
  expect(exitCode).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^jungle-buzz: [^\n]+\n$/);
  expect(stderr).toContain(name);
  expect(stderr).not.toContain('canary');
});

test.each(['PORT', 'WS_PORT'])('a %s in use is refused at start in one line', async (name) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const port = String((taken.address() as AddressInfo).port);
  const { exitCode, stderr } = await refusal({ [name]: port });
  taken.close();
  expect(exitCode).toBe(1);
  expect(stderr).toBe(`jungle-buzz: ${name}=${port} is in use; stop the other process or choose another port.\n`);
});

test('a second process on one DATA_DIR is refused with the id of the first, which keeps running', async () => {
  const first = await ServerProcess.start();
  const { exitCode, stderr } = await refusal({ DATA_DIR: first.dataDir });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^jungle-buzz: .*DATA_DIR.*\n$/);
  expect(stderr).toContain(String(first.child.pid));
  expect((await fetch(first.httpUrl.replace('/graphql', '/healthz'))).status).toBe(200);
  await first.stop();
});

test('exits with 0 after two SIGTERM', async () => {
  const server = await ServerProcess.start();
  const exited = once(server.child, 'exit');
  server.child.kill('SIGTERM');
  server.child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  await server.stop();
});
