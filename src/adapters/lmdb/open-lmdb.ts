import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { StartupError } from '../../domain/startup-error';
import type { Clock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import type { NewId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import { checkFolder } from './check-folder';
import { Environment } from './environment';
import { loadOrMakeSecret } from './jwt-secret';
import { LmdbAliasStore } from './lmdb-alias-store';
import { LmdbChatLog, type LmdbChatLogOptions } from './lmdb-chat-log';
import { LmdbChatStore, type LmdbChatStoreOptions } from './lmdb-chat-store';
import { LmdbInsightStore } from './lmdb-insight-store';
import { LmdbLease } from './lmdb-lease';
import { LmdbModerationStore } from './lmdb-moderation-store';
import { LmdbMoodStore } from './lmdb-mood-store';
import { LmdbRoomStore } from './lmdb-room-store';
import { LmdbSessionStore } from './lmdb-session-store';
import { LmdbSpendStore } from './lmdb-spend-store';
import { LmdbUserStore } from './lmdb-user-store';
import { LogState } from './log-state';
import { prepareLog } from './prepare-log';
import { inUse, WriterLock, type WriterTuple } from './writer-lock';

/** Grows when the records or databases change in a way that older code would misread. */
const SCHEMA_VERSION = 1;

export interface LmdbOptions {
  /** Made if missing. One process at a time may have it open. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: NewId;
  /** Messages that may wait for the store before `append` refuses. */
  readonly logMaxBacklog: number;
}

/** What the embedded engine keeps in its folder: all of an engine but what is not durable. */
export type LmdbEngine = Omit<Engine, 'label' | 'capabilities' | 'bus' | 'presence' | 'limiter' | 'isReady' | 'losses'>;

/**
 * Folders that this process has open. Two environments on one file and one event loop could wait for each other for ever: one
 * blocks the loop until it may write, while the other's transaction waits for the loop to run its callback.
 */
const openHere = new Set<string>();

/** @throws StartupError one line that names DATA_DIR and what to do: unusable folder, newer schema, in use by another process */
export async function openLmdb(options: LmdbOptions): Promise<LmdbEngine> {
  const { dataDir, newId } = options;
  const folder = prepareFolder(dataDir, newId());
  if (openHere.has(folder)) throw inUse(dataDir, process.pid, hostname());
  openHere.add(folder);
  try {
    const engine = await openFolder(options);
    return { ...engine, close: () => engine.close().finally(() => openHere.delete(folder)) };
  } catch (error) {
    openHere.delete(folder);
    throw error instanceof StartupError ? error : unusable(dataDir, error);
  }
}

async function openFolder(options: LmdbOptions): Promise<LmdbEngine> {
  const { dataDir, newId } = options;
  const env = new Environment(dataDir);
  try {
    checkSchema(env, dataDir);
    const lock = await WriterLock.acquire(dataDir, env, env.database<WriterTuple, string>('writer'), newId());
    try {
      return build(env, lock, options);
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    await env.close();
    throw error;
  }
}

/** @returns its one path, whatever links lead there */
function prepareFolder(dataDir: string, probe: string): string {
  try {
    checkFolder(dataDir, `probe-${probe}`);
    return realpathSync(dataDir);
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

const unusable = (dataDir: string, cause: unknown): StartupError =>
  new StartupError(
    `DATA_DIR ${dataDir} cannot be used (${cause instanceof Error ? cause.message : String(cause)}): ` +
      'make it a folder this user may write to, with space left.',
    { cause },
  );

function checkSchema(env: Environment, dataDir: string): void {
  const meta = env.database<number, string>('meta');
  const version = env.writeNow(() => {
    const found = meta.get('schema');
    if (found === undefined) void meta.put('schema', SCHEMA_VERSION);
    return found ?? SCHEMA_VERSION;
  });
  if (version > SCHEMA_VERSION) {
    throw new StartupError(
      `DATA_DIR ${dataDir} was written by a newer version (schema ${version}, this one knows ${SCHEMA_VERSION}): update, or choose another folder.`,
    );
  }
}

function build(env: Environment, lock: WriterLock, { dataDir, clock, logger, newId, logMaxBacklog }: LmdbOptions): LmdbEngine {
  const stored: LmdbChatStoreOptions = {
    env,
    chats: env.database('chats'),
    ids: env.database('chat-ids'),
    byRoom: env.database('chats-by-room'),
    byAuthor: env.database('chats-by-author'),
    authorCounts: env.database('chats-author-counts'),
    setAside: env.database('chats-set-aside'),
    epochs: env.database('epochs'),
  };
  const entries: LmdbChatLogOptions['entries'] = env.database('log');
  const state = new LogState(env.database('log-state'));
  const lease = new LmdbLease(env, env.database('leases'), clock);
  env.writeNow(() => {
    prepareLog({ ...stored, entries, state, newEpoch: newId, logger, epochGap: logMaxBacklog });
    lease.releaseAll();
  });
  const chatLog = new LmdbChatLog({ env, entries, ids: stored.ids, state, clock, logger, maxBacklog: logMaxBacklog });
  let secret: Promise<string> | undefined;
  return {
    chatLog,
    chatStore: new LmdbChatStore(stored),
    userStore: new LmdbUserStore({
      env,
      users: env.database('users'),
      usernames: env.database('users-by-username'),
      emails: env.database('users-by-email'),
    }),
    sessionStore: new LmdbSessionStore({
      env,
      sessions: env.database('sessions'),
      byUser: env.database('sessions-by-user'),
      ended: env.database('sessions-ended'),
    }),
    roomStore: new LmdbRoomStore(env, env.database('rooms')),
    aliasStore: new LmdbAliasStore({
      env,
      secrets: env.database('secrets'),
      given: env.database('aliases'),
      taken: env.database('aliases-taken'),
    }),
    moodStore: new LmdbMoodStore(env, env.database('mood-minutes'), env.database('mood-hours')),
    insightStore: new LmdbInsightStore({
      env,
      insights: env.database('insights'),
      byRoom: env.database('insights-by-room'),
      schedule: env.database('insight-schedule'),
    }),
    spendStore: new LmdbSpendStore(env, env.database('spend')),
    moderationStore: new LmdbModerationStore({
      env,
      reports: env.database('reports'),
      openReports: env.database('reports-open'),
      mutes: env.database('mutes'),
      audit: env.database('audit'),
      erasures: env.database('erasures'),
      retention: env.database('retention'),
    }),
    lease,
    jwtSecret: () => (secret ??= loadOrMakeSecret(dataDir)),
    close: async () => {
      await chatLog.close();
      await lock.release();
      await env.close();
    },
  };
}
