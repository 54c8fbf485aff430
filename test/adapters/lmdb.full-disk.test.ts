import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as lmdb from 'lmdb';
import { importLines } from '../../src/app/commands/transfer';
import { makeBackup, restoreBackup, startApp } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import type { Chat } from '../../src/domain/chat';
import { silentLogger } from '../../src/ports/logger';
import type { Entry } from '../../src/transfer/entry';
import { chat, draft, offsets } from '../contracts/samples';
import { follow } from '../support/follow';
import { closeEngine, openEngine } from '../support/engine';
import { tempDir } from '../support/temp-dir';

// lmdb keeps its native part for the process: without this, it uses the console of the test file that loaded it first.
delete (lmdb as unknown as { nativeAddon: { open?: unknown } }).nativeAddon.open;

const DISK_BYTES = 6 * 1024 * 1024;

/** Mounts a small disk. @returns undefined where this user may not mount one */
function smallDisk(): string | undefined {
  const path = tempDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}

/** Fills the disk up to `leave` bytes. @returns a function that frees them */
function fill(disk: string, leave: number): () => void {
  const { bavail, bsize } = statfsSync(disk);
  const filler = join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leave)));
  return () => {
    rmSync(filler);
  };
}

const disk = smallDisk();
if (disk === undefined) console.warn('SKIPPED: the tests of a full disk need root to mount a small disk.');

(disk === undefined ? describe.skip : describe)('on a full disk', () => {
  const root = disk ?? '';
  // lmdb prints each failed commit.
  beforeAll(() => jest.spyOn(console, 'error').mockImplementation(() => undefined));
  afterAll(() => {
    jest.restoreAllMocks();
    execFileSync('umount', ['--lazy', root]);
  });

  const LARGE = '가'.repeat(1_000);
  const isUnavailable = (reason: unknown): boolean =>
    (reason as { code?: unknown }).code === 'UNAVAILABLE' && (reason as { retryAfter?: number }).retryAfter !== undefined;

  test('the log refuses appends without a trace, still reads, and appends again when there is space', async () => {
    const dataDir = join(root, 'log');
    mkdirSync(dataDir);
    const engine = await openEngine({ dataDir });
    const log = engine.chatLog;
    const seen: Chat[] = [];
    await follow(log, ['main'], (entries) => void seen.push(...entries));
    for (let i = 0; i < 20; i++) await log.append(draft(`before-${i}`));

    const free = fill(root, 300_000);
    const fulfilled: string[] = [];
    const rejected: unknown[] = [];
    for (let round = 0; rejected.length < 100; round++) {
      const ids = Array.from({ length: 20 }, (_, i) => `full-${round}-${i}`);
      const results = await Promise.allSettled(ids.map((id) => log.append(draft(id, { text: LARGE }))));
      results.forEach((result, i) => {
        if (result.status === 'fulfilled') fulfilled.push(ids[i] ?? '');
        else rejected.push(result.reason);
      });
    }
    expect(rejected.every(isUnavailable)).toBe(true);
    expect(await log.find('full-99-0')).toEqual({ state: 'unknown' });
    const { epoch, offset } = await log.head();
    expect(offset).toBe(20 + fulfilled.length);
    expect((await log.read({ epoch, offset: 0 }, 10_000))?.map(({ id }) => id)).toEqual([
      ...Array.from({ length: 20 }, (_, i) => `before-${i}`),
      ...fulfilled,
    ]);

    free();
    const appended = await log.append(draft('after'));
    expect(appended).toMatchObject({ duplicate: false, chat: { offset: offset + 1 } });
    expect(offsets(seen)).toEqual(Array.from({ length: offset + 1 }, (_, i) => i + 1));
    await closeEngine(engine);

    const reopened = await openEngine({ dataDir });
    expect(await reopened.chatLog.read({ epoch, offset: 0 }, 10_000)).toEqual(seen);
    expect(await reopened.chatLog.append(draft('full-99-0'))).toMatchObject({ duplicate: false });
    await closeEngine(reopened);
    rmSync(dataDir, { recursive: true });
  });

  test('the store refuses a batch, and stores it when there is space', async () => {
    const engine = await openEngine({ dataDir: join(root, 'store') });
    const store = engine.chatStore;
    const free = fill(root, 100_000);
    const batch = Array.from({ length: 1_000 }, (_, i) => chat(i + 1, { text: LARGE }));
    expect(await store.insertBatch(batch).catch(isUnavailable)).toBe(true);
    const stored = await store.countByRoom('main', {}, 10_000);
    expect(stored).toBeLessThan(1_000);
    expect(await store.highestOffset()).toBe(stored);
    expect(await store.countByAuthor('author-1', [{}])).toBe(stored);
    free();
    await store.insertBatch(batch.slice(0, 300));
    expect(await store.countByAuthor('author-1', [{}])).toBe(Math.max(stored, 300));
    await closeEngine(engine);
  });

  const configOf = (dataDir: string) =>
    parseConfig({ DATA_DIR: dataDir, NODE_ENV: 'test', PORT: '0', WS_PORT: '0', HOST: '127.0.0.1' });

  test('refuses a restore with an error that names the disk, leaves no data, and restores when there is space', async () => {
    const sourceDir = tempDir();
    const source = await openEngine({ dataDir: sourceDir });
    const batch = Array.from({ length: 300 }, (_, i) => chat(i + 1, { text: LARGE }));
    await source.chatStore.insertBatch(batch);
    const folder = join(tempDir(), 'backup');
    await makeBackup(configOf(sourceDir), folder);
    await closeEngine(source);
    const dataDir = join(root, 'restored');
    const free = fill(root, 600_000);
    await expect(restoreBackup(configOf(dataDir), silentLogger, folder)).rejects.toThrow(/no space left/i);
    expect(existsSync(join(dataDir, 'data.mdb'))).toBe(false);
    free();
    expect(await restoreBackup(configOf(dataDir), silentLogger, folder)).toMatchObject({ messages: 300 });
    const restored = await openEngine({ dataDir });
    expect(await restored.chatStore.inOrder({}, 1_000)).toEqual(batch);
    await closeEngine(restored);
    rmSync(dataDir, { recursive: true });
  });

  test('refuses an import with an error that names the disk, starts no server on half of it, and completes it when there is space', async () => {
    const all = Array.from({ length: 500 }, (_, i) => chat(i + 1, { text: LARGE }));
    const entries: Entry[] = [
      { kind: 'jungle-buzz', version: 1, upTo: 500, epoch: 'epoch-1', chats: 500 },
      ...all.map((one): Entry => ({ kind: 'chat', chat: one })),
      { kind: 'end' },
    ];

    const lines = async function* () {
      for (const entry of entries) yield JSON.stringify(entry);
    };
    const dataDir = join(root, 'imported');
    const free = fill(root, 1_200_000);
    await expect(importLines(configOf(dataDir), silentLogger, lines())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    free();
    await expect(startApp(configOf(dataDir), silentLogger)).rejects.toThrow(/import .* was interrupted/);
    await importLines(configOf(dataDir), silentLogger, lines());
    const imported = await openEngine({ dataDir });
    expect(await imported.chatStore.inOrder({}, 1_000)).toEqual(all);
    await closeEngine(imported);
    rmSync(dataDir, { recursive: true });
  });

  test('a start is refused in one line', async () => {
    const free = fill(root, 10_000);
    await expect(openEngine({ dataDir: join(root, 'new') })).rejects.toThrow(/^DATA_DIR .*no space left.*$/i);
    free();
  });
});
