import { openMongo } from '../../adapters/mongo/open-mongo';
import { hasProcesses, removeLogs } from '../../adapters/redis/stopped-logs';
import type { Config } from '../../config/config';
import { unavailable } from '../../domain/errors';
import { firstAbove, PARTITION_NUMBERS, type Partitions } from '../../domain/partition';
import { StartupError } from '../../domain/startup-error';
import type { LogChangeStore } from '../../ports/log-change-store';
import { systemClock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import { openEngine } from '../engine';
import { beginWork, endWork } from '../import-guard';
import { drainLog } from './drain-log';

const CHANGES_PAGE = 500;

/**
 * Gives a stopped installation of the clustered engine LOG_PARTITIONS new partitions. Everything that waits in the logs is stored first.
 * Killed at any moment, it is repeated from the start: until it is complete, no server starts.
 * @throws StartupError, DomainError UNAVAILABLE
 */
export async function repartition(config: Config, logger: Logger): Promise<Partitions> {
  const { REDIS_URL: urls, MONGODB_URI: uri, LOG_PARTITIONS: count, ...rest } = config;
  if (!urls || !uri) throw new StartupError('repartition is for the clustered engine: the embedded one has one partition.');
  if (count === undefined) throw new StartupError('LOG_PARTITIONS: set it to the number of partitions that the log shall have.');
  const mongo = await openMongo({ uri, logger });
  try {
    if (!mongo.isReady()) {
      throw new StartupError('MONGODB_URI: the server cannot be reached, or refuses the user or password.');
    }
    // Asked before the mark too: another repartition has set it, and goes on.
    if (await hasProcesses(urls, logger)) throw processRuns();
    await beginWork('repartition', mongo.lease);
    if (await hasProcesses(urls, logger)) {
      await endWork('repartition', mongo.lease);
      throw processRuns();
    }
    const highest = await storeAll({ ...rest, REDIS_URL: urls, MONGODB_URI: uri, LOG_PARTITIONS: undefined }, logger);
    const { partitionStore } = mongo;
    const before = await partitionStore.read();
    if (!before) throw unavailable('The partitions of the log are not recorded.');
    const first = Math.max(firstAbove(highest), before.first + before.count);
    if (first + count > PARTITION_NUMBERS) {
      throw new StartupError('LOG_PARTITIONS: no numbers are left for so many partitions. Use export and import.');
    }
    // Everything in them is stored. A log that outlived its numbers could be taken for the current one while MongoDB is unavailable.
    await removeLogs(urls, first, logger);
    if (!(await partitionStore.replace(before, { first, count }))) throw unavailable('Another repartition runs: stop it first.');
    await forgetChanges(mongo.logChangeStore, before);
    await endWork('repartition', mongo.lease);
    return { first, count };
  } finally {
    await mongo.close();
  }
}

const processRuns = (): Error => unavailable('A process of this installation runs: stop all of them first.');

/** The changes of logs that no longer exist. The store has made them all. */
async function forgetChanges(changes: LogChangeStore, { first, count }: Partitions): Promise<void> {
  for (let number = first; number < first + count; number++) {
    for (;;) {
      const page = await changes.page(number, '', CHANGES_PAGE);
      if (page.length === 0) break;
      await changes.remove(page.map(({ id }) => id));
    }
  }
}

/** @returns the highest offset that was ever given out */
async function storeAll(config: Config, logger: Logger): Promise<number> {
  const engine = await openEngine(config, systemClock, logger);
  try {
    await drainLog(engine, config, logger, 'start its Redis, then run repartition again.');
    const heads = await Promise.all(engine.chatLog.partitions.map((log) => log.head()));
    return Math.max(await engine.chatStore.highestOffset(), ...heads.map(({ offset }) => offset));
  } finally {
    await engine.close();
  }
}
