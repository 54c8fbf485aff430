import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { open as openEnvironment, type Database, type RootDatabase } from 'lmdb';
import { StartupError } from '../../domain/startup-error';
import { chatFromTuple, type ChatTuple } from './chat-codec';
import { MAX_DATABASES } from './environment';
import { LogState, type LogStateValue } from './log-state';
import { sync } from './sync';

const DATA = 'data.mdb';
const SECRET = 'jwt-secret';
/** Written last: a folder without it is no whole backup. */
const ABOUT = 'backup.json';

/** What a backup holds, as counted in the copy itself. */
export interface BackupSummary {
  readonly messages: number;
  /** In the log and not yet in the store. */
  readonly waiting: number;
  readonly users: number;
  readonly lastOffset: number;
}

interface About extends BackupSummary {
  readonly kind: 'jungle-buzz-backup';
  readonly createdAt: string;
  readonly sha256: string;
}

/**
 * Copies the engine's folder while a server writes to it: LMDB's own copy is the state at one moment between two commits. What is
 * copied is read through and counted before the backup counts as one.
 * @param target a folder that does not exist yet; made readable by its owner only
 * @throws StartupError
 */
export async function backUp(dataDir: string, target: string, now: number): Promise<BackupSummary> {
  if (!existsSync(join(dataDir, DATA))) throw new StartupError(`DATA_DIR ${dataDir} holds no data: nothing to back up.`);
  if (existsSync(target)) throw new StartupError(`${target} exists: name a folder that does not.`);
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const root = openEnvironment({ path: dataDir, noSubdir: false, maxDbs: MAX_DATABASES, readOnly: true });
  try {
    await root.backup(partial, true);
  } finally {
    await root.close();
  }
  await chmod(join(partial, DATA), 0o600);
  if (existsSync(join(dataDir, SECRET))) await copyFile(join(dataDir, SECRET), join(partial, SECRET));
  const summary = await summaryOf(partial);
  const about: About = {
    kind: 'jungle-buzz-backup',
    createdAt: new Date(now).toISOString(),
    ...summary,
    sha256: await sha256Of(join(partial, DATA)),
  };
  await writeFile(join(partial, ABOUT), `${JSON.stringify(about, null, 2)}\n`, { mode: 0o600 });
  for (const name of [DATA, ABOUT, SECRET]) if (existsSync(join(partial, name))) await sync(join(partial, name));
  await sync(partial);
  await rename(partial, target);
  await sync(dirname(resolve(target)));
  return summary;
}

/** Reads the whole backup. @throws StartupError if it is not what was written */
export async function verifyBackup(folder: string): Promise<BackupSummary> {
  const about = await aboutOf(folder);
  const damaged = new StartupError(`${folder} is damaged: its contents are not what was backed up. Use another backup.`);
  if ((await sha256Of(join(folder, DATA))) !== about.sha256) throw damaged;
  const found = await summaryOf(folder);
  const same = (Object.keys(found) as (keyof BackupSummary)[]).every((key) => found[key] === about[key]);
  if (!same) throw damaged;
  return found;
}

/** Copies a verified backup into a folder without data. @throws StartupError */
export async function unpackBackup(folder: string, dataDir: string): Promise<void> {
  if (existsSync(join(dataDir, DATA))) {
    throw new StartupError(`DATA_DIR ${dataDir} holds data already: name an empty folder, or move this one away first.`);
  }
  await mkdir(dataDir, { recursive: true });
  // The data come last: a folder that has them has everything.
  for (const name of [SECRET, DATA].filter((name) => existsSync(join(folder, name)))) {
    const written = join(dataDir, `${name}.new`);
    await copyFile(join(folder, name), written);
    await sync(written);
    await rename(written, join(dataDir, name));
  }
  await sync(dataDir);
}

/**
 * Places that readers hold may lie beyond what was restored. With the epoch forgotten, the next start begins another, so that
 * they are noticed. Everything must be in the store by now.
 */
export async function forgetEpoch(dataDir: string): Promise<void> {
  const root = openEnvironment({ path: dataDir, noSubdir: false, maxDbs: MAX_DATABASES });
  try {
    const state = new LogState(root.openDB<LogStateValue, string>('log-state', {}));
    root.transactionSync(() => {
      state.begin('', state.head().offset);
    });
    await root.flushed;
  } finally {
    await root.close();
  }
}

async function aboutOf(folder: string): Promise<About> {
  try {
    const about = JSON.parse(await readFile(join(folder, ABOUT), 'utf8')) as Partial<About>;
    if (about.kind === 'jungle-buzz-backup') return about as About;
  } catch {
    // Said below.
  }
  throw new StartupError(`${folder} is no backup: it has no ${ABOUT}.`);
}

async function summaryOf(folder: string): Promise<BackupSummary> {
  const root = openEnvironment({ path: folder, noSubdir: false, maxDbs: MAX_DATABASES, readOnly: true });
  try {
    const messages = readThrough(root, 'chats', 0);
    const state = new LogState(root.openDB<LogStateValue, string>('log-state', {}));
    const { offset: committed } = state.committed();
    const { offset: lastOffset } = state.head();
    const waiting = readThrough(root, 'log', committed);
    if (waiting !== lastOffset - committed) {
      throw new StartupError(`${folder} lacks messages that wait for the store: the folder that was copied is damaged.`);
    }
    const users = [...root.openDB<unknown, string>('users', {}).getKeys()].length;
    return { messages, waiting, users, lastOffset };
  } finally {
    await root.close();
  }
}

/** Decodes every message above the offset. @returns how many there are */
function readThrough(root: RootDatabase, name: string, after: number): number {
  const chats: Database<ChatTuple, number> = root.openDB(name, {});
  let count = 0;
  for (const { key, value } of chats.getRange({ start: after + 1 })) {
    if (chatFromTuple(key, value).offset !== key) throw new StartupError(`message ${key} of ${name} cannot be read.`);
    count++;
  }
  return count;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
