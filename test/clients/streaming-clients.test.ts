import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { TestApp, type Person } from '../support/app';
import { freePort } from '../support/free-port';
import { until } from '../support/until';

const installed = existsSync(join(__dirname, 'node_modules'));
const hasJava = spawnSync('java', ['-version']).status === 0;
if (!installed) console.warn('SKIPPED: the clients are not installed (npm run test:clients does it).');
if (!hasJava) console.warn('SKIPPED: there is no Java.');
if (process.env['JUNGLE_BUZZ_REQUIRE_SERVICES'] === '1' && !installed) throw new Error('The clients are not installed.');

let app: TestApp;
let person: Person;
let client: ChildProcess | undefined;
beforeAll(async () => {
  const port = String(await freePort());
  app = await TestApp.start({ PORT: port, WS_PORT: port });
  person = await app.person();
});
afterEach(async () => {
  if (client?.exitCode !== null) return;
  const gone = once(client, 'exit');
  client.kill('SIGKILL');
  await gone;
  client = undefined;
});

function run(file: string): string[] {
  const lines: string[] = [];
  client = spawn(process.execPath, [file], {
    cwd: __dirname,
    env: { ...process.env, ONE_PORT_URL: app.app.urls.http },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (client.stdout) createInterface(client.stdout).on('line', (line) => lines.push(line));
  return lines;
}

const programs: [name: string, file: string][] = [
  ['Apollo Client as multipart', 'apollo-multipart.mjs'],
  ['urql as server-sent events', 'urql-events.mjs'],
];

(installed ? test : test.skip).each(programs)(
  'a subscription by HTTP at /graphql delivers messages to %s',
  async (_, file) => {
    const lines = run(file);
    let sent = 0;
    await until(async () => {
      await app.send(person, `${file} ${++sent}`);
      return lines.filter((line) => line.startsWith(`message ${file}`)).length >= 3;
    }, lines.join('\n'));
    const [first = ''] = lines.filter((line) => line.startsWith('message'));
    const from = Number(first.split(' ').at(-1));
    await until(() => lines.filter((line) => line.startsWith('message')).length === sent - from + 1);
    expect(lines.filter((line) => line.startsWith('message'))).toEqual(
      Array.from({ length: sent - from + 1 }, (__, i) => `message ${file} ${from + i}`),
    );
    if (file.startsWith('apollo')) expect(lines).toContain('refused There is no such room.');
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
  },
  40_000,
);

(hasJava ? test : test.skip)(
  "Java's HTTP client, which offers h2c, gets the answers of HTTP/1.1",
  async () => {
    const { http } = app.app.urls;
    const java = join(__dirname, 'java', 'OfferH2c.java');
    const { stdout } = await promisify(execFile)('java', [java, http, http.replace('/graphql', '/healthz')]);
    expect(stdout.trim().split('\n')).toEqual(['200 {"data":{"rooms":[{"id":"main"}]}}', '200 ok']);
  },
  40_000,
);
