import { DEFAULT_ROOM_SETTINGS } from '../../src/domain/room';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { open } from 'lmdb';
import { StartupError } from '../../src/domain/startup-error';
import { draft } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';
import { refusal as startRefusal } from '../support/refusal';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';
import { LmdbProcess } from './lmdb-process';

const refusal = async (dataDir: string): Promise<string> => {
  const error: unknown = await openEngine({ dataDir }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartupError);
  const { message } = error as StartupError;
  expect(message).toContain(`DATA_DIR ${dataDir}`);
  expect(message).not.toContain('\n');
  return message;
};

describe('DATA_DIR', () => {
  test('is created with mode 700 when it is missing', async () => {
    const dataDir = join(tempDir(), 'a', 'b.data');
    await closeEngine(await openEngine({ dataDir }));
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(dataDir).isDirectory()).toBe(true);
  });

  test('is refused in one line when it cannot be created or written', async () => {
    const file = join(tempDir(), 'file');
    writeFileSync(file, '');
    expect(await refusal(join(file, 'data'))).toContain('make it a folder this user may write to');
    expect(await refusal('/proc/jungle-buzz')).toContain('make it a folder this user may write to');
  });

  test('is refused in one line when data.mdb is not a database', async () => {
    const dataDir = tempDir();
    writeFileSync(join(dataDir, 'data.mdb'), 'no database at all\n'.repeat(1_000));
    await refusal(dataDir);
  });

  test('of a newer version is refused and not changed', async () => {
    const dataDir = tempDir();
    await closeEngine(await openEngine({ dataDir }));
    const root = open({ path: dataDir, noSubdir: false, maxDbs: 32, overlappingSync: false });
    root.openDB('meta', {}).putSync('schema', 99);
    await root.close();
    const before = readFileSync(join(dataDir, 'data.mdb'));
    expect(await refusal(dataDir)).toContain('newer version (schema 99');
    expect(readFileSync(join(dataDir, 'data.mdb')).equals(before)).toBe(true);
  });
});

describe('the token secret', () => {
  test('is created once, with mode 600, and kept', async () => {
    const dataDir = tempDir();
    const engine = await openEngine({ dataDir });
    const [secret, again] = await Promise.all([engine.jwtSecret(), engine.jwtSecret()]);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(again).toBe(secret);
    expect(statSync(join(dataDir, 'jwt-secret')).mode & 0o777).toBe(0o600);
    await closeEngine(engine);
    const reopened = await openEngine({ dataDir });
    expect(await reopened.jwtSecret()).toBe(secret);
    const other = await openEngine();
    expect(await other.jwtSecret()).not.toBe(secret);
  });
});

/** Stores an owner in a closed folder. */
async function setWriter(dataDir: string, writer: readonly unknown[]): Promise<void> {
  const root = open({ path: dataDir, noSubdir: false, maxDbs: 32, overlappingSync: false });
  root.openDB('writer', {}).putSync('writer', writer);
  await root.close();
}

describe('one writer at a time', () => {
  test('a second opener in the same process is refused with the process id, and the first keeps working', async () => {
    const dataDir = tempDir();
    const engine = await openEngine({ dataDir });
    for (let i = 0; i < 20; i++) {
      // Opens while a transaction of the first one is open.
      const appended = engine.chatLog.append(draft(`a${i}`));
      for (let turn = 0; turn < i % 4; turn++) await new Promise(setImmediate);
      expect(await refusal(dataDir)).toContain(`in use by process ${process.pid} on host ${hostname()}`);
      expect(await appended).toMatchObject({ duplicate: false });
    }
    await closeEngine(engine);
    await closeEngine(await openEngine({ dataDir }));
  });

  test('of several concurrent openers in one process, one succeeds', async () => {
    const dataDir = tempDir();
    for (let round = 0; round < 5; round++) {
      const results = await Promise.allSettled(Array.from({ length: 5 }, () => openEngine({ dataDir })));
      const open = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(open).toHaveLength(1);
      for (const engine of open) await closeEngine(engine);
    }
  });

  test('another process is refused with the process id, also while the owner is stopped by SIGSTOP', async () => {
    const dataDir = tempDir();
    const owner = LmdbProcess.start(dataDir);
    expect(await owner.answer()).toBe('open');
    const byName = `in use by process ${owner.child.pid} on host ${hostname()}`;
    expect(await refusal(dataDir)).toContain(byName);
    owner.child.kill('SIGSTOP');
    expect(await refusal(dataDir)).toContain(byName);
    await owner.kill();
  }, 120_000);

  test('another process is refused at once while the owner is stopped inside a transaction', async () => {
    const dataDir = tempDir();
    const owner = LmdbProcess.start(dataDir, 'a', 1, { STOP_AT_WRITE: '5' });
    await until(() => owner.lines.includes('stopping'), 'the owner stops');
    const { exitCode, stderr } = await startRefusal({ DATA_DIR: dataDir });
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`in use by process ${owner.child.pid} on host ${hostname()}`),
    ]);
    await owner.kill();
    await closeEngine(await openEngine({ dataDir }));
  }, 120_000);

  test('a folder that another host has not closed is refused with the host name until its socket file is deleted', async () => {
    const dataDir = tempDir();
    await closeEngine(await openEngine({ dataDir }));
    await setWriter(dataDir, ['elsewhere', 7, 'other-host', 'another boot']);
    const socket = join(dataDir, 'writer-elsewhere.sock');
    writeFileSync(socket, '');
    expect(await refusal(dataDir)).toMatch(
      /in use by process 7 on host other-host, or was not closed there.*delete .*writer-elsewhere.sock/,
    );
    rmSync(socket);
    await closeEngine(await openEngine({ dataDir }));
  });

  test('a folder that a removed container on this machine has not closed opens at once', async () => {
    const dataDir = tempDir();
    await closeEngine(await openEngine({ dataDir }));
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    await setWriter(dataDir, ['container', 7, 'removed-container', bootId]);
    const gone = createServer().listen(join(dataDir, 'writer-container.sock'));
    await once(gone, 'listening');
    renameSync(join(dataDir, 'writer-container.sock'), join(dataDir, 'kept'));
    await promisify(gone.close.bind(gone))();
    renameSync(join(dataDir, 'kept'), join(dataDir, 'writer-container.sock'));
    await closeEngine(await openEngine({ dataDir }));
  });

  test('after kill -9 of the owner, one of several starting processes gets the folder at once', async () => {
    const dataDir = tempDir();
    let owner = LmdbProcess.start(dataDir);
    expect(await owner.answer()).toBe('open');
    for (let round = 0; round < 2; round++) {
      await owner.kill();
      const starters = [0, 1].map(() => LmdbProcess.start(dataDir));
      const answers = await Promise.all(starters.map((starter) => starter.answer()));
      const winner = starters.find((_, i) => answers[i] === 'open') as LmdbProcess;
      expect(answers.filter((answer) => answer === 'open')).toHaveLength(1);
      for (const answer of answers) if (answer !== 'open') expect(answer).toContain(`process ${winner.child.pid} `);
      for (const starter of starters) if (starter !== winner) await starter.kill();
      owner = winner;
    }
    await owner.kill();
    await closeEngine(await openEngine({ dataDir }));
    expect(readdirSync(dataDir).filter((name) => name.endsWith('.sock'))).toEqual([]);
  }, 120_000);

  test('opens when the process id of a dead owner belongs to another process', async () => {
    const dataDir = tempDir();
    await closeEngine(await openEngine({ dataDir }));
    await setWriter(dataDir, ['gone', process.ppid, hostname()]);
    await closeEngine(await openEngine({ dataDir }));
  });

  test('works in a folder whose path is too long for a Unix socket, and leaves no files', async () => {
    const links = () => readdirSync(tmpdir()).filter((name) => name.startsWith('jb-'));
    const before = links();
    const dataDir = join(tempDir(), ...Array.from({ length: 12 }, (_, i) => `a-rather-long-name-${i}`));
    mkdirSync(dataDir, { recursive: true });
    const engine = await openEngine({ dataDir });
    expect(await refusal(dataDir)).toContain('in use by process');
    await closeEngine(engine);
    expect(readdirSync(dataDir).sort()).toEqual(['data.mdb', 'lock.mdb']);
    expect(links()).toEqual(before);
  });

  test('a lease of the previous process is free at once, with a higher fence', async () => {
    const dataDir = tempDir();
    const first = await openEngine({ dataDir });
    const before = await first.lease.acquire('writer', 'a', 1e9);
    await closeEngine(first);
    const second = await openEngine({ dataDir });
    const after = await second.lease.acquire('writer', 'b', 1e9);
    expect(after?.fence).toBeGreaterThan(before?.fence ?? Infinity);
  });
});

describe('closing', () => {
  test('waits for pending appends and refuses later calls', async () => {
    const dataDir = tempDir();
    const engine = await openEngine({ dataDir });
    const appends = Array.from({ length: 50 }, (_, i) => engine.chatLog.append(draft(`a${i}`)));
    await Promise.all([closeEngine(engine), ...appends]);
    const refused = { code: 'UNAVAILABLE' };
    await expect(engine.chatLog.append(draft('late'))).rejects.toMatchObject(refused);
    await expect(engine.chatLog.head()).rejects.toMatchObject(refused);
    await expect(engine.chatStore.byId('a1')).rejects.toMatchObject(refused);
    await expect(
      engine.roomStore.create(
        { id: 'a', title: 'a', anonymous: false, aliasLocale: 'ko', createdAt: 0, settings: DEFAULT_ROOM_SETTINGS },
        1,
      ),
    ).rejects.toMatchObject(refused);
    const reopened = await openEngine({ dataDir });
    expect((await reopened.chatLog.head()).offset).toBe(50);
  });
});
