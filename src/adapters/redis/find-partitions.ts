import { setTimeout as delay } from 'node:timers/promises';
import { isUnavailable } from '../../domain/errors';
import { defaultCount, ONE_PARTITION, type Partitions } from '../../domain/partition';
import { StartupError } from '../../domain/startup-error';
import type { PartitionStore } from '../../ports/partition-store';
import { orUnavailable } from './connect';
import { logKeys } from './log-keys';
import { copiedPartitions } from './partition-copies';
import type { RedisServer } from './redis-server';

/** How long the first start waits for the store. */
const START_MS = 30_000;
const PAUSE_MS = 500;

export interface FindPartitionsOptions {
  readonly servers: readonly RedisServer[];
  readonly partitionStore: PartitionStore;
  /** LOG_PARTITIONS; undefined: whatever the installation has. */
  readonly wanted: number | undefined;
}

/**
 * The partitions that this installation was first started with. They are recorded in the store; while it is unavailable, the copies
 * on the Redis servers count.
 * @throws StartupError if other ones are wanted, or if they cannot be known
 */
export async function findPartitions(options: FindPartitionsOptions): Promise<Partitions> {
  const { wanted } = options;
  const found = await readPartitions(options);
  if (wanted === undefined || wanted === found.count) return found;
  throw new StartupError(
    `LOG_PARTITIONS is ${wanted}, but this installation has ${found.count}. Set LOG_PARTITIONS to ${found.count} or unset it. To change the number, stop all processes and run: npm run repartition`,
  );
}

async function readPartitions(options: FindPartitionsOptions): Promise<Partitions> {
  const { servers, wanted } = options;
  for (const giveUpAt = performance.now() + START_MS; ;) {
    try {
      return await recordedPartitions(options);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      const copied = await copiedPartitions(servers);
      if (copied) return copied;
      // An installation of before there were partitions, or a new one with the defaults, which is recorded at a later start.
      const isOne = servers.length === 1 && (wanted === undefined || wanted === 1);
      if (isOne || (await hasOldLog(servers).catch(() => false))) return ONE_PARTITION;
      if (performance.now() > giveUpAt) {
        throw new StartupError(
          'LOG_PARTITIONS: MongoDB and every Redis of REDIS_URL must be reachable at the first start with several partitions.',
          { cause: error },
        );
      }
      await delay(PAUSE_MS);
    }
  }
}

async function recordedPartitions(options: FindPartitionsOptions): Promise<Partitions> {
  const { servers, partitionStore, wanted } = options;
  const recorded = await partitionStore.read();
  if (recorded) return recorded;
  const isOld = await hasOldLog(servers);
  const count = wanted ?? defaultCount(servers.length);
  return partitionStore.create(isOld ? ONE_PARTITION : { first: 0, count });
}

/** Whether there is a log that was begun before partitions were recorded. @throws DomainError UNAVAILABLE if a server does not answer */
async function hasOldLog(servers: readonly RedisServer[]): Promise<boolean> {
  const { state } = logKeys(ONE_PARTITION.first);
  const answers = servers.map((server) => orUnavailable(server.soon((redis) => redis.exists(state))));
  return (await Promise.all(answers)).some((found) => found > 0);
}
