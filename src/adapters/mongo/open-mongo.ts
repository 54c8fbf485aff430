import { mongo } from 'mongoose';
import { StartupError } from '../../domain/startup-error';
import type { ChatStore } from '../../ports/chat-store';
import type { InsightStore } from '../../ports/insight-store';
import type { Lease } from '../../ports/lease';
import type { Logger } from '../../ports/logger';
import type { ModerationStore } from '../../ports/moderation-store';
import type { MoodStore } from '../../ports/mood-store';
import type { RoomStore } from '../../ports/room-store';
import type { SessionStore } from '../../ports/session-store';
import type { SpendStore } from '../../ports/spend-store';
import type { UserStore } from '../../ports/user-store';
import { defineModel } from './define-model';
import * as documents from './documents';
import { MongoChatStore } from './mongo-chat-store';
import { MongoGate } from './mongo-gate';
import { MongoInsightStore } from './mongo-insight-store';
import { MongoLease } from './mongo-lease';
import { MongoModerationStore } from './mongo-moderation-store';
import { MongoMoodStore } from './mongo-mood-store';
import { MongoRoomStore } from './mongo-room-store';
import { MongoSessionStore } from './mongo-session-store';
import { MongoSpendStore } from './mongo-spend-store';
import { MongoUserStore } from './mongo-user-store';

export interface MongoOptions {
  readonly uri: string;
  readonly logger: Logger;
}

/** What the clustered engine has in MongoDB. */
export interface MongoEngine {
  readonly chatStore: ChatStore;
  readonly userStore: UserStore;
  readonly sessionStore: SessionStore;
  readonly roomStore: RoomStore;
  readonly moodStore: MoodStore;
  readonly insightStore: InsightStore;
  readonly spendStore: SpendStore;
  readonly moderationStore: ModerationStore;
  readonly lease: Lease;
  /** Whether the server has been reached and has the indexes; what follows an outage each call says for itself. */
  isReady(): boolean;
  /** From then on everything answers UNAVAILABLE. */
  close(): Promise<void>;
}

/**
 * While MongoDB is away everything answers UNAVAILABLE, and it is tried again until it is there.
 * @throws StartupError only for an address that is none
 */
export async function openMongo({ uri, logger }: MongoOptions): Promise<MongoEngine> {
  checkAddress(uri);
  const gate = new MongoGate(uri, logger);
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
    moodStore: new MongoMoodStore(gate, model('moodMinutes', documents.MoodDocument), model('moodHours', documents.MoodDocument)),
    insightStore: new MongoInsightStore({
      gate,
      insights: model('insights', documents.InsightDocument),
      schedule: model('schedule', documents.ScheduleDocument),
    }),
    spendStore: new MongoSpendStore(gate, model('spend', documents.SpendDocument)),
    moderationStore: new MongoModerationStore({
      gate,
      reports: model('reports', documents.ReportDocument),
      mutes: model('mutes', documents.MuteDocument),
      audits: model('audits', documents.AuditDocument),
      erasures: model('erasures', documents.ErasureDocument),
      retention: model('retention', documents.RetentionDocument),
    }),
    lease: new MongoLease(gate, model('leases', documents.LeaseDocument)),
    isReady: () => gate.isReady,
    close: () => gate.close(),
  };
  await gate.open();
  return engine;
}

/** The driver's own words would repeat the address, credentials and all. */
function checkAddress(uri: string): void {
  try {
    new mongo.MongoClient(uri);
  } catch {
    throw new StartupError('MONGODB_URI is not an address of MongoDB: write mongodb://user:password@host:27017/database.');
  }
}
