import { inspectRedis } from '../../adapters/redis/inspect-redis';
import { openMongo } from '../../adapters/mongo/open-mongo';
import type { Config } from '../../config/config';
import { DomainError } from '../../domain/errors';
import { defaultCount, firstAbove, rangeOf, type Partitions } from '../../domain/partition';
import { StartupError } from '../../domain/startup-error';
import { MergedReader } from '../../flow/merged-reader';
import { TailIndexes } from '../../flow/tail-index';
import { INSIGHT_LEASE, INSIGHT_LEASE_TTL_MS } from '../../insights/job/analysis-job';
import { exportEntries, type Interrupted } from '../../transfer/export';
import { parseEntry, type Entry, type Header } from '../../transfer/entry';
import { importEntries } from '../../transfer/import';
import type { LogPartition } from '../../ports/chat-log';
import type { ChatStore } from '../../ports/chat-store';
import { systemClock } from '../../ports/clock';
import { randomId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import type { Engine } from '../../ports/engine';
import { openEngine } from '../engine';
import { beginWork, endWork, refuseInterruptedWork } from '../import-guard';

/** First and last line of an interrupted export. */
export interface ExportEnds {
  readonly first: string;
  readonly last: string;
}

/**
 * The installation as lines of JSON, see transfer/entry; with `interrupted`, only the lines that it lacks.
 * @throws StartupError, also while a server has the embedded engine's folder open; DomainError UNAVAILABLE
 */
export async function* exportLines(config: Config, logger: Logger, interrupted?: ExportEnds): AsyncGenerator<string> {
  const engine = await openEngine(config, systemClock, logger, refuseInterruptedWork);
  try {
    const {
      chatLog: log,
      chatStore: store,
      roomStore: rooms,
      userStore: users,
      insightStore: insights,
      questionStore: questions,
    } = engine;
    const history = new MergedReader(log, store, new TailIndexes(log));
    const source = {
      ...{ log, rooms, users, insights, questions },
      memberships: engine.membershipStore,
      invites: engine.inviteStore,
      now: systemClock.now(),
      chats: async (room: string, after: number, limit: number) =>
        (await history.byRoom(room, { after }, limit, 'oldest-first')).items,
      presses: (chatIds: readonly string[]) => engine.empathyStore.presses(chatIds),
      countChats: (room: string) => store.countByRoom(room, {}, Infinity),
      highestStored: () => store.highestOffset(),
    };
    for await (const entry of exportEntries(source, interrupted && parseEnds(interrupted))) yield JSON.stringify(entry);
  } finally {
    await engine.close();
  }
}

function parseEnds({ first, last }: ExportEnds): Interrupted {
  const header = parseEntry(first);
  if (header.kind !== 'jungle-buzz') throw new Error('the first line is not the header of an export: choose another file name');
  return { header, last: parseEntry(last) };
}

/**
 * Stores the lines of an export. Repeated after an interruption, it adds what is missing; until then no server starts on the target.
 * No server may run on the target.
 * @throws StartupError, DomainError CONFLICT and UNAVAILABLE, Error for an incomplete export
 */
export async function importLines(config: Config, logger: Logger, lines: AsyncIterable<string>): Promise<void> {
  const target = await openTarget(config, logger);
  const holder = randomId();
  try {
    const { roomStore: rooms, userStore: users, chatStore: chats, moodStore: moods, lease } = target;
    const { insightStore: insights, questionStore: questions, empathyStore: empathies } = target;
    const fence = async (): Promise<number> => {
      const grant = await lease.acquire(INSIGHT_LEASE, holder, INSIGHT_LEASE_TTL_MS);
      if (!grant) throw new DomainError('UNAVAILABLE', 'A server runs on the target: stop it first.');
      return grant.fence;
    };
    const admit = async (first: Header): Promise<void> => {
      await target.admit(first);
      await beginWork('import', lease);
    };
    await importEntries(entriesOf(lines, admit), {
      ...{ rooms, users, chats, moods, empathies, insights, questions, fence },
      memberships: target.membershipStore,
      invites: target.inviteStore,
    });
    await lease.release(INSIGHT_LEASE, holder);
    await target.prepareLog();
  } finally {
    await target.close();
  }
  // A log that is opened now begins above the stored messages.
  const engine = await openEngine(config, systemClock, logger);
  try {
    for (const log of engine.chatLog.partitions) if (!(await beginsAboveStored(log, engine.chatStore))) throw occupied();
    await endWork('import', engine.lease);
  } finally {
    await engine.close();
  }
}

async function* entriesOf(lines: AsyncIterable<string>, admit: (header: Header) => Promise<void>): AsyncGenerator<Entry> {
  for await (const line of lines) {
    const entry = parseEntry(line);
    if (entry.kind === 'jungle-buzz') await admit(entry);
    yield entry;
  }
}

type Stores = Pick<
  Engine,
  | 'roomStore'
  | 'userStore'
  | 'chatStore'
  | 'moodStore'
  | 'empathyStore'
  | 'insightStore'
  | 'questionStore'
  | 'membershipStore'
  | 'inviteStore'
  | 'lease'
  | 'close'
>;
interface Target extends Stores {
  /** @throws DomainError CONFLICT if the log holds messages that are not of this export: two messages would have one offset */
  readonly admit: (header: Header) => Promise<void>;
  /** Called when everything is stored, before the log is opened. */
  readonly prepareLog: () => Promise<void>;
}

const occupied = (): DomainError =>
  new DomainError(
    'CONFLICT',
    'The target has a message log of its own: import into an empty DATA_DIR, or an empty Redis and MongoDB database.',
  );

/** Opens only the stores on the clustered engine: the log is begun after everything has been stored. */
async function openTarget(config: Config, logger: Logger): Promise<Target> {
  const { REDIS_URL: urls, MONGODB_URI: uri } = config;
  if (!urls || !uri) return openFolder(config, logger);
  const ends = await Promise.all(urls.map(async (url) => (await inspectRedis(url, logger)).logEnd ?? -1));
  const logEnd = Math.max(...ends);
  const mongo = await openMongo({ uri, logger });
  if (!mongo.isReady()) {
    await mongo.close();
    throw new StartupError('MONGODB_URI: the server cannot be reached, or refuses the user or password.');
  }
  const { partitionStore, chatStore } = mongo;
  return {
    ...mongo,
    admit: async ({ upTo }) => {
      const recorded = await partitionStore.read();
      if (logEnd >= 0 && (logEnd < upTo || (recorded && !areAbove(recorded, upTo)))) throw occupied();
    },
    prepareLog: async () => {
      const highest = await chatStore.highestOffset();
      const wanted = { first: firstAbove(highest), count: config.LOG_PARTITIONS ?? defaultCount(urls.length) };
      const recorded = await partitionStore.create(areAbove({ ...wanted, first: 0 }, highest) ? { ...wanted, first: 0 } : wanted);
      if (areAbove(recorded, highest)) return;
      await partitionStore.replace(recorded, { ...recorded, first: Math.max(wanted.first, recorded.first + recorded.count) });
    },
  };
}

async function openFolder(config: Config, logger: Logger): Promise<Target> {
  const engine = await openEngine(config, systemClock, logger);
  return {
    ...engine,
    admit: async ({ upTo }) => {
      for (const log of engine.chatLog.partitions) {
        const { offset } = await log.head();
        const [entry] = await log.readBack(offset + 1, 1);
        if (entry && offset < upTo) throw occupied();
      }
    },
    prepareLog: () => Promise.resolve(),
  };
}

async function beginsAboveStored(log: LogPartition, store: Pick<ChatStore, 'highestOffset'>): Promise<boolean> {
  const highest = await store.highestOffset(rangeOf(log.band));
  return (await log.head()).offset >= highest;
}

/** Whether each partition gives a room offsets above this one. A single one does, because its band has no limit. */
const areAbove = ({ first, count }: Partitions, offset: number): boolean => count === 1 || first >= firstAbove(offset);
