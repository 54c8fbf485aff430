import { open } from 'lmdb';
import { openLmdb, type LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { randomId } from '../../src/ports/ids';
import { silentLogger } from '../../src/ports/logger';
import { aliasStoreContract } from '../contracts/alias-store-contract';
import { chatLogContract } from '../contracts/chat-log-contract';
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
import { pushStoreContract } from '../contracts/push-store-contract';
import { questionStoreContract } from '../contracts/question-store-contract';
import { passwordResetStoreContract } from '../contracts/password-reset-store-contract';
import { roomStoreContract } from '../contracts/room-store-contract';
import { chat, NOON } from '../contracts/samples';
import { sessionStoreContract } from '../contracts/session-store-contract';
import { spendStoreContract } from '../contracts/spend-store-contract';
import type { Subject } from '../contracts/subject';
import { userStoreContract } from '../contracts/user-store-contract';
import { tempDir } from '../support/temp-dir';

const MAX_BACKLOG = 40;

async function lmdb() {
  const dataDir = tempDir();
  let now = NOON;
  const start = () =>
    openLmdb({ dataDir, clock: { now: () => now }, logger: silentLogger, newId: randomId, logMaxBacklog: MAX_BACKLOG });
  let engine = await start();
  return {
    engine: () => engine,
    close: () => engine.close(),
    reopen: async (meanwhile?: () => Promise<void>): Promise<LmdbEngine> => {
      await engine.close();
      await meanwhile?.();
      engine = await start();
      return engine;
    },
    setClock: (ms: number) => {
      now = ms;
    },
    advance: (ms: number) => {
      now += ms;
    },
    dataDir,
  };
}

const subject =
  <T>(port: (engine: LmdbEngine) => T) =>
  async (): Promise<Subject<T> & { advance(ms: number): void }> => {
    const { engine, close, reopen, advance } = await lmdb();
    return { port: port(engine()), reopen: async () => port(await reopen()), close, advance };
  };

chatLogContract('LMDB', async () => {
  const { engine, close, reopen, setClock, dataDir } = await lmdb();
  return {
    port: engine().chatLog,
    maxBacklog: MAX_BACKLOG,
    setClock,
    reopen: async () => (await reopen()).chatLog,
    lose: async (storedUpTo) => {
      const { chatLog, chatStore } = engine();
      const epoch = (await chatLog.head()).epoch;
      await chatStore.insertBatch((await chatLog.read({ epoch, offset: 0 }, storedUpTo)) ?? [chat(1)]);
      return (await reopen(() => clear(dataDir, ['log', 'log-state']))).chatLog;
    },
    close,
  };
});
chatStoreContract(
  'LMDB',
  subject((engine) => engine.chatStore),
);
userStoreContract(
  'LMDB',
  subject((engine) => engine.userStore),
);
sessionStoreContract(
  'LMDB',
  subject((engine) => engine.sessionStore),
);
membershipStoreContract(
  'LMDB',
  subject((engine) => engine.membershipStore),
);
inviteStoreContract(
  'LMDB',
  subject((engine) => engine.inviteStore),
);
roomStoreContract(
  'LMDB',
  subject((engine) => engine.roomStore),
);
aliasStoreContract(
  'LMDB',
  subject((engine) => engine.aliasStore),
);
moodStoreContract(
  'LMDB',
  subject((engine) => engine.moodStore),
);
empathyStoreContract('LMDB', async () => {
  const { engine, close, reopen } = await lmdb();
  return {
    port: engine().empathyStore,
    reopen: async () => (await reopen()).empathyStore,
    another: () => Promise.resolve(engine().empathyStore),
    close,
  };
});
insightStoreContract(
  'LMDB',
  subject((engine) => engine.insightStore),
);
questionStoreContract(
  'LMDB',
  subject((engine) => engine.questionStore),
);
leaseContract(
  'LMDB',
  subject((engine) => engine.lease),
);
feelingChangeStoreContract(
  'LMDB',
  subject((engine) => engine.feelingChangeStore),
);
moderationStoreContract(
  'LMDB',
  subject((engine) => engine.moderationStore),
);
passwordResetStoreContract(
  'LMDB',
  subject((engine) => engine.passwordResetStore),
);
pushStoreContract(
  'LMDB',
  subject((engine) => engine.pushStore),
);
correctionStoreContract(
  'LMDB',
  subject((engine) => engine.correctionStore),
);
spendStoreContract(
  'LMDB',
  subject((engine) => engine.spendStore),
);

/** Empties databases of a closed folder. */
async function clear(dataDir: string, names: readonly string[]): Promise<void> {
  const root = open({ path: dataDir, noSubdir: false, maxDbs: 32, overlappingSync: false });
  for (const name of names) root.openDB(name, {}).clearSync();
  await root.close();
}
