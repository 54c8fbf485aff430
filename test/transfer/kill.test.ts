import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exportTo } from '../../src/cli/export';
import { makeBackup } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { DEFAULT_ROOM_SETTINGS } from '../../src/domain/room';
import { insight } from '../contracts/samples';
import { cli } from '../support/cli';
import { appendAll, closeEngine, draft, openEngine } from '../support/engine';
import { seeded } from '../support/random';
import { refusal } from '../support/refusal';
import { tempDir } from '../support/temp-dir';

const SEED = Number(process.env['SEED'] ?? 20261129);
const ROUNDS = Number(process.env['ROUNDS'] ?? 2);
const MESSAGES = 40;

const configOf = (dataDir: string) => parseConfig({ DATA_DIR: dataDir, NODE_ENV: 'test' });

/** Runs a command of the built program that is killed before its n-th change to the disk; 0 for never. */
async function command(args: readonly string[], dataDir: string, killAtStep = 0) {
  const patch = join(__dirname, 'patches/kill-at-step.cjs');
  const child = spawn(process.execPath, ['--require', patch, join(__dirname, '../../dist/cli/main.js'), ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, KILL_AT_STEP: String(killAtStep) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, stderr, steps: Number(/steps (\d+)/.exec(stdout)?.[1]) };
}

/** What the folder holds. */
async function contents(dataDir: string) {
  const engine = await openEngine({ dataDir });
  const { epoch, offset } = await engine.chatLog.of('main').head();
  const stored = await engine.chatStore.inOrder({}, 1_000);
  const letters = await engine.insightStore.page('main', undefined, 100);
  await closeEngine(engine);
  return { epoch, offset, texts: stored.map(({ text }) => text), letters: letters.length };
}

/** A closed folder with messages in the store and in the log. */
async function source() {
  const dataDir = tempDir();
  const engine = await openEngine({ dataDir });
  const room = { id: 'main', title: 'main', anonymous: false, aliasLocale: 'ko' as const, createdAt: 0 };
  await engine.roomStore.create({ ...room, settings: DEFAULT_ROOM_SETTINGS }, 1);
  const chats = await appendAll(
    engine.chatLog,
    Array.from({ length: MESSAGES }, () => draft()),
  );
  await engine.chatStore.insertBatch(chats.slice(0, 25));
  await engine.chatLog.of('main').commit(25, 1);
  for (let day = 1; day <= 5; day++) await engine.insightStore.put(insight(`main:${day}`, day), 1);
  const { epoch } = await engine.chatLog.of('main').head();
  await closeEngine(engine);
  return { dataDir, epoch, texts: chats.map(({ text }) => text) };
}

/** Seeded steps from 1 to the last one, both included. */
function killPoints(steps: number): number[] {
  const random = seeded(SEED);
  return [1, steps, ...Array.from({ length: ROUNDS }, () => 2 + Math.floor(random() * (steps - 2)))];
}

test(`a killed restore is complete, or the start is refused until it is repeated (seed ${SEED})`, async () => {
  const { dataDir, epoch, texts } = await source();
  const folder = join(tempDir(), 'backup');
  await makeBackup(configOf(dataDir), folder);
  const { steps } = await command(['restore', folder], join(tempDir(), 'whole'));
  for (const step of killPoints(steps)) {
    const target = join(tempDir(), 'target');
    expect(await command(['restore', folder], target, step)).toMatchObject({ signal: 'SIGKILL' });
    // Killed before its first change, it leaves nothing.
    if (existsSync(target) && !existsSync(join(target, 'data.mdb'))) {
      const { exitCode, stderr } = await refusal({ DATA_DIR: target });
      expect([exitCode, stderr]).toEqual([
        1,
        expect.stringMatching(/^jungle-buzz: A restore into DATA_DIR .* run `restore` again/),
      ]);
    }
    const repeated = await command(['restore', folder], target);
    if (repeated.code !== 0) expect(repeated.stderr).toContain('holds data already');
    const restored = await contents(target);
    expect(restored.texts).toEqual(texts);
    expect(restored.letters).toBe(5);
    expect(restored.epoch).not.toBe(epoch);
    expect(restored.offset).toBeGreaterThanOrEqual(MESSAGES);
  }
}, 300_000);

test(`a killed import is complete, or the start is refused until it is repeated (seed ${SEED})`, async () => {
  const { dataDir, texts } = await source();
  const file = join(tempDir(), 'all.jsonl');
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await exportTo(file, configOf(dataDir))).toBe(0);
  jest.restoreAllMocks();
  const { steps } = await command(['import', file], tempDir());
  let refused = 0;
  for (const step of killPoints(steps)) {
    const target = tempDir();
    expect(await command(['import', file], target, step)).toMatchObject({ signal: 'SIGKILL' });
    // Opened without a server, which would refuse to.
    const before = await contents(target);
    const isPart = (before.texts.length > 0 || before.letters > 0) && (before.texts.length < MESSAGES || before.letters < 5);
    if (isPart) {
      refused++;
      const { exitCode, stderr } = await refusal({ DATA_DIR: target });
      expect([exitCode, stderr]).toEqual([
        1,
        expect.stringMatching(/^jungle-buzz: An import .* was interrupted: run `import` again/),
      ]);
      const { code, stdout } = await cli(['doctor'], { DATA_DIR: target });
      expect([code, stdout]).toEqual([1, expect.stringMatching(/^BAD {2}DATA_DIR: An import .* was interrupted/m)]);
    }
    expect(await command(['import', file], target)).toMatchObject({ code: 0 });
    const after = await contents(target);
    expect(after.texts).toEqual(texts);
    expect(after.letters).toBe(5);
  }
  expect(refused).toBeGreaterThan(0);
}, 300_000);
