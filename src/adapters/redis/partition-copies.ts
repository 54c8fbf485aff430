import type { Redis } from 'ioredis';
import type { Partitions } from '../../domain/partition';
import { StartupError } from '../../domain/startup-error';
import type { Logger } from '../../ports/logger';
import { serverAt } from './connect';
import type { Places } from './places';
import type { RedisServer } from './redis-server';

const KEY = 'jb:partitions';

/** On each server: the partitions of the installation, and those that this server has. */
interface Copy extends Partitions {
  readonly here: readonly number[];
}

/** The newest copy on any of the servers. */
export async function copiedPartitions(servers: readonly RedisServer[]): Promise<Partitions | undefined> {
  const answers = await Promise.allSettled(servers.map((server) => server.soon(readCopy)));
  const copies = answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value ? [answer.value] : []));
  const [newest] = copies.sort((a, b) => b.first - a.first);
  return newest && { first: newest.first, count: newest.count };
}

/**
 * Copies the partitions to the servers, to those that cannot be reached later.
 * @throws StartupError if a server has other partitions than it had before: their logs would look lost
 */
export async function copyPartitions(places: Places, urls: readonly string[], logger: Logger): Promise<void> {
  const { servers, partitions } = places;
  // Where there are no others to mix it up with, nothing is written.
  if (servers.length === 1 && partitions.count === 1 && partitions.first === 0) return;
  await Promise.all(
    servers.map(async (server, i) => {
      const copy = { ...partitions, here: places.numbersOf(server) };
      try {
        await copyTo(server, copy, urls[i] ?? '');
      } catch (error) {
        if (error instanceof StartupError) throw error;
        server.commands.once('ready', () => {
          copyTo(server, copy, urls[i] ?? '').catch((err: unknown) => {
            logger.error({ err }, 'this Redis is not used');
            if (err instanceof StartupError) server.close();
          });
        });
      }
    }),
  );
}

async function copyTo(server: RedisServer, copy: Copy, url: string): Promise<void> {
  const before = await server.soon(readCopy);
  const isSame = before?.first === copy.first && before.count === copy.count;
  if (isSame && before.here.join() !== copy.here.join()) {
    throw new StartupError(
      `REDIS_URL: ${serverAt(url)} has the partitions ${before.here.join(', ')} of the log, and would get others. Restore number and order of the addresses. To change them, stop all processes and run: npm run repartition`,
    );
  }
  if (!isSame) await server.soon((redis) => redis.set(KEY, JSON.stringify(copy)));
}

export async function readCopy(redis: Redis): Promise<Copy | undefined> {
  const text = await redis.get(KEY);
  return text === null ? undefined : (JSON.parse(text) as Copy);
}

/** Of partitions that are no longer recorded. The next start makes a new copy. */
export async function forgetCopy(redis: Redis): Promise<void> {
  await redis.del(KEY);
}
