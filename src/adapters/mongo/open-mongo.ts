import { mongo } from 'mongoose';
import { StartupError } from '../../domain/startup-error';
import type { Engine } from '../../ports/engine';
import type { LogChangeStore } from '../../ports/log-change-store';
import type { Logger } from '../../ports/logger';
import type { PartitionStore } from '../../ports/partition-store';
import { defineModel } from './define-model';
import * as changeDocuments from './change-documents';
import * as documents from './documents';
import * as pushDocuments from './push-documents';
import * as membershipDocuments from './membership-documents';
import * as moderationDocuments from './moderation-documents';
import { MongoChatStore } from './mongo-chat-store';
import { MongoCorrectionStore } from './mongo-correction-store';
import { MongoEmpathyStore } from './mongo-empathy-store';
import { MongoFeelingChangeStore } from './mongo-feeling-change-store';
import { MongoGate } from './mongo-gate';
import { MongoInsightStore } from './mongo-insight-store';
import { MongoInviteStore } from './mongo-invite-store';
import { MongoLease } from './mongo-lease';
import { MongoLogChangeStore } from './mongo-log-change-store';
import { MongoMembershipStore } from './mongo-membership-store';
import { MongoModerationStore } from './mongo-moderation-store';
import { MongoMoodStore } from './mongo-mood-store';
import { MongoPushStore } from './mongo-push-store';
import { MongoQuestionStore } from './mongo-question-store';
import { MongoPartitionStore } from './mongo-partition-store';
import { MongoPasswordResetStore } from './mongo-password-reset-store';
import { MongoRoomStore } from './mongo-room-store';
import { MongoSessionStore } from './mongo-session-store';
import { MongoSpendStore } from './mongo-spend-store';
import { MongoUserStore } from './mongo-user-store';

export interface MongoOptions {
  readonly uri: string;
  readonly logger: Logger;
}

type MongoPorts =
  | 'chatStore'
  | 'userStore'
  | 'sessionStore'
  | 'roomStore'
  | 'membershipStore'
  | 'inviteStore'
  | 'moodStore'
  | 'empathyStore'
  | 'insightStore'
  | 'questionStore'
  | 'spendStore'
  | 'correctionStore'
  | 'moderationStore'
  | 'passwordResetStore'
  | 'pushStore'
  | 'feelingChangeStore'
  | 'lease'
  | 'close';

/** The ports of the clustered engine that are implemented on MongoDB. */
export interface MongoEngine extends Pick<Engine, MongoPorts> {
  readonly logChangeStore: LogChangeStore;
  readonly partitionStore: PartitionStore;
  /** Whether the server has been reached and has its indexes. After an outage each call reports for itself. */
  isReady(): boolean;
  /** Time of the server, in milliseconds since 1970; undefined if it does not report it. */
  serverTime(): Promise<number | undefined>;
}

/**
 * While MongoDB is unreachable every method rejects with UNAVAILABLE, and the connection is retried until it succeeds.
 * @throws StartupError only for an invalid address
 */
export async function openMongo({ uri, logger }: MongoOptions): Promise<MongoEngine> {
  checkAddress(uri);
  const gate = new MongoGate(uri, logger, documents.OBSOLETE_INDEXES);
  const model = <T extends object>(collection: string, document: new () => T) =>
    defineModel(gate.connection, collection, document);
  const engine: MongoEngine = {
    chatStore: new MongoChatStore({
      gate,
      chats: model('chats', documents.ChatDocument),
      letters: model('deadLetters', documents.DeadLetterDocument),
      epochs: model('epochs', documents.EpochDocument),
    }),
    userStore: new MongoUserStore(gate, model('users', documents.UserDocument)),
    sessionStore: new MongoSessionStore(gate, model('sessions', documents.SessionDocument)),
    roomStore: new MongoRoomStore(gate, model('rooms', documents.RoomDocument)),
    membershipStore: new MongoMembershipStore(
      gate,
      model('memberships', membershipDocuments.MembershipDocument),
      model('hosts', membershipDocuments.HostsDocument),
    ),
    inviteStore: new MongoInviteStore(gate, model('invites', membershipDocuments.InviteDocument)),
    moodStore: new MongoMoodStore(gate, model('moodMinutes', documents.MoodDocument), model('moodHours', documents.MoodDocument)),
    empathyStore: new MongoEmpathyStore(gate, model('empathies', documents.EmpathyDocument)),
    insightStore: new MongoInsightStore({
      gate,
      insights: model('insights', documents.InsightDocument),
      schedule: model('schedule', documents.ScheduleDocument),
    }),
    questionStore: new MongoQuestionStore(gate, model('questions', documents.QuestionDocument)),
    spendStore: new MongoSpendStore(gate, model('spend', documents.SpendDocument)),
    correctionStore: new MongoCorrectionStore(gate, model('corrections', documents.CorrectionDocument)),
    moderationStore: new MongoModerationStore({
      gate,
      reports: model('reports', moderationDocuments.ReportDocument),
      mutes: model('mutes', moderationDocuments.MuteDocument),
      audits: model('audits', moderationDocuments.AuditDocument),
      erasures: model('erasures', moderationDocuments.ErasureDocument),
      retention: model('retention', moderationDocuments.RetentionDocument),
    }),
    passwordResetStore: new MongoPasswordResetStore(
      gate,
      model('resetTokens', documents.ResetTokensDocument),
      model('resetRequests', documents.ResetRequestDocument),
    ),
    pushStore: new MongoPushStore(
      gate,
      model('pushSubscriptions', pushDocuments.PushSubscriptionDocument),
      model('pushKeys', pushDocuments.PushKeysDocument),
    ),
    feelingChangeStore: new MongoFeelingChangeStore(gate, model('pendingFeelings', changeDocuments.PendingFeelingDocument)),
    logChangeStore: new MongoLogChangeStore(gate, model('logChanges', changeDocuments.LogChangeDocument)),
    partitionStore: new MongoPartitionStore(gate, model('partitions', documents.PartitionsDocument)),
    lease: new MongoLease(gate, model('leases', documents.LeaseDocument)),
    isReady: () => gate.isReady,
    serverTime: async () => {
      // By the older name of `hello`, as MongoLease.
      const { localTime } = await gate.run(() => gate.command({ isMaster: 1 }));
      return localTime instanceof Date ? localTime.getTime() : undefined;
    },
    close: () => gate.close(),
  };
  try {
    await gate.open();
    return engine;
  } catch (error) {
    await gate.close();
    throw error;
  }
}

/** The driver's own error would repeat the address with its credentials. */
function checkAddress(uri: string): void {
  try {
    new mongo.MongoClient(uri);
  } catch {
    throw new StartupError('MONGODB_URI is no valid address of MongoDB: write mongodb://user:password@host:27017/database.');
  }
}
