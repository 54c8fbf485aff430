import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { StartupError } from '../../domain/startup-error';
import type { ChatLog, LogPartition } from '../../ports/chat-log';
import type { Clock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import type { NewId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import { refuseInterruptedRestore } from './backup';
import { checkFolder } from './check-folder';
import { compactAfterErasures } from './compaction';
import { Environment } from './environment';
import { loadOrCreateSecret } from './jwt-secret';
import { LmdbAliasStore } from './lmdb-alias-store';
import { ChatTable } from './chat-table';
import { Journal, readJournal } from './journal';
import { LmdbChatLog } from './lmdb-chat-log';
import { LmdbChatStore, type LmdbChatStoreOptions } from './lmdb-chat-store';
import { LmdbCorrectionStore } from './lmdb-correction-store';
import { LmdbEmpathyStore } from './lmdb-empathy-store';
import { LmdbFeelingChangeStore } from './lmdb-feeling-change-store';
import { LmdbInsightStore } from './lmdb-insight-store';
import { LmdbInviteStore } from './lmdb-invite-store';
import { LmdbLease } from './lmdb-lease';
import { LmdbMembershipStore } from './lmdb-membership-store';
import { LmdbModerationStore } from './lmdb-moderation-store';
import { LmdbMoodStore } from './lmdb-mood-store';
import { LmdbPushStore } from './lmdb-push-store';
import { LmdbQuestionStore } from './lmdb-question-store';
import { LmdbPasswordResetStore } from './lmdb-password-reset-store';
import { LmdbRoomStore } from './lmdb-room-store';
import { LmdbSessionStore } from './lmdb-session-store';
import { LmdbSpendStore } from './lmdb-spend-store';
import { LmdbUserStore } from './lmdb-user-store';
import { LogState } from './log-state';
import { checkSchema, migrate } from './migrate';
import { prepareLog } from './prepare-log';
import { replayJournal } from './replay-journal';
import { DamagedData } from './record';
import { inUse, WriterLock } from './writer-lock';

export interface LmdbOptions {
  /** Created if missing. One process at a time may have it open. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: NewId;
  /** Messages that may wait for the store before `append` refuses. */
  readonly logMaxBacklog: number;
}

/** The durable parts of the embedded engine. */
export interface LmdbEngine extends Omit<
  Engine,
  'label' | 'capabilities' | 'bus' | 'presence' | 'limiter' | 'isReady' | 'partitionsWithoutLog' | 'losses' | 'tailAgeMs'
> {
  readonly chatLog: ChatLog & LogPartition;
}

/**
 * Folders that this process has open. Two environments of one file in one process can deadlock: one blocks the event loop until it
 * may write, while the transaction of the other waits for the event loop.
 */
const openHere = new Set<string>();

/** @throws StartupError one line that names DATA_DIR and what to do: unusable folder, newer schema, in use by another process */
export async function openLmdb(options: LmdbOptions): Promise<LmdbEngine> {
  const { dataDir, newId } = options;
  refuseInterruptedRestore(dataDir);
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
  const { dataDir, newId, logger } = options;
  await WriterLock.refuseLivingOwner(dataDir);
  let env = new Environment(dataDir, { logger });
  try {
    checkSchema(env, dataDir);
    const lock = await WriterLock.acquire(dataDir, env, newId());
    try {
      await migrate(env, logger);
      env = await compactAfterErasures(env, dataDir, logger);
      lock.moveTo(env);
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

/** @returns the path without symbolic links */
function prepareFolder(dataDir: string, probe: string): string {
  try {
    checkFolder(dataDir, `probe-${probe}`);
    return realpathSync(dataDir);
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

function unusable(dataDir: string, cause: unknown): StartupError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return cause instanceof DamagedData
    ? new StartupError(
        `DATA_DIR ${dataDir} is damaged (${reason}): move it aside and restore a backup, see docs/operations.md.`,
        { cause },
      )
    : new StartupError(
        `DATA_DIR ${dataDir} cannot be used (${reason}): make it a folder this user may write to, with space left.`,
        { cause },
      );
}

function build(env: Environment, lock: WriterLock, { dataDir, clock, logger, newId, logMaxBacklog }: LmdbOptions): LmdbEngine {
  const stored: Omit<LmdbChatStoreOptions, 'log'> = {
    env,
    chats: new ChatTable(env, 'chats'),
    ids: env.table('chat-ids'),
    byRoom: env.keySet('chats-by-room'),
    byAuthor: env.keySet('chats-by-author'),
    authorCounts: env.table('chats-author-counts'),
    deadLetters: env.table('chats-set-aside'),
    epochs: env.keySet('epochs'),
  };
  const entries = new ChatTable(env, 'log');
  const state = new LogState(env);
  const lease = new LmdbLease(env, env.table('leases'), clock);
  env.writeNow(() => {
    replayJournal(readJournal(dataDir), { entries, ids: stored.ids, state });
  });
  const journal = Journal.create(dataDir);
  env.writeNow(() => {
    prepareLog({ ...stored, entries, state, newEpoch: newId, logger, epochGap: logMaxBacklog });
    lease.releaseAll();
  });
  const chatStore: LmdbChatStore = new LmdbChatStore({
    ...stored,
    log: {
      recordOf: (chat) => chatLog.recordOf(chat),
      markStored: (chat) => {
        chatLog.markStored(chat);
      },
    },
  });
  const chatLog = new LmdbChatLog({
    ...{ env, journal, entries, state, clock, logger, maxBacklog: logMaxBacklog },
    ids: stored.ids,
    stored: stored.chats,
    store: chatStore,
  });
  let secret: Promise<string> | undefined;
  return {
    chatLog,
    chatStore,
    userStore: new LmdbUserStore({
      env,
      users: env.table('users'),
      usernames: env.table('users-by-username'),
      emails: env.table('users-by-email'),
      guests: env.keySet('guests'),
    }),
    sessionStore: new LmdbSessionStore({
      env,
      sessions: env.table('sessions'),
      byUser: env.keySet('sessions-by-user'),
      ended: env.keySet('sessions-ended'),
    }),
    roomStore: new LmdbRoomStore(env, env.table('rooms'), env.keySet('rooms-removed')),
    membershipStore: new LmdbMembershipStore({
      env,
      memberships: env.table('memberships'),
      byRoom: env.keySet('memberships-by-room'),
      byUser: env.keySet('memberships-by-user'),
      hosts: env.keySet('room-hosts'),
    }),
    inviteStore: new LmdbInviteStore({ env, invites: env.table('invites'), byRoom: env.keySet('invites-by-room') }),
    aliasStore: new LmdbAliasStore({
      env,
      secrets: env.table('secrets'),
      given: env.table('aliases'),
      taken: env.keySet('aliases-taken'),
    }),
    moodStore: new LmdbMoodStore(env, env.table('mood-minutes'), env.table('mood-hours')),
    empathyStore: new LmdbEmpathyStore({
      env,
      presses: env.table('empathies'),
      counts: env.table('empathy-counts'),
      byUser: env.keySet('empathies-by-user'),
    }),
    insightStore: new LmdbInsightStore({
      env,
      insights: env.table('insights'),
      byRoom: env.keySet('insights-by-room'),
      schedule: env.table('insight-schedule'),
    }),
    questionStore: new LmdbQuestionStore({ env, questions: env.table('questions'), byRoom: env.keySet('questions-by-room') }),
    spendStore: new LmdbSpendStore(env, env.table('spend')),
    correctionStore: new LmdbCorrectionStore(env, env.table('corrections')),
    moderationStore: new LmdbModerationStore({
      env,
      reports: env.table('reports'),
      openReports: env.keySet('reports-open'),
      mutes: env.table('mutes'),
      audit: env.table('audit'),
      auditByRoom: env.keySet('audit-by-room'),
      erasures: env.table('erasures'),
      retention: env.table('retention'),
    }),
    passwordResetStore: new LmdbPasswordResetStore({
      env,
      tokens: env.table('reset-tokens'),
      byUser: env.keySet('reset-tokens-by-user'),
      requests: env.table('reset-requests'),
    }),
    pushStore: new LmdbPushStore({
      env,
      subscriptions: env.table('push-subscriptions'),
      byUser: env.keySet('push-subscriptions-by-user'),
      byRoom: env.keySet('push-subscriptions-by-room'),
      keys: env.table('push-keys'),
    }),
    feelingChangeStore: new LmdbFeelingChangeStore(env, env.table('pending-feelings')),
    lease,
    jwtSecret: () => (secret ??= loadOrCreateSecret(dataDir)),
    close: async () => {
      await chatLog.close();
      await lock.release();
      await env.close();
    },
  };
}
