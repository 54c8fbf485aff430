import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { checkOut, removeCheckOut } from '../bench/support/other-build';
import { freePort } from '../support/free-port';
import { MongoService } from '../support/mongo-service';
import { registerUsers } from '../support/plain-api';
import { seeded } from '../support/random';
import { RedisService } from '../support/redis-service';
import { ServerProcess } from '../support/server-process';
import { until } from '../support/until';
import { check } from './checker';
import { Account } from './history';
import { ask, Load } from './load';
import { readHistory } from './read-history';
import { Subscriber } from './subscribers';

const USAGE = `npm run test:upgrade -- REFERENCE
  Builds the commit REFERENCE, lets it write an embedded and a clustered installation under load, and goes on with this version;
  then a clustered installation once more, with other partitions.
`;
const ROOMS = ['main', 'lake', 'hill'];
const READERS = 12;
const SENT_AGAIN = 10;
const PARTITIONS = '16';
const PHASE_MS = 3_000;
const ENV = { FLUSH_INTERVAL_MS: '500', LOG_LEVEL: 'error', JWT_EXPIRES_IN: '1d' };
const PAGE = 'query ($room: ID!, $after: ChatCursor) { chats(room: $room, after: $after, first: 1) { edges { node { text } } } }';
const RECENT = 'query ($room: ID!) { recentChats(room: $room, first: 20) { items { text cursor } } }';

interface Recent {
  readonly recentChats: { readonly items: readonly { readonly text: string; readonly cursor: string }[] };
}

/** Starts a process on the same data, of this version or of the one in a folder. */
type Start = (root?: string) => Promise<ServerProcess>;

interface Replacement {
  readonly replace: (servers: ServerProcess[]) => Promise<void>;
  /** Whether rooms have no common order any more, and every stream after a cursor of before gets CURSOR_EXPIRED. */
  readonly isRepartition?: boolean;
}

/** Writers and readers stay while the servers that they use are replaced. @returns the outcome as a sentence */
async function goOn(start: Start, old: string, { replace, isRepartition = false }: Replacement): Promise<string> {
  const servers = [await start(old)];
  const server = () => servers.at(-1) as ServerProcess;
  const account = new Account(isRepartition ? (room) => ROOMS.indexOf(room) : undefined);
  const random = seeded(1);
  const tokens = await registerUsers(server().httpUrl, 5, 'writer');
  const create = 'mutation ($id: ID!) { createRoom(input: { id: $id, title: "A room" }) { id } }';
  for (const id of ROOMS.slice(1)) await ask(server(), create, { id }, tokens[0]);
  const load = new Load({ account, apis: servers, tokens, rooms: ROOMS, perSecond: 100, prefix: 'message', random });
  const readers = Array.from(
    { length: READERS },
    (_, i) => new Subscriber({ account, apis: servers, lives: servers, random }, i, ROOMS[i % ROOMS.length] ?? ''),
  );
  try {
    for (const reader of readers) await reader.start();
    load.start();
    await delay(PHASE_MS);
    const sendAgain = async (): Promise<void> => {
      for (let i = 0; i < SENT_AGAIN; i++) await load.surely(ROOMS[i % ROOMS.length] ?? '', `sent again ${i}`);
    };
    await sendAgain();
    const kept = await Promise.all(
      ROOMS.map(async (room) => {
        const { recentChats } = await ask<Recent>(server(), RECENT, { room });
        return recentChats.items.map(({ text, cursor }) => ({ room, text, cursor }));
      }),
    );

    await replace(servers);
    await delay(PHASE_MS);
    // The account throws if an answer differs from the first one.
    await sendAgain();
    await load.stop();
    for (const room of ROOMS) await load.surely(room, `last of ${room}`);
    await until(() => readers.every(({ last, room }) => last === `last of ${room}`), 'every reader has the last message');
    const final = new Map(await Promise.all(ROOMS.map(async (room) => [room, await readHistory(room, server)] as const)));

    for (const { room, text, cursor } of kept.flat()) {
      const history = (final.get(room) ?? []).map((message) => message.text);
      const before = history[history.indexOf(text) - 1];
      const { chats } = await ask<{ chats: { edges: { node: { text: string } }[] } }>(server(), PAGE, { room, after: cursor });
      assert.equal(chats.edges[0]?.node.text, before, `the page behind the cursor of ${text}`);
    }
    const { acknowledged, received, expired: streams, examples, ...verdict } = check(account, final);
    const { lost, duplicated, unexpected, phantom, reordered, gaps } = verdict;
    assert.deepEqual(
      { lost, duplicated, unexpected, phantom, reordered, gaps, streams, examples },
      {
        lost: 0,
        duplicated: 0,
        unexpected: 0,
        phantom: 0,
        reordered: 0,
        gaps: 0,
        streams: isRepartition ? READERS : 0,
        examples: [],
      },
    );
    return `${acknowledged} acknowledged, ${received} received, none lost, doubled, missed or out of order; ${kept.flat().length} pages behind cursors of before, none expired; ${readers.length} streams after cursors of before, ${streams} expired`;
  } finally {
    await load.stop().catch(() => undefined);
    await Promise.all(readers.map((reader) => reader.stop()));
    await Promise.all(servers.map((one) => one.stop('SIGKILL')));
  }
}

async function embedded(old: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-upgrade-'));
  const ports = { PORT: String(await freePort()), WS_PORT: String(await freePort()) };
  const start: Start = (root) => ServerProcess.start({ ...ENV, ...ports }, folder, root);
  const replace = async (servers: ServerProcess[]): Promise<void> => {
    await servers[0]?.stop('SIGKILL');
    servers.splice(0, 1, await start());
  };
  return goOn(start, old, { replace }).finally(() => {
    rmSync(folder, { recursive: true });
  });
}

/** On one Redis and one MongoDB. @param count LOG_PARTITIONS for a repartition; without, both versions run side by side for a while */
async function clustered(old: string, count?: string): Promise<string> {
  const [redis, mongo] = await Promise.all([RedisService.start(), MongoService.start()]);
  const services = { REDIS_URL: await redis.empty(), MONGODB_URI: mongo.empty() };
  const env = { ...ENV, ...services, JWT_SECRET: 'a secret of the tests, long enough for the check' };
  const start: Start = (root) => ServerProcess.start(env, undefined, root);
  const beside = async (servers: ServerProcess[]): Promise<void> => {
    servers.push(await start());
    await delay(PHASE_MS);
    await servers.shift()?.stop('SIGKILL');
  };
  const repartition = async (servers: ServerProcess[]): Promise<void> => {
    await servers[0]?.stop();
    const options = { env: { ...process.env, ...env, LOG_PARTITIONS: count } };
    await promisify(execFile)(process.execPath, ['dist/cli/main.js', 'repartition'], options);
    servers.splice(0, 1, await start());
  };
  const how = count === undefined ? { replace: beside } : { replace: repartition, isRepartition: true };
  return goOn(start, old, how).finally(() => Promise.all([redis.stop(), mongo.stop()]));
}

async function main(): Promise<void> {
  const [reference] = process.argv.slice(2);
  if (!reference) throw new Error(USAGE);
  const old = checkOut(reference);
  try {
    process.stdout.write(`embedded: ${await embedded(old)}\n`);
    process.stdout.write(`clustered: ${await clustered(old)}\n`);
    process.stdout.write(`${PARTITIONS} partitions: ${await clustered(old, PARTITIONS)}\n`);
  } finally {
    removeCheckOut(old);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
