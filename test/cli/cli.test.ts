import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { cli, PROGRAM } from '../support/cli';
import { freePort } from '../support/free-port';
import { ServiceProcess } from '../support/service-process';
import { tempDir } from '../support/temp-dir';

const COMMANDS = [
  'start',
  'insight',
  'export',
  'import',
  'repartition',
  'reset-password',
  'backup',
  'restore',
  'doctor',
  'schema',
];

test('--help names every command and the exit codes', async () => {
  const { code, stdout } = await cli(['--help']);
  expect(code).toBe(0);
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(stdout).toContain('Exit codes: 0 done, 1 failed');
});

test.each(COMMANDS)('%s --help and help %s print the help of the command and do nothing else', async (command) => {
  const cwd = tempDir();
  const [option, word] = await Promise.all([cli([command, '--help'], {}, cwd), cli(['help', command], {}, cwd)]);
  expect(option).toEqual({ code: 0, stderr: '', stdout: expect.stringMatching(`^Usage: jungle-buzz ${command}`) as string });
  expect(word).toEqual(option);
  expect(option.stdout).toContain('Exit codes');
  expect(readdirSync(cwd)).toEqual([]);
});

test.each([
  [[], 'Which command?'],
  [['stat'], 'There is no command stat.'],
  [['export'], 'export needs the name of a file.'],
  [['insight', '--dryrun'], "Unknown option '--dryrun'"],
  [['insight', 'main', 'side'], 'insight takes one argument.'],
  [['insight', '--dry-run=no'], "Option '--dry-run' does not take an argument"],
  [['export', '-f'], "Unknown option '-f'"],
  [['export', '-f', 'all.jsonl'], "Unknown option '-f'"],
  [['export', ''], 'export needs the name of a file.'],
  [['export', 'a.jsonl', 'b.jsonl'], 'export takes one argument.'],
  [['backup', '--to', 'x'], "Unknown option '--to'"],
  [['reset-password'], 'reset-password needs a username.'],
  [['schema', 'x'], 'schema takes no argument.'],
  [['start', 'now'], 'start takes no argument.'],
  [['help', 'stat'], 'There is no help for stat.'],
  [['import'], 'import needs the name of a file.'],
])('wrong arguments %j exit with 2, say what is wrong, and do nothing', async (args, reason) => {
  const cwd = tempDir();
  const { code, stderr, stdout } = await cli(args, {}, cwd);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(reason);
  expect(stderr).toContain('Usage: jungle-buzz ');
  expect(readdirSync(cwd)).toEqual([]);
});

test('a file name that begins with a dash is given after --', async () => {
  const cwd = tempDir();
  expect((await cli(['export', '--', '-f'], {}, cwd)).code).toBe(0);
  expect(readdirSync(cwd)).toEqual(['-f']);
});

test('reset-password prints a link for an account, and refuses an unknown one', async () => {
  const env = { DATA_DIR: tempDir(), HOST: '127.0.0.1', PORT: String(await freePort()), WS_PORT: '0' };
  const server = new ServiceProcess(process.execPath, [PROGRAM, 'start'], env);
  await server.start(/Jungle Buzz is open/);
  await fetch(`http://127.0.0.1:${env.PORT}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation { register(input: { username: "mina", password: "old-password-1" }) { user { id } } }',
    }),
  });
  expect((await cli(['reset-password', 'mina'], env)).stderr).toMatch(/DATA_DIR.*\bin use\b|is open/);
  await server.stop();
  const { code, stdout, stderr } = await cli(['reset-password', 'Mina'], { ...env, PUBLIC_URL: 'https://wall.example' });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^https:\/\/wall\.example\/reset\?token=[\w-]{43}\n$/)]);
  expect(stderr).toMatch(/^It works once, until \d{4}-.*\. Whoever has it can log in as Mina\.\n$/);
  expect((await cli(['reset-password', 'mina'], env)).stdout).toContain(`http://localhost:${env.PORT}/reset?token=`);
  expect(await cli(['reset-password', 'nobody'], env)).toEqual({
    ...{ code: 1, stdout: '', stderr: 'jungle-buzz: There is no such account.\n' },
  });
});

test('schema prints the schema', async () => {
  const { code, stdout } = await cli(['schema']);
  expect([code, stdout]).toEqual([0, readFileSync(join(__dirname, '../../schema.graphql'), 'utf8')]);
});

test('import refuses a file that is not an export, in one line', async () => {
  const file = join(tempDir(), 'notes.txt');
  writeFileSync(file, 'milk\neggs\n');
  expect(await cli(['import', file])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'jungle-buzz: a line is not JSON: the file is no export, or is damaged\n',
  });
});

describe('doctor', () => {
  test('reports no problem for an empty folder', async () => {
    const { code, stdout } = await cli(['doctor']);
    expect(stdout).not.toMatch(/^BAD/m);
    expect(stdout).toContain('Ready to start.');
    expect(code).toBe(0);
  });

  test('reports each problem without credentials', async () => {
    const taken = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
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
    expect(stdout).toContain('3 to fix.');
    expect(stdout).not.toContain('canary');
  });

  test('takes the ports and the DATA_DIR of a running server for no problem', async () => {
    const [PORT, WS_PORT] = [String(await freePort()), String(await freePort())];
    const env = { DATA_DIR: tempDir(), HOST: '127.0.0.1', PORT, WS_PORT };
    const server = new ServiceProcess(process.execPath, [PROGRAM, 'start'], env);
    await server.start(/Jungle Buzz is open/);
    const { code, stdout } = await cli(['doctor'], env);
    await server.stop();
    expect(stdout).not.toMatch(/^BAD/m);
    expect(stdout).toMatch(new RegExp(`^ok   PORT: ${PORT} is served by a running server, which is ready`, 'm'));
    expect(code).toBe(0);
  });

  test('examines the rest when the proxy closes every connection', async () => {
    const proxy = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { stdout } = await cli(['doctor'], { PUBLIC_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
    proxy.close();
    expect(stdout).toContain('Ready to start.');
  });

  test('warns of insecure settings in production', async () => {
    const open = { NODE_ENV: 'production', JWT_SECRET: 'a secret of the tests, long enough', PUBLIC_URL: 'http://wall.example' };
    const { code, stdout } = await cli(['doctor'], open);
    expect(code).toBe(0);
    for (const about of ['METRICS_TOKEN', 'TRUST_PROXY', 'PUBLIC_URL'])
      expect(stdout).toMatch(new RegExp(`^WARN ${about}: .+`, 'm'));
    const shut = { ...open, METRICS_TOKEN: 'x', TRUST_PROXY: '1', PUBLIC_URL: 'https://wall.example' };
    expect((await cli(['doctor'], shut)).stdout).not.toMatch(/METRICS_TOKEN|TRUST_PROXY|PUBLIC_URL/);
  });

  test('says when the next letter is due', async () => {
    const { stdout } = await cli(['doctor'], { INSIGHT_CRON: '30 8 * * 1#1', INSIGHT_TZ: 'Asia/Seoul' });
    expect(stdout).toMatch(/^ok {3}letter: the next one is due on Monday.* at 08:30 \(Asia\/Seoul\)$/m);
  });

  test('reports an invalid setting', async () => {
    const { code, stdout } = await cli(['doctor'], { BCRYPT_COST: '99' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^BAD {2}settings: .*BCRYPT_COST/m);
  });
});
