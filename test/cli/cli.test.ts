import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { tempDir } from '../support/temp-dir';

/** The built program, as `npx jungle-buzz` runs it. */
async function cli(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(__dirname, '../../dist/cli/main.js'), ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: tempDir(), HOST: '127.0.0.1', PORT: '0', WS_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...output };
}

test('--help names every command', async () => {
  const { code, stdout } = await cli(['--help']);
  expect(code).toBe(0);
  for (const command of ['start', 'insight', 'export', 'import', 'backup', 'restore', 'doctor', 'schema']) {
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  }
});

test.each([
  [[], 'Which command?'],
  [['stat'], 'There is no command stat.'],
  [['export'], 'export needs the name of a file.'],
  [['insight', '--dryrun'], 'There is no option --dryrun here.'],
  [['import'], 'import needs the name of a file.'],
])('a wrong call %j is told what is right', async (args, told) => {
  const { code, stderr, stdout } = await cli(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(told);
  expect(stderr).toContain('Usage: jungle-buzz COMMAND');
});

test('schema prints the schema', async () => {
  const { code, stdout } = await cli(['schema']);
  expect([code, stdout]).toEqual([0, readFileSync(join(__dirname, '../../schema.graphql'), 'utf8')]);
});

test('a file that is no export is refused in one line', async () => {
  const file = join(tempDir(), 'notes.txt');
  writeFileSync(file, 'milk\neggs\n');
  expect(await cli(['import', file])).toEqual({ code: 1, stdout: '', stderr: 'jungle-buzz: a line is not JSON\n' });
});

describe('doctor', () => {
  test('finds nothing wrong with an empty folder', async () => {
    const { code, stdout } = await cli(['doctor']);
    expect(stdout).not.toMatch(/^BAD/m);
    expect(stdout).toContain('Ready to start.');
    expect(code).toBe(0);
  });

  test('names each thing to put right, without credentials', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const PORT = String((taken.address() as AddressInfo).port);
    const { code, stdout } = await cli(['doctor'], {
      PORT,
      REDIS_URL: 'redis://:canary@127.0.0.1:9',
      MONGODB_URI: 'mongodb://u:canary@127.0.0.1:9/x',
      JWT_SECRET: 'a secret of the tests, long enough for the check',
    });
    taken.close();
    expect(code).toBe(1);
    for (const about of ['redis', 'mongodb', 'PORT']) expect(stdout).toMatch(new RegExp(`^BAD  ${about}: .+`, 'm'));
    expect(stdout).toContain('3 to put right.');
    expect(stdout).not.toContain('canary');
  });

  test('warns of what production leaves open', async () => {
    const open = { NODE_ENV: 'production', JWT_SECRET: 'a secret of the tests, long enough', PUBLIC_URL: 'http://wall.example' };
    const { code, stdout } = await cli(['doctor'], open);
    expect(code).toBe(0);
    for (const about of ['METRICS_TOKEN', 'TRUST_PROXY', 'PUBLIC_URL'])
      expect(stdout).toMatch(new RegExp(`^WARN ${about}: .+`, 'm'));
    const shut = { ...open, METRICS_TOKEN: 'x', TRUST_PROXY: '1', PUBLIC_URL: 'https://wall.example' };
    expect((await cli(['doctor'], shut)).stdout).not.toMatch(/METRICS_TOKEN|TRUST_PROXY|PUBLIC_URL/);
  });

  test('tells a wrong setting', async () => {
    const { code, stdout } = await cli(['doctor'], { BCRYPT_COST: '99' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^BAD {2}settings: .*BCRYPT_COST/m);
  });
});
