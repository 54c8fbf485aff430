import { appendFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup, restoreBackup } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger } from '../../src/ports/logger';
import { PASSWORD, TestApp } from '../support/app';
import { ChatsDocument, LoginDocument, NewChatDocument, RecentChatsDocument } from '../support/generated/graphql';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';

const configOf = (dataDir: string) => parseConfig({ DATA_DIR: dataDir, NODE_ENV: 'test' });
const recent = async (app: TestApp) => (await app.ask(RecentChatsDocument, { first: 100 })).recentChats;

test('a backup made during writes restores messages, accounts and tokens, and expires older cursors', async () => {
  // A long interval, so that some messages are only in the log.
  const app = await TestApp.start({ FLUSH_INTERVAL_MS: '60000' });
  const person = await app.person();
  const sent = [];
  for (let i = 0; i < 20; i++) sent.push(await app.send(person, `before ${i}`));
  const writing = new AbortController();
  const writes = (async () => {
    for (let i = 0; !writing.signal.aborted; i++) await app.send(person, `during ${i}`);
  })();
  const folder = join(tempDir(), 'backup');
  const summary = await makeBackup(configOf(app.dataDir), folder);
  writing.abort();
  await writes;
  expect(summary.messages + summary.waiting).toBeGreaterThanOrEqual(20);
  expect(summary).toMatchObject({ users: 1, lastOffset: summary.messages + summary.waiting });
  for (const name of ['', 'data.mdb', 'jwt-secret', 'backup.json']) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  const beyond = await app.send(person, 'after the backup');
  await app.stop();

  const dataDir = join(tempDir(), 'restored');
  expect(await restoreBackup(configOf(dataDir), silentLogger, folder)).toEqual(summary);
  const again = await TestApp.start({}, {}, dataDir);
  const { items } = await recent(again);
  expect(items).toHaveLength(summary.messages + summary.waiting);
  expect(items.slice(0, 20)).toEqual(sent);
  expect((await again.post(LoginDocument, { input: { login: person.username, password: PASSWORD } })).errors).toEqual([]);
  const more = await again.send(person, 'after the restore');
  expect((await recent(again)).items.at(-1)).toEqual(more);
  const history = await again.ask(ChatsDocument, { first: 5, after: sent[10]?.cursor ?? '' });
  expect(history.chats.edges.map(({ node }) => node.text)).toEqual(['before 9', 'before 8', 'before 7', 'before 6', 'before 5']);
  for (const { cursor } of [beyond, sent[10] ?? beyond]) {
    const lost = again.subscribe(NewChatDocument, { after: cursor });
    await until(() => lost.ended, 'the cursor is refused');
    expect(lost.errors).toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
  }
});

test('restore refuses a damaged backup, a folder without a backup and a DATA_DIR with data, and writes nothing', async () => {
  const app = await TestApp.start();
  await app.send(await app.person(), 'something');
  const folder = join(tempDir(), 'backup');
  await makeBackup(configOf(app.dataDir), folder);
  const target = join(tempDir(), 'target');
  const restore = (from: string, to = target) => restoreBackup(configOf(to), silentLogger, from);
  await expect(makeBackup(configOf(app.dataDir), folder)).rejects.toThrow('exists');
  await expect(makeBackup(configOf(target), join(tempDir(), 'x'))).rejects.toThrow('holds no data');
  await expect(restore(tempDir())).rejects.toThrow('is no backup');
  await expect(restore(folder, app.dataDir)).rejects.toThrow('holds data already');
  appendFileSync(join(folder, 'data.mdb'), 'x');
  await expect(restore(folder)).rejects.toThrow('is damaged');
  expect(existsSync(target)).toBe(false);
});
