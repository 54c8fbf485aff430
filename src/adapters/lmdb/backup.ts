import { createHash } from 'node:crypto';
import { createReadStream, existsSync, rmSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StartupError } from '../../domain/startup-error';
import { ChatTable } from './chat-table';
import { checkDataFile } from './check-data-file';
import { Environment } from './environment';
import { readJournal } from './journal';
import { LogState } from './log-state';
import { SCHEMA_VERSION } from './migrate';
import { replayJournal } from './replay-journal';
import { sync } from './sync';

const DATA = 'data.mdb';
const SECRET = 'jwt-secret';
/** Written last: a folder without it is not a complete backup. */
const ABOUT = 'backup.json';
/** Folder in DATA_DIR where a restore works. */
const STAGING = 'restoring';
/** Messages that are decoded at a time. */
const READ_PAGE = 1_000;

/** The contents of a backup, counted in the copy. */
export interface BackupSummary {
  readonly messages: number;
  /** In the log and not yet in the store. */
  readonly waiting: number;
  readonly users: number;
  readonly lastOffset: number;
  /** Damaged messages that were copied as they are. */
  readonly damaged: number;
}

interface About extends Omit<BackupSummary, 'damaged'> {
  /** Version 0.1 did not count them. */
  readonly damaged?: number;
  readonly kind: 'jungle-buzz-backup';
  readonly createdAt: string;
  readonly sha256: string;
}

/**
 * Copies the engine's folder while a server writes to it: LMDB copies the state at one moment between two commits. What the journal
 * had before that moment and LMDB does not have is added to the copy. The copy is read through and counted before it gets its name.
 * @param target a folder that does not exist yet; made readable by its owner only
 * @throws StartupError
 */
export async function backUp(dataDir: string, target: string, now: number): Promise<BackupSummary> {
  if (!existsSync(join(dataDir, DATA))) throw new StartupError(`DATA_DIR ${dataDir} holds no data: nothing to back up.`);
  if (existsSync(target)) throw new StartupError(`${target} exists: name a folder that does not.`);
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    checkDataFile(join(dataDir, DATA));
  } catch (cause) {
    throw new StartupError(`DATA_DIR ${dataDir} is damaged (${(cause as Error).message}): restore an older backup.`, { cause });
  }
  const journal = readJournal(dataDir);
  const env = new Environment(dataDir, { readOnly: true });
  try {
    await env.backup(partial);
  } finally {
    await env.close();
  }
  await addJournal(partial, journal);
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

/** Compares the backup with the checksum in it. @throws StartupError if they differ */
export async function verifyBackup(folder: string): Promise<BackupSummary> {
  const about = await aboutOf(folder);
  if ((await sha256Of(join(folder, DATA))) !== about.sha256) {
    throw new StartupError(`${folder} is damaged: its contents are not what was backed up. Use another backup.`);
  }
  const { messages, waiting, users, lastOffset, damaged = 0 } = about;
  return { messages, waiting, users, lastOffset, damaged };
}

/**
 * Restores a verified backup into a folder without data. Everything happens in a folder inside, until one rename makes the data
 * visible: a restore that is killed has either done all or is refused by `refuseInterruptedRestore` until it is repeated.
 * @param prepare readies the copied data in that folder
 * @throws StartupError; what `prepare` throws. The folder is as it was then.
 */
export async function unpackBackup(folder: string, dataDir: string, prepare: (staging: string) => Promise<void>): Promise<void> {
  if (existsSync(join(dataDir, DATA))) {
    throw new StartupError(`DATA_DIR ${dataDir} holds data already: name an empty folder, or move this one away first.`);
  }
  const staging = join(dataDir, STAGING);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  try {
    const names = [SECRET, DATA].filter((name) => existsSync(join(folder, name)));
    for (const name of names) await copyFile(join(folder, name), join(staging, name));
    await prepare(staging);
    for (const name of names) await sync(join(staging, name));
    // The data come last: from then on the restore is complete.
    for (const name of names) {
      await rename(join(staging, name), join(dataDir, name));
      await sync(dataDir);
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Removes what a completed restore left. @throws StartupError if a restore into the folder was killed and not repeated */
export function refuseInterruptedRestore(dataDir: string): void {
  const staging = join(dataDir, STAGING);
  if (!existsSync(staging)) return;
  if (existsSync(join(dataDir, DATA))) {
    rmSync(staging, { recursive: true, force: true });
    return;
  }
  throw new StartupError(`A restore into DATA_DIR ${dataDir} was interrupted: run \`restore\` again, or remove the folder.`);
}

/**
 * Readers may have cursors beyond the restored messages. Without an epoch in the log, the next start begins a new one, and such
 * cursors expire. All messages must be in the store.
 */
export async function forgetEpoch(dataDir: string): Promise<void> {
  const env = new Environment(dataDir);
  try {
    const state = new LogState(env);
    env.writeNow(() => {
      state.begin('', state.get().head);
    });
  } finally {
    await env.close();
  }
}

async function addJournal(folder: string, journal: Buffer): Promise<void> {
  if (journal.length === 0) return;
  const env = new Environment(folder);
  try {
    const tables = { entries: new ChatTable(env, 'log'), ids: env.table<number, string>('chat-ids'), state: new LogState(env) };
    env.writeNow(() => {
      replayJournal(journal, tables);
    });
  } finally {
    await env.close();
  }
}

async function aboutOf(folder: string): Promise<About> {
  try {
    const about = JSON.parse(await readFile(join(folder, ABOUT), 'utf8')) as Partial<About>;
    if (about.kind === 'jungle-buzz-backup') return about as About;
  } catch {
    // Reported below.
  }
  throw new StartupError(`${folder} is no backup: it has no ${ABOUT}.`);
}

async function summaryOf(folder: string): Promise<BackupSummary> {
  const env = new Environment(folder, { readOnly: true });
  try {
    if (env.plain<number>('meta').get('schema') !== SCHEMA_VERSION) {
      throw new StartupError('The data are of another version: start this version on DATA_DIR once, then back up.');
    }
    const messages = readThrough(new ChatTable(env, 'chats'), 0);
    const { committed, head: lastOffset } = new LogState(env).get();
    const waiting = readThrough(new ChatTable(env, 'log'), committed);
    if (waiting !== lastOffset - committed) {
      throw new StartupError(`${folder} lacks messages that wait for the store: the folder that was copied is damaged.`);
    }
    return { messages, waiting, users: env.table('users').count(), lastOffset, damaged: env.damaged.size };
  } finally {
    await env.close();
  }
}

/** Decodes every message above the offset, page by page. @returns how many there are */
function readThrough(chats: ChatTable, after: number): number {
  let count = 0;
  for (let from = after; ;) {
    const page = chats.range({ start: from + 1, limit: READ_PAGE });
    const last = page.at(-1);
    if (!last) return count;
    count += page.length;
    from = last.offset;
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
