import { setTimeout as delay } from 'node:timers/promises';
import { isUnavailable } from '../../domain/errors';
import { defaultCount, type Partitions } from '../../domain/partition';
import { StartupError } from '../../domain/startup-error';
import type { PartitionStore } from '../../ports/partition-store';
import { copiedPartitions } from './partition-copies';
import type { RedisServer } from './redis-server';

/** How long a start waits for the store if it needs it. */
const START_MS = 30_000;
const PAUSE_MS = 500;

export interface FindPartitionsOptions {
  readonly servers: readonly RedisServer[];
  readonly partitionStore: PartitionStore;
  /** LOG_PARTITIONS; undefined: whatever the installation has. */
  readonly wanted: number | undefined;
}

/**
 * The partitions of this installation: those that are recorded in the store; while it is unavailable, those of the copies on the Redis
 * servers. Where nothing is recorded and nothing copied, it is a new installation.
 * @throws StartupError if other ones are wanted, or if they cannot be known
 */
export async function findPartitions(options: FindPartitionsOptions): Promise<Partitions> {
  const { wanted } = options;
  const found = await readPartitions(options);
  refuseOtherCount(found, wanted);
  return found;
}

/** @throws StartupError if LOG_PARTITIONS is set and is not the number that the installation has */
export function refuseOtherCount(found: Partitions, wanted: number | undefined): void {
  if (wanted === undefined || wanted === found.count) return;
  throw new StartupError(
    `LOG_PARTITIONS is ${wanted}, but this installation has ${found.count}. Set LOG_PARTITIONS to ${found.count} or unset it. To change the number, stop all processes and run: npm run repartition`,
  );
}

async function readPartitions(options: FindPartitionsOptions): Promise<Partitions> {
  for (const giveUpAt = performance.now() + START_MS; ;) {
    try {
      return await recordedPartitions(options);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      const copied = await copiedPartitions(options.servers).catch(() => undefined);
      if (copied) return copied;
      if (performance.now() > giveUpAt) {
        throw new StartupError(
          'MONGODB_URI: while Redis has no log, as at the first start, MongoDB and every Redis of REDIS_URL must be reachable, because MongoDB has the number of partitions.',
          { cause: error },
        );
      }
      await delay(PAUSE_MS);
    }
  }
}

async function recordedPartitions({ servers, partitionStore, wanted }: FindPartitionsOptions): Promise<Partitions> {
  const recorded = await partitionStore.read();
  if (recorded) return recorded;
  const count = wanted ?? defaultCount(servers.length);
  return partitionStore.create((await copiedPartitions(servers)) ?? { first: 0, count });
}
