import { openMongo, type MongoEngine } from '../../src/adapters/mongo/open-mongo';
import { silentLogger } from '../../src/ports/logger';
import { chatStoreContract } from '../contracts/chat-store-contract';
import { correctionStoreContract } from '../contracts/correction-store-contract';
import { empathyStoreContract } from '../contracts/empathy-store-contract';
import { feelingChangeStoreContract } from '../contracts/feeling-change-store-contract';
import { insightStoreContract } from '../contracts/insight-store-contract';
import { inviteStoreContract } from '../contracts/invite-store-contract';
import { leaseContract } from '../contracts/lease-contract';
import { membershipStoreContract } from '../contracts/membership-store-contract';
import { moderationStoreContract } from '../contracts/moderation-store-contract';
import { moodStoreContract } from '../contracts/mood-store-contract';
import { partitionStoreContract } from '../contracts/partition-store-contract';
import { pushStoreContract } from '../contracts/push-store-contract';
import { questionStoreContract } from '../contracts/question-store-contract';
import { passwordResetStoreContract } from '../contracts/password-reset-store-contract';
import { roomStoreContract } from '../contracts/room-store-contract';
import { sessionStoreContract } from '../contracts/session-store-contract';
import { spendStoreContract } from '../contracts/spend-store-contract';
import type { Subject } from '../contracts/subject';
import { userStoreContract } from '../contracts/user-store-contract';
import { withServices } from '../support/services';
import { until } from '../support/until';

/** An engine opens after its first attempt to connect, which may fail on a busy machine. */
async function openReady(uri: string): Promise<MongoEngine> {
  const engine = await openMongo({ uri, logger: silentLogger });
  await until(() => engine.isReady());
  return engine;
}

withServices(['mongo'], (services) => {
  const subject =
    <T>(port: (engine: MongoEngine) => T) =>
    async (): Promise<Subject<T>> => {
      const uri = services.mongo.empty();
      let engine = await openReady(uri);
      return {
        port: port(engine),
        reopen: async () => {
          await engine.close();
          engine = await openReady(uri);
          return port(engine);
        },
        close: () => engine.close(),
      };
    };

  chatStoreContract(
    'MongoDB',
    subject((engine) => engine.chatStore),
  );
  userStoreContract(
    'MongoDB',
    subject((engine) => engine.userStore),
  );
  sessionStoreContract(
    'MongoDB',
    subject((engine) => engine.sessionStore),
  );
  membershipStoreContract(
    'MongoDB',
    subject((engine) => engine.membershipStore),
  );
  inviteStoreContract(
    'MongoDB',
    subject((engine) => engine.inviteStore),
  );
  roomStoreContract(
    'MongoDB',
    subject((engine) => engine.roomStore),
  );
  /** As several processes that share a database. */
  const shared =
    <T>(port: (engine: MongoEngine) => T) =>
    async (): Promise<Subject<T> & { another(): Promise<T> }> => {
      const uri = services.mongo.empty();
      const engines: MongoEngine[] = [];
      const another = async () => {
        const engine = await openReady(uri);
        engines.push(engine);
        return port(engine);
      };
      const close = async () => {
        await Promise.all(engines.map((engine) => engine.close()));
      };
      return { port: await another(), reopen: another, another, close };
    };
  moodStoreContract(
    'MongoDB',
    shared((engine) => engine.moodStore),
  );
  empathyStoreContract(
    'MongoDB',
    shared((engine) => engine.empathyStore),
  );
  insightStoreContract(
    'MongoDB',
    subject((engine) => engine.insightStore),
  );
  questionStoreContract(
    'MongoDB',
    subject((engine) => engine.questionStore),
  );
  leaseContract(
    'MongoDB',
    subject((engine) => engine.lease),
  );
  feelingChangeStoreContract(
    'MongoDB',
    subject((engine) => engine.feelingChangeStore),
  );
  moderationStoreContract(
    'MongoDB',
    subject((engine) => engine.moderationStore),
  );
  passwordResetStoreContract(
    'MongoDB',
    subject((engine) => engine.passwordResetStore),
  );
  partitionStoreContract(
    'MongoDB',
    subject((engine) => engine.partitionStore),
  );
  pushStoreContract(
    'MongoDB',
    subject((engine) => engine.pushStore),
  );
  correctionStoreContract(
    'MongoDB',
    subject((engine) => engine.correctionStore),
  );
  spendStoreContract(
    'MongoDB',
    subject((engine) => engine.spendStore),
  );
});
