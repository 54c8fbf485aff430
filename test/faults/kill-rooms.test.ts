import { openEngine } from '../../src/app/engine';
import { parseConfig } from '../../src/config/config';
import { systemClock } from '../../src/ports/clock';
import type { Engine } from '../../src/ports/engine';
import { silentLogger } from '../../src/ports/logger';
import { registerUsers } from '../support/plain-api';
import { seeded } from '../support/random';
import { ServerProcess } from '../support/server-process';
import { withServices } from '../support/services';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';
import { ask, keepRooms, MAX_USES, type Account, type KnownRoom, type World } from './kill-rooms';

const SEED = Number(process.env['SEED'] ?? 20261201);
const ROUNDS = Number(process.env['ROUNDS'] ?? 4);
const HOSTS = 4;
const FRIENDS = 4;
const ENV = { FLUSH_INTERVAL_MS: '20', LOG_LEVEL: 'silent', ROOMS_MAX: '100000', JWT_EXPIRES_IN: '1d' };

let server: ServerProcess;
// A failed test leaves it running.
afterEach(() => server.stop('SIGKILL'));

interface Found {
  readonly room: object | null;
  readonly myRole: string | null;
  readonly members?: { readonly edges: readonly { readonly node: { readonly username: string; readonly role: string } }[] };
}

/** What the host of a room reads about it. */
async function read({ id, host }: KnownRoom): Promise<Found> {
  const about = 'query ($id: ID!) { room(id: $id) { id } myRole(room: $id) }';
  const { data } = await ask<Found>(server.httpUrl, about, { id }, host.token);
  if (!data) throw new Error('no answer');
  const members = 'query ($id: ID!) { members(room: $id) { edges { node { username role } } } }';
  return data.myRole === null ? data : { ...data, ...(await ask<Found>(server.httpUrl, members, { id }, host.token)).data };
}

/** Every room has a host, also those whose creation nobody got to know of; of deleted ones nothing is left. */
async function checkStores(engine: Engine, rooms: readonly KnownRoom[]): Promise<void> {
  const stored = (await engine.roomStore.list()).filter(({ id }) => id !== 'main');
  expect(stored.filter(({ settings }) => settings.founder !== null)).toEqual([]);
  for (const { id } of stored) {
    const members = await engine.membershipStore.ofRoom(id, undefined, 100);
    expect([id, members.some(({ role }) => role === 'HOST')]).toEqual([id, true]);
    for (const { claims } of await engine.inviteStore.ofRoom(id, Date.now())) expect(claims).toBeUndefined();
  }
  const erasing = new Set(
    (await engine.moderationStore.pendingErasures(10_000)).flatMap((erasure) => (erasure.kind === 'room' ? [erasure.room] : [])),
  );
  for (const { id, deleted } of rooms) {
    expect([id, stored.some((room) => room.id === id)]).toEqual([id, !deleted]);
    if (!deleted || erasing.has(id)) continue;
    expect(await engine.membershipStore.ofRoom(id, undefined, 1)).toEqual([]);
    expect(await engine.inviteStore.ofRoom(id, 0)).toEqual([]);
  }
}

/** People make, join, leave and delete rooms while the server is killed; then everything has to be as it was acknowledged. */
async function killWhilePeopleMeet(env: Record<string, string>): Promise<void> {
  const random = seeded(SEED);
  const folder = tempDir();
  const start = () => ServerProcess.start({ ...ENV, ...env }, folder);
  server = await start();
  const tokens = await registerUsers(server.httpUrl, HOSTS + FRIENDS, 'meet');
  const accounts = tokens.map((token, i): Account => ({ name: `meet_${i}`, token }));
  const rooms: KnownRoom[] = [];
  const world: World = { url: () => server.httpUrl, random, rooms, isOver: false, actions: 0 };
  const friends = accounts.slice(HOSTS);
  const people = accounts.slice(0, HOSTS).map((host, i) => keepRooms(world, `room${i}`, host, friends));
  for (let round = 0; round < ROUNDS; round++) {
    const enough = world.actions + 10 + Math.floor(random() * 100);
    await until(() => world.actions >= enough, 'some actions are acknowledged');
    await server.stop('SIGKILL');
    server = await start();
  }
  world.isOver = true;
  await Promise.all(people);

  const removed = rooms.filter(({ deleted }) => deleted);
  expect(removed.length).toBeGreaterThan(0);
  for (const known of rooms) {
    const { id, deleted, roles, joined } = known;
    const found = await read(known);
    expect([id, found.room === null, found.myRole]).toEqual([id, deleted, deleted ? null : 'HOST']);
    const members = found.members?.edges.map(({ node }): [string, string] => [node.username, node.role]) ?? [];
    expect(new Map(members)).toEqual(deleted ? new Map() : roles);
    expect([id, joined]).toEqual([id, MAX_USES]);
  }
  await server.stop();
  server = await start();
  await server.stop();
  const config = parseConfig({ NODE_ENV: 'test', DATA_DIR: folder, ...env });
  const engine = await openEngine(config, systemClock, silentLogger);
  await checkStores(engine, rooms).finally(() => engine.close());
}

test(
  `kill -9 at random moments while rooms are made, joined, left and deleted (seed ${SEED}, ${ROUNDS} rounds)`,
  () => killWhilePeopleMeet({}),
  180_000,
);

withServices(['redis', 'mongo'], (services) => {
  test(`kill -9 of a clustered process while rooms are made, joined, left and deleted (seed ${SEED}, ${ROUNDS} rounds)`, async () => {
    const env = { REDIS_URL: await services.redis.empty(), MONGODB_URI: services.mongo.empty() };
    await killWhilePeopleMeet({ ...env, JWT_SECRET: 'a secret of the tests, long enough for the check' });
  }, 180_000);
});
