import { openMongo, type MongoEngine } from '../../src/adapters/mongo/open-mongo';
import { silentLogger } from '../../src/ports/logger';
import { chatStoreContract } from '../contracts/chat-store-contract';
import { empathyStoreContract } from '../contracts/empathy-store-contract';
import { insightStoreContract } from '../contracts/insight-store-contract';
import { leaseContract } from '../contracts/lease-contract';
import { moderationStoreContract } from '../contracts/moderation-store-contract';
import { moodStoreContract } from '../contracts/mood-store-contract';
import { questionStoreContract } from '../contracts/question-store-contract';
import { passwordResetStoreContract } from '../contracts/password-reset-store-contract';
import { roomStoreContract } from '../contracts/room-store-contract';
import { sessionStoreContract } from '../contracts/session-store-contract';
import { spendStoreContract } from '../contracts/spend-store-contract';
import type { Subject } from '../contracts/subject';
import { userStoreContract } from '../contracts/user-store-contract';
import { withServices } from '../support/services';

withServices(['mongo'], (services) => {
  const subject =
    <T>(port: (engine: MongoEngine) => T) =>
    async (): Promise<Subject<T>> => {
      const uri = services.mongo.empty();
      let engine = await openMongo({ uri, logger: silentLogger });
      return {
        port: port(engine),
        reopen: async () => {
          await engine.close();
          engine = await openMongo({ uri, logger: silentLogger });
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
  roomStoreContract(
    'MongoDB',
    subject((engine) => engine.roomStore),
  );
  moodStoreContract(
    'MongoDB',
    subject((engine) => engine.moodStore),
  );
  empathyStoreContract('MongoDB', async () => {
    const uri = services.mongo.empty();
    const engines: MongoEngine[] = [];
    const another = async () => {
      const engine = await openMongo({ uri, logger: silentLogger });
      engines.push(engine);
      return engine.empathyStore;
    };
    return {
      port: await another(),
      reopen: another,
      another,
      close: async () => {
        await Promise.all(engines.map((engine) => engine.close()));
      },
    };
  });
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
  moderationStoreContract(
    'MongoDB',
    subject((engine) => engine.moderationStore),
  );
  passwordResetStoreContract(
    'MongoDB',
    subject((engine) => engine.passwordResetStore),
  );
  spendStoreContract(
    'MongoDB',
    subject((engine) => engine.spendStore),
  );
});
