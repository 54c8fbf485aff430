import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { open } from 'lmdb';
import { Environment } from '../../src/adapters/lmdb/environment';
import { migrate } from '../../src/adapters/lmdb/migrate';
import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { Chat } from '../../src/domain/chat';
import { silentLogger } from '../../src/ports/logger';
import { chat, draft } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';
import { tempDir } from '../support/temp-dir';
import { LmdbProcess } from './lmdb-process';

const FIXTURE = join(__dirname, '../fixtures/data-dir-0.1.0');
const EVER = { start: 0, end: Number.MAX_SAFE_INTEGER };

/** A folder as version 0.1.0 left it. */
function oldFolder(): string {
  const dataDir = tempDir();
  writeFileSync(join(dataDir, 'data.mdb'), gunzipSync(readFileSync(`${FIXTURE}.mdb.gz`)));
  return dataDir;
}

/** What version 0.1.0 read from the folder, with the fields that came later. */
const expected = JSON.parse(readFileSync(`${FIXTURE}.json`, 'utf8')) as unknown;

/** The same reads by this version. */
async function contents(engine: LmdbEngine): Promise<unknown> {
  const { chatLog, chatStore, userStore, sessionStore, roomStore, aliasStore, moodStore, insightStore, moderationStore } = engine;
  const read = {
    head: await chatLog.head(),
    committed: await chatLog.committed(),
    log: await chatLog.readBack(Infinity, 100),
    chats: await chatStore.inOrder({}, 100),
    deadLetters: await chatStore.deadLetterCount(),
    masks: (await chatStore.byRoom('masks', {}, 100, 'oldest-first')).map(({ offset }) => offset),
    gone: await chatStore.countByAuthor('gone', [{}]),
    a1: await chatStore.countByAuthor('a1', [{}]),
    names: await userStore.names('', 10),
    sessions: [await sessionStore.byId('s1'), await sessionStore.byId('s2')],
    ended: await sessionStore.endedSince(0),
    rooms: await roomStore.list(),
    aliasKey: Buffer.from(await aliasStore.key('main')).toString('hex'),
    minutes: await moodStore.minutes('main', EVER),
    hours: await moodStore.hours('masks', EVER),
    insights: [await insightStore.byId('main:1'), await insightStore.byId('by-hand')],
    schedule: await insightStore.schedule(),
    reports: await moderationStore.openReports(10),
    mutes: await moderationStore.activeMutes(0),
    audit: await moderationStore.auditEntries(undefined, 10),
    erasures: await moderationStore.pendingErasures(10),
    retention: await moderationStore.retentionOffset(0),
  };
  return JSON.parse(JSON.stringify(read));
}

/** Uses what `contents` only reads. */
async function goesOn({ chatLog, chatStore, aliasStore, spendStore, lease, userStore }: LmdbEngine): Promise<void> {
  expect(await chatLog.append(draft('m40'))).toEqual({ duplicate: true });
  expect(await chatLog.append(draft('new'))).toMatchObject({ duplicate: false, chat: { offset: 41 } });
  expect(await chatLog.commit(31, 6)).toBe(false);
  expect(await chatStore.byId('m7')).toMatchObject({ offset: 7 });
  expect(await aliasStore.claim('masks:2026-03-01', 'a1', 'another')).toBe('quiet otter');
  expect(await aliasStore.claim('masks:2026-03-01', 'a9', 'quiet otter')).toBe('quiet otter 2');
  const nothing = { calls: 0, inputTokens: 0, outputTokens: 0, microUsd: 0 };
  expect(await spendStore.add('2026-03-01', nothing)).toEqual({ calls: 1, inputTokens: 20, outputTokens: 30, microUsd: 40 });
  expect((await lease.acquire('writer', 'b', 1e9))?.fence).toBe(2);
  expect(await userStore.byEmailKey('mina@example.org')).toMatchObject({ id: 'u1', username: 'User_u1' });
}

test('a folder of version 0.1.0 is converted at the first start, with everything in it', async () => {
  const dataDir = oldFolder();
  const engine = await openEngine({ dataDir });
  expect(await contents(engine)).toEqual(expected);
  await goesOn(engine);
  await closeEngine(engine);
  await closeEngine(await openEngine({ dataDir }));
});

test('messages that schema 2 stored have no feeling and answer nothing', async () => {
  const dataDir = tempDir();
  const earlier: { -readonly [K in keyof Chat]?: Chat[K] } = { ...chat(1) };
  delete earlier.feeling;
  delete earlier.answers;
  delete earlier.revision;
  delete earlier.scoredBy;
  const env = new Environment(dataDir);
  await env.write(() => {
    void env.plain<number>('meta').put('schema', 2);
    const inOrder = (value: Partial<Chat>) => ({ ...earlier, ...value }) as Required<Chat>;
    env.table<Partial<Chat>, number>('chats', { inOrder, earlier: [] }).put(1, earlier);
  });
  await env.close();
  const engine = await openEngine({ dataDir });
  expect(await engine.chatStore.inOrder({}, 10)).toEqual([chat(1, { scoredBy: undefined })]);
  await closeEngine(engine);
  const opened = new Environment(dataDir);
  expect(opened.plain('meta').get('schema')).toBe(4);
  await opened.close();
});

test('tables are converted in chunks', async () => {
  const dataDir = oldFolder();
  const env = new Environment(dataDir);
  await migrate(env, silentLogger, 7);
  await env.close();
  const engine = await openEngine({ dataDir });
  expect(await contents(engine)).toEqual(expected);
  await goesOn(engine);
  await closeEngine(engine);
});

test.each([1, 4, 13, 30])(
  'a conversion that is killed at transaction %i goes on at the next start',
  async (kill) => {
    const dataDir = oldFolder();
    const converting = LmdbProcess.start(dataDir, '', 0, { KILL_AT_WRITE: String(kill) });
    await converting.end();
    expect(converting.lines).toEqual([]);
    const engine = await openEngine({ dataDir });
    expect(await contents(engine)).toEqual(expected);
    await goesOn(engine);
    await closeEngine(engine);
  },
  120_000,
);

test('a folder whose conversion has begun is refused by version 0.1.0', async () => {
  const dataDir = oldFolder();
  await LmdbProcess.start(dataDir, '', 0, { KILL_AT_WRITE: '3' }).end();
  const root = open({ path: dataDir, noSubdir: false, maxDbs: 32, readOnly: true });
  // Version 0.1.0 refuses every schema above 1.
  expect(root.openDB('meta', {}).get('schema')).toBe(4);
  await root.close();
}, 120_000);

test('messages are stored without the names of their fields', async () => {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  const { authorId, ...rest } = draft('x');
  await engine.chatLog.append({ ...rest, authorId });
  await closeEngine(engine);
  expect(readFileSync(join(dataDir, 'data.mdb')).includes('authorId')).toBe(false);
});
