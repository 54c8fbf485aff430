import type { Redis } from 'ioredis';
import { ONE_PARTITION, type Partitions } from '../../domain/partition';
import { StartupError } from '../../domain/startup-error';
import type { Logger } from '../../ports/logger';
import { orUnavailable, serverAt } from './connect';
import { logKeys } from './log-keys';
import type { Places } from './places';
import type { RedisServer } from './redis-server';

const KEY = 'jb:partitions';
const RETRY_MS = 500;

/** On each server: the partitions of the installation, and those that this server has. */
interface Copy extends Partitions {
  readonly here: readonly number[];
}

/**
 * The newest copy on any of the servers.
 * @throws DomainError UNAVAILABLE if none has a copy, and one does not answer
 */
export async function copiedPartitions(servers: readonly RedisServer[]): Promise<Partitions | undefined> {
  const answers = await Promise.allSettled(servers.map((server) => orUnavailable(server.soon(readCopy))));
  const copies = answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value ? [answer.value] : []));
  const [newest] = copies.sort((a, b) => b.first - a.first || b.count - a.count);
  if (newest) return { first: newest.first, count: newest.count };
  for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
  return undefined;
}

/**
 * The copies of the partitions on the servers. No log of several partitions begins on a server without a copy, so a server that has
 * a log tells the partitions of its installation while the store is unavailable.
 */
export class PartitionCopies {
  constructor(
    private readonly places: Places,
    private readonly logger: Logger,
  ) {}

  /**
   * Writes the copy of each server, of those that cannot be reached later.
   * @throws StartupError if a server has other partitions than it had before: their logs would look lost
   */
  async writeAll(): Promise<void> {
    await Promise.all(
      this.places.servers.map(async (server) => {
        try {
          await this.write(server);
        } catch (error) {
          if (error instanceof StartupError) throw error;
          server.commands.once('ready', () => this.writeLater(server));
        }
      }),
    );
  }

  /** @throws StartupError as `writeAll`; the error of Redis */
  async write(server: RedisServer): Promise<void> {
    const { servers, partitions } = this.places;
    // Its log says the same: see `readCopy`. There are no others to mix it up with.
    if (servers.length === 1 && partitions.count === 1 && partitions.first === ONE_PARTITION.first) return;
    const copy: Copy = { ...partitions, here: this.places.numbersOf(server) };
    const before = await server.soon(readCopy);
    const isSame = before?.first === copy.first && before.count === copy.count;
    if (!isSame) await server.soon((redis) => redis.set(KEY, JSON.stringify(copy)));
    else if (before.here.join() !== copy.here.join()) {
      const name = serverAt(server.url);
      throw new StartupError(
        `REDIS_URL: ${name} has the partitions ${before.here.join(', ')} of the log, and would get others. Restore number and order of the addresses. To change them, stop all processes and run: npm run repartition`,
      );
    }
  }

  private writeLater(server: RedisServer): void {
    this.write(server).catch((err: unknown) => {
      if (err instanceof StartupError) {
        this.logger.error({ err }, 'this Redis is not used');
        server.close();
      } else if (server.commands.status === 'ready') setTimeout(() => this.writeLater(server), RETRY_MS).unref();
      else server.commands.once('ready', () => this.writeLater(server));
    });
  }
}

/** A log without a copy is that of an installation of one partition, which may be older than the copies. */
export async function readCopy(redis: Redis): Promise<Copy | undefined> {
  // In one transaction, because another process may be writing the copy and beginning the log.
  const replies = await redis.multi().get(KEY).exists(logKeys(ONE_PARTITION.first).state).exec();
  const [text, logs] = (replies ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  if (typeof text === 'string') return JSON.parse(text) as Copy;
  return Number(logs) > 0 ? { ...ONE_PARTITION, here: [ONE_PARTITION.first] } : undefined;
}

/** Of partitions that are no longer recorded. The next start makes a new copy. */
export async function forgetCopy(redis: Redis): Promise<void> {
  await redis.del(KEY);
}
