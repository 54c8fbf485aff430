import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { TestApp, type Person } from '../support/app';
import { freePort } from '../support/free-port';
import { tempDir } from '../support/temp-dir';
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
  app = await onOnePort();
  person = await app.person();
});
afterEach(async () => {
  if (client?.exitCode !== null) return;
  const gone = once(client, 'exit');
  client.kill('SIGKILL');
  await gone;
  client = undefined;
});

async function onOnePort(env: Record<string, string> = {}): Promise<TestApp> {
  const port = String(await freePort());
  return TestApp.start({ PORT: port, WS_PORT: port, ...env });
}

function run(file: string, { app: { urls } }: TestApp, env: Record<string, string> = {}): string[] {
  const lines: string[] = [];
  client = spawn(process.execPath, [file], {
    cwd: __dirname,
    env: { ...process.env, ONE_PORT_URL: urls.http, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (client.stdout) createInterface(client.stdout).on('line', (line) => lines.push(line));
  return lines;
}

/** Sends messages until the client has printed three. Then it must have printed every one since the first. */
async function receivesEveryMessage(server: TestApp, sender: Person, file: string, lines: readonly string[]): Promise<void> {
  let sent = 0;
  const received = () => lines.filter((line) => line.startsWith('message'));
  await until(async () => {
    await server.send(sender, `${file} ${++sent}`);
    return received().length >= 3;
  }, lines.join('\n'));
  const from = Number(received()[0]?.split(' ').at(-1));
  await until(() => received().length === sent - from + 1);
  expect(received()).toEqual(Array.from({ length: sent - from + 1 }, (_, i) => `message ${file} ${from + i}`));
  expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
}

const programs: [name: string, file: string][] = [
  ['Apollo Client as multipart', 'apollo-multipart.mjs'],
  ['urql as server-sent events', 'urql-events.mjs'],
  ['a gateway of GraphQL Tools as server-sent events', 'gateway.mjs'],
];

(installed ? test : test.skip).each(programs)(
  'a subscription by HTTP at /graphql delivers messages to %s',
  async (_, file) => {
    const lines = run(file, app);
    await receivesEveryMessage(app, person, file, lines);
    if (file.startsWith('apollo')) expect(lines).toContain('refused There is no such room.');
  },
  40_000,
);

(installed ? test : test.skip)(
  "Apollo Client sends, and subscribes, by the ids of the manifest that Apollo's tool wrote",
  async () => {
    const folder = tempDir();
    const [config, manifest] = [join(folder, 'config.json'), join(folder, 'manifest.json')];
    writeFileSync(config, JSON.stringify({ documents: ['manifest/operations.mjs'], output: manifest }));
    const tool = join(__dirname, 'node_modules/.bin/generate-persisted-query-manifest');
    await promisify(execFile)(process.execPath, [tool, '--config', config], { cwd: __dirname });
    const onlyKnown = await onOnePort({ PERSISTED_DOCUMENTS: manifest });
    const lines = run('apollo-manifest.mjs', onlyKnown, { MANIFEST: manifest });
    await until(() => lines.length >= 3, 'three messages are received');
    const from = Number(lines[0]?.split(' ').at(-1));
    expect(lines).toEqual(lines.map((_, i) => `message by its id ${from + i}`));
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
