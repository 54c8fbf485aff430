import { appendFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { exportTo } from '../../src/cli/export';
import { importFrom } from '../../src/cli/import';
import { openEngine } from '../../src/app/engine';
import { parseConfig } from '../../src/config/config';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import {
  ChatMarksDocument,
  ChatsDocument,
  ChatStatesDocument,
  CreateInviteDocument,
  CreateRoomDocument,
  InsightsDocument,
  JoinRoomDocument,
  LoginDocument,
  MoodTimelineDocument,
  NewChatDocument,
  RecentChatsDocument,
  RegisterDocument,
  RemoveMemberDocument,
  RoomsDocument,
  SetEmpathyDocument,
  type ChatsQuery,
} from '../support/generated/graphql';
import { PASSWORD, TestApp } from '../support/app';
import { Cluster } from '../support/cluster';
import { withServices } from '../support/services';
import { tempDir } from '../support/temp-dir';
import type { Unmasked } from '../support/unmasked';
import { until } from '../support/until';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROOMS = ['main', 'quiet', 'masks'];
const clock = { at: Date.UTC(2026, 5, 10, 1, 0) };
const overrides = { clock: { now: () => clock.at } };
// Sessions outlast the jumps of the test's clock.
const ENV = { JWT_EXPIRES_IN: '90d' };

const silent = () => jest.spyOn(process.stderr, 'write').mockReturnValue(true);
const config = (env: Record<string, string>) => parseConfig({ NODE_ENV: 'test', ...env });

async function exported(env: Record<string, string>, path = join(tempDir(), 'all.jsonl')): Promise<string> {
  expect(await exportTo(path, config(env))).toBe(0);
  return path;
}

/** Everything that clients can read of an installation. */
async function view(app: TestApp) {
  const chats: Unmasked<ChatsQuery>['chats']['edges'][number]['node'][] = [];
  for (const room of ROOMS) {
    for (let after: string | null = null; ;) {
      const { edges, pageInfo }: Unmasked<ChatsQuery>['chats'] = (await app.ask(ChatsDocument, { room, first: 100, after }))
        .chats;
      chats.push(...edges.map(({ node }) => node));
      after = pageInfo.endCursor ?? null;
      if (!pageInfo.hasNextPage) break;
    }
  }
  const range = { from: new Date(clock.at - 5 * DAY).toISOString(), to: new Date(clock.at).toISOString() };
  return {
    chats,
    rooms: (await app.ask(RoomsDocument, {})).rooms,
    empathies: (await app.ask(ChatStatesDocument, { room: 'quiet', first: 100 })).chats.edges.map(({ node }) => node.empathies),
    letters: (await app.ask(InsightsDocument, { first: 50 })).insights.edges.map(({ node }) => node),
    moods: (await app.ask(MoodTimelineDocument, { room: 'quiet', ...range })).moodTimeline,
  };
}

const invite = async (app: TestApp, { accessToken }: { readonly accessToken: string }): Promise<string> =>
  (await app.ask(CreateInviteDocument, { room: 'quiet' }, accessToken)).createInvite.code;

/** Fills an installation with everything that an export contains. */
async function furnish(app: TestApp) {
  const mina = await app.person('Mina');
  const gone = await app.person('gone');
  await app.ask(CreateRoomDocument, { input: { id: 'quiet', title: '조용한 방' } }, mina.accessToken);
  await app.ask(CreateRoomDocument, { input: { id: 'masks', title: 'Masks', anonymous: true } }, mina.accessToken);
  const { register: joon } = await app.ask(RegisterDocument, {
    input: { username: 'joon', email: 'joon@example.org', password: PASSWORD },
  });
  for (let i = 0; i < 60; i++) await app.send([mina, gone][i % 2] ?? mina, `message ${i} 정말 행복해요`, ROOMS[i % 3]);
  const { items } = (await app.ask(RecentChatsDocument, { room: 'quiet', first: 5 })).recentChats;
  for (const [i, { id }] of items.entries()) {
    await app.ask(SetEmpathyDocument, { chatId: id, empathy: i % 2 === 0 ? 'HUG' : 'CHEER' }, joon.accessToken);
    await app.post(SetEmpathyDocument, { chatId: id, empathy: 'HUG' }, mina.accessToken);
  }
  await app.ask(JoinRoomDocument, { code: await invite(app, mina) }, joon.accessToken);
  await app.ask(RemoveMemberDocument, { room: 'quiet', username: 'joon' }, mina.accessToken);
  await app.ask(CreateRoomDocument, { input: { id: 'deleted', title: 'Deleted' } }, mina.accessToken);
  await app.postRaw({ query: 'mutation { deleteRoom(room: "deleted", title: "Deleted") }' }, mina.accessToken);
  clock.at += DAY;
  await app.app.runInsights(clock.at);
  await app.send(mina, 'after the letter');
  return mina;
}

/** Deletes an account of a stopped server. */
async function deleteAccount(dataDir: string, usernameKey: string): Promise<void> {
  const engine = await openEngine(config({ DATA_DIR: dataDir }), systemClock, silentLogger);
  const user = await engine.userStore.byUsernameKey(usernameKey);
  expect(await engine.userStore.remove(user?.id ?? '')).toBe(true);
  await engine.close();
}

withServices(['redis', 'mongo'], (services) => {
  test.each(['1', '16'])(
    'an export moves everything to a clustered log of %s partitions and back with the same cursors',
    async (partitions) => {
      silent();
      const small = await TestApp.start(ENV, overrides);
      const mina = await furnish(small);
      const before = await view(small);
      expect(before.chats).toHaveLength(61);
      expect(before.letters.length).toBeGreaterThan(0);
      const { cursor } = (await small.ask(RecentChatsDocument, { room: 'quiet', first: 5 })).recentChats;
      await small.stop();
      await deleteAccount(small.dataDir, 'gone');

      const file = await exported({ DATA_DIR: small.dataDir });
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const cluster = await Cluster.on(services, { ...ENV, LOG_PARTITIONS: partitions });
      await importFrom(file, config(cluster.env));
      await importFrom(file, config(cluster.env));
      const large = await TestApp.start(cluster.env, overrides);
      expect(await view(large)).toEqual(before);

      const { login } = await large.ask(LoginDocument, { input: { login: 'joon@example.org', password: PASSWORD } });
      expect(login.user.username).toBe('joon');
      const ids = before.chats.filter(({ room }) => room === 'quiet').map(({ id }) => id);
      const marks = (await large.ask(ChatMarksDocument, { ids }, login.accessToken)).chatMarks.map(({ empathy }) => empathy);
      expect(marks.slice(0, 6)).toEqual(['HUG', 'CHEER', 'HUG', 'CHEER', 'HUG', null]);
      expect((await large.post(RegisterDocument, { input: { username: 'GONE', password: PASSWORD } })).errors[0]).toMatchObject({
        extensions: { code: 'USERNAME_TAKEN' },
      });
      const older = (await large.ask(ChatsDocument, { room: 'quiet', first: 100, after: cursor })).chats.edges;
      expect(older).toHaveLength(before.chats.filter(({ room }) => room === 'quiet').length);
      const late = large.subscribe(NewChatDocument, { room: 'quiet', after: cursor });
      await until(() => late.ended);
      expect(late.errors).toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);

      const again = (await large.ask(LoginDocument, { input: { login: 'mina', password: PASSWORD } })).login;
      // What hosts removed stays removed.
      const code = await invite(large, again);
      expect((await large.post(JoinRoomDocument, { code }, login.accessToken)).errors[0]?.extensions['code']).toBe('NOT_FOUND');
      const taken = { input: { id: 'deleted', title: 'Anew' } };
      expect((await large.post(CreateRoomDocument, taken, again.accessToken)).errors[0]?.extensions['code']).toBe('CONFLICT');
      const first = await large.send({ ...mina, ...again }, 'said on the large one', 'quiet');
      await large.app.runInsights((clock.at += DAY));
      const between = await view(large);
      await large.stop();

      const home = tempDir();
      const back = await exported(cluster.env);
      await importFrom(back, config({ DATA_DIR: home }));
      const final = await TestApp.start(ENV, overrides, home);
      expect(await view(final)).toEqual(between);
      expect(between.chats.filter(({ id }) => id === first.id)).toHaveLength(1);
      expect((await final.ask(ChatsDocument, { room: 'quiet', first: 100, after: cursor })).chats.edges).toEqual(older);
      await final.ask(LoginDocument, { input: { login: 'mina', password: PASSWORD } });
    },
  );

  test('a message that is sent after an import from several partitions into several is the newest of its room', async () => {
    silent();
    const from = await Cluster.on(services, { ...ENV, LOG_PARTITIONS: '16' });
    const old = await TestApp.start(from.env, overrides);
    await furnish(old);
    const before = await view(old);
    await old.stop();
    const file = await exported(from.env);
    const to = await Cluster.on(services, { ...ENV, LOG_PARTITIONS: '4' });
    await importFrom(file, config(to.env));
    const app = await TestApp.start(to.env, overrides);
    expect(await view(app)).toEqual(before);
    const { login } = await app.ask(LoginDocument, { input: { login: 'mina', password: PASSWORD } });
    for (const room of ROOMS) {
      await app.send({ ...login, username: 'mina' }, 'the newest', room);
      const { edges } = (await app.ask(ChatsDocument, { room, first: 1, after: null })).chats;
      expect(edges.map(({ node }) => node.text)).toEqual(['the newest']);
    }
  });
});

describe('on the embedded engine', () => {
  let source: TestApp, file: string;
  beforeAll(async () => {
    silent();
    source = await TestApp.start(ENV, overrides);
    await furnish(source);
    await source.stop();
    await deleteAccount(source.dataDir, 'gone');
    file = await exported({ DATA_DIR: source.dataDir });
  });

  test('an export that was cut off at any byte resumes to the same file', async () => {
    const whole = readFileSync(file);
    for (let cut = 0; cut < whole.length; cut += Math.ceil(whole.length / 12)) {
      const path = join(tempDir(), 'cut.jsonl');
      appendFileSync(path, whole);
      truncateSync(path, cut);
      if (cut > 0 && cut < whole.indexOf('\n')) continue;
      await exported({ DATA_DIR: source.dataDir }, path);
      expect(readFileSync(path, 'utf8')).toBe(whole.toString());
    }
  });

  test('an interrupted import can be repeated, and an incomplete export is refused', async () => {
    const home = tempDir();
    const cut = join(tempDir(), 'cut.jsonl');
    appendFileSync(cut, readFileSync(file, 'utf8').split('\n').slice(0, 30).join('\n'));
    await expect(importFrom(cut, config({ DATA_DIR: home }))).rejects.toThrow('the export is incomplete');
    await importFrom(file, config({ DATA_DIR: home }));
    expect(
      readFileSync(await exported({ DATA_DIR: home }), 'utf8')
        .split('\n')
        .slice(1),
    ).toEqual(readFileSync(file, 'utf8').split('\n').slice(1));
  });

  test('import refuses a target that has messages of its own and leaves it unchanged', async () => {
    const other = await TestApp.start(ENV);
    await other.send(await other.person('someone'), 'mine');
    await other.stop();
    const before = readFileSync(await exported({ DATA_DIR: other.dataDir }), 'utf8');
    await expect(importFrom(file, config({ DATA_DIR: other.dataDir }))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(readFileSync(await exported({ DATA_DIR: other.dataDir }), 'utf8')).toBe(before);
  });

  test('export and import refuse a folder that a server has open', async () => {
    const open = await TestApp.start();
    await expect(exported({ DATA_DIR: open.dataDir })).rejects.toThrow('DATA_DIR');
    await expect(importFrom(file, config({ DATA_DIR: open.dataDir }))).rejects.toThrow('DATA_DIR');
  });
});
