import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TestApp, type Person } from '../support/app';
import { Emotion, SetFeelingDocument } from '../support/generated/graphql';
import { until } from '../support/until';

/** Programs of other people's libraries, unmodified: `npm run test:clients` installs them first. */
const PYTHON = join(__dirname, '.venv/bin/python');
const installed = existsSync(join(__dirname, 'node_modules'));
const required = process.env['JUNGLE_BUZZ_REQUIRE_SERVICES'] === '1';
const hasPython = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import gql, websockets']).status === 0;
if (!installed) console.warn('SKIPPED: the clients are not installed (npm run test:clients does it).');
if (!hasPython) console.warn('SKIPPED: there is no Python with gql (npm run test:clients makes it where there is a python3).');
if (required && !(installed && hasPython)) throw new Error('Not all clients are installed.');

/** Stands between a client and the live port, so that a connection can be lost without either noticing first. */
class Cable {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private isCut = false;
  /** Attempts to connect while it was cut. */
  refused = 0;

  constructor(target: number) {
    this.server = createServer((near) => {
      if (this.isCut) {
        this.refused++;
        near.destroy();
        return;
      }
      const far = connect(target, '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(socket);
        socket.pipe(other);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          other.destroy();
        });
      }
    });
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  /** Nothing gets through until it is mended. */
  cut(): void {
    this.isCut = true;
    this.refused = 0;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cut();
    await closed;
  }
}

const HISTORY = 45;
let app: TestApp;
let person: Person;
let cable: Cable;
let livePort: number;
let client: ChildProcess | undefined;
let sent = 0;
beforeAll(async () => {
  app = await TestApp.start();
  person = await app.person();
  for (; sent < HISTORY; sent++) await app.send(person, `history ${sent}`);
  cable = new Cable(Number(new URL(app.app.urls.ws).port));
  livePort = await cable.open();
});
afterEach(async () => {
  if (client?.exitCode !== null) return;
  const gone = once(client, 'exit');
  client.kill('SIGKILL');
  await gone;
  client = undefined;
});
afterAll(() => cable.close());

const programs: [name: string, command: string, file: string][] = [
  ['jungle-buzz', process.execPath, '../../examples/live-client.mjs'],
  ...(installed
    ? ['fetch', 'graphql-request', 'apollo', 'urql', 'relay'].map((name): [string, string, string] => [
        name,
        process.execPath,
        `${name}.mjs`,
      ])
    : []),
  ...(hasPython ? [['python', PYTHON, 'python.py'] satisfies [string, string, string]] : []),
];

interface Program {
  readonly lines: readonly string[];
  readonly said: (line: string) => Promise<unknown>;
}

/** Starts a program, and waits until it has sent and has paged to the end. */
async function start(name: string, command: string, file: string): Promise<Program> {
  const live = `127.0.0.1:${livePort}/graphql`;
  client = spawn(command, [file], {
    cwd: __dirname,
    env: { ...process.env, HTTP_URL: app.app.urls.http, WS_URL: `ws://${live}`, EVENTS_URL: `http://${live}/stream` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let complaints = '';
  if (!client.stdout || !client.stderr) throw new Error('no output');
  const output = createInterface(client.stdout).on('line', (line) => lines.push(line));
  client.stderr.on('data', (text: Buffer) => (complaints += String(text)));
  const said = (line: string): Promise<unknown> =>
    until(() => {
      if (client?.exitCode != null) throw new Error(complaints);
      return lines.includes(line);
    }, `${name} says “${line}”`);

  // To load an interpreter with its libraries takes longer than any condition may on a busy machine.
  await Promise.race([once(output, 'line'), once(client, 'exit')]);
  expect(lines[0] ?? complaints).toMatch(/^sent hello from /);
  await said(`paged ${++sent}`);
  return { lines, said };
}

test.each(programs)(
  '%s registers, sends, pages to the end, listens, and after a lost connection misses nothing and sees nothing twice',
  async (name, command, file) => {
    const { lines, said } = await start(name, command, file);
    const say = async (text: string): Promise<void> => {
      await app.send(person, `${name} ${text}`);
      sent++;
    };
    await say('before');
    await said(`message ${name} before`);
    cable.cut();
    await say('meanwhile');
    await say('still cut off');
    await until(() => cable.refused > 0, `${name} tries to reconnect`);
    cable.mend();
    await said(`message ${name} still cut off`);
    await say('after');
    await said(`message ${name} after`);
    const heard = lines.filter((line) => line.startsWith('message ')).map((line) => line.slice('message '.length));
    expect(heard).toEqual(['before', 'meanwhile', 'still cut off', 'after'].map((text) => `${name} ${text}`));
  },
);

test('the client of this project shows a message again when its feeling changes', async () => {
  const [name, command, file] = programs[0] as [string, string, string];
  const { said } = await start(name, command, file);
  const { id } = await app.send(person, 'a message that changes');
  sent++;
  await said('message a message that changes');
  await app.ask(SetFeelingDocument, { id, feeling: Emotion.Love }, person.accessToken);
  await said('changed a message that changes LOVE');
});
