import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { graphql, registerUsers } from '../support/plain-api';
import { seeded } from '../support/random';
import type { RedisService } from '../support/redis-service';
import { ServerProcess } from '../support/server-process';
import { withServices } from '../support/services';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';
import {
  expectedCounts,
  expectedMarks,
  expectedSums,
  live,
  readMarks,
  readSums,
  type Note,
  type World,
} from './kill-corrections';

const SEED = Number(process.env['SEED'] ?? 20261129);
const ROUNDS = Number(process.env['ROUNDS'] ?? 2);
const PEOPLE = 6;
/** Small values, so that a flush, commit or trim runs at any moment. */
const ENV = { FLUSH_INTERVAL_MS: '20', FLUSH_MAX_MESSAGES: '30', LOG_RETAIN: '20', LOG_LEVEL: 'silent' };

interface Shown {
  readonly id: string;
  readonly text: string;
  readonly feeling: string | null;
  readonly hidden: boolean;
  readonly empathies: readonly object[];
}

async function historyOf(url: string): Promise<Map<string, Shown>> {
  const shown = new Map<string, Shown>();
  const query =
    'query ($after: ChatCursor) { chats(first: 100, after: $after) { edges { node { id text feeling hidden empathies { empathy count } } } pageInfo { hasNextPage endCursor } } }';
  for (let after: string | null = null; ;) {
    const page: { chats: { edges: { node: Shown }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } = await graphql(
      url,
      query,
      { after },
    );
    for (const { node } of page.chats.edges) shown.set(node.id, node);
    if (!page.chats.pageInfo.hasNextPage) return shown;
    after = page.chats.pageInfo.endCursor;
  }
}

let server: ServerProcess;
// A failed test leaves it running.
afterEach(() => server.stop('SIGKILL'));

/** People write, correct, take back and press empathies while the server is killed; then everything has to be as it was acknowledged. */
async function killWhilePeopleCorrect(
  env: Record<string, string>,
  everyByte: (folder: string) => Promise<string>,
): Promise<void> {
  const random = seeded(SEED);
  const folder = tempDir();
  server = await ServerProcess.start({ ...ENV, ...env }, folder);
  const tokens = await registerUsers(server.httpUrl, PEOPLE, 'fix');
  const notes: Note[] = [];
  const world: World = { url: () => server.httpUrl, random, notes, isOver: false, actions: 0 };
  const people = tokens.map((token, i) => live(world, `p${i}`, token));
  for (let round = 0; round < ROUNDS; round++) {
    const enough = world.actions + 10 + Math.floor(random() * 150);
    await until(() => world.actions >= enough, 'some actions are acknowledged');
    await server.stop('SIGKILL');
    server = await ServerProcess.start({ ...ENV, ...env }, folder);
  }
  world.isOver = true;
  await Promise.all(people);

  const expected = expectedSums(notes);
  const same = async () => JSON.stringify(await readSums(server.httpUrl)) === JSON.stringify(expected);
  await until(same, 'the mood is what was acknowledged').catch(async () => {
    expect(await readSums(server.httpUrl)).toEqual(expected);
  });
  const shown = await historyOf(server.httpUrl);
  for (const note of notes) {
    const { id, text, feeling, takenBack } = note;
    const state = takenBack ? { text: '', feeling: null, hidden: true } : { text, feeling, hidden: false };
    expect(shown.get(id)).toEqual({ id, ...state, empathies: expectedCounts(note) });
  }
  await server.stop();
  server = await ServerProcess.start({ ...ENV, ...env }, folder);
  expect(await readSums(server.httpUrl)).toEqual(expected);
  expect(await historyOf(server.httpUrl)).toEqual(shown);
  for (const [i, token] of tokens.entries()) {
    expect(await readMarks(server.httpUrl, notes, token)).toEqual(expectedMarks(notes, `p${i}`));
  }
  await server.stop();

  const bytes = await everyByte(folder);
  for (const isGone of [false, true]) {
    expect(notes.filter(({ takenBack, presses }) => takenBack === isGone && presses.size > 0).length).toBeGreaterThan(0);
  }
  expect(notes.filter(({ text, takenBack }) => bytes.includes(text) === takenBack)).toEqual([]);
}

test(`kill -9 at random moments while people correct, take back and press empathies (seed ${SEED}, ${ROUNDS} rounds)`, async () => {
  // The last start has compacted the file.
  await killWhilePeopleCorrect({}, (folder) => Promise.resolve(readFileSync(join(folder, 'data.mdb'), 'latin1')));
}, 180_000);

/** What a client of Redis can read. */
const contentsOf = (redis: RedisService, url: string): Promise<string> =>
  redis.ask(url, async (client) => {
    const contents = (await client.keys('*')).map(async (key) => {
      const type = await client.type(key);
      if (type === 'stream') return client.xrange(key, '-', '+');
      if (type === 'hash') return client.hgetall(key);
      return type === 'string' ? client.get(key) : key;
    });
    return JSON.stringify(await Promise.all(contents));
  });

withServices(['redis', 'mongo'], (services) => {
  test(`kill -9 of a clustered process while people correct, take back and press empathies (seed ${SEED}, ${ROUNDS} rounds)`, async () => {
    const uri = services.mongo.empty();
    const url = await services.redis.empty();
    const env = { REDIS_URL: url, MONGODB_URI: uri, JWT_SECRET: 'a secret of the tests, long enough for the check' };
    await killWhilePeopleCorrect(env, async () => {
      const connection = await createConnection(uri).asPromise();
      const collections = (await connection.listCollections()).map(({ name }) => connection.collection(name).find().toArray());
      const documents = JSON.stringify(await Promise.all(collections));
      await connection.close();
      return documents + (await contentsOf(services.redis, url));
    });
  }, 180_000);
});
