import type { Redis } from 'ioredis';
import { bandOf } from '../../domain/partition';
import type { Logger } from '../../ports/logger';
import { checkServer } from './check-server';
import { connect } from './connect';
import { logKeys } from './log-keys';
import { readCopy } from './partition-copies';
import { appendfsync, infoField } from './redis-info';

export interface RedisReport {
  readonly version: string;
  readonly appendonly: boolean;
  readonly appendfsync: string;
  /** The server's clock, in milliseconds since 1970. */
  readonly now: number;
  /** The highest offset of the message log on this server; undefined without a log. */
  readonly logEnd: number | undefined;
}

/**
 * Reads the state of a Redis server and changes nothing.
 * @throws StartupError naming REDIS_URL, without its credentials, also for a server that a start refuses
 */
export async function inspectRedis(url: string, logger: Logger): Promise<RedisReport> {
  const verify = async (server: Redis): Promise<void> => {
    await checkServer(server, url);
  };
  const redis = await connect({ url, logger, name: 'inspect', verify });
  try {
    const info = await redis.info();
    const [seconds = 0, micros = 0] = (await redis.time()).map(Number);
    return {
      version: infoField(info, 'redis_version') ?? '',
      appendonly: infoField(info, 'aof_enabled') === '1',
      appendfsync: (await appendfsync(redis)) ?? 'unknown',
      now: seconds * 1000 + micros / 1000,
      logEnd: await logEnd(redis),
    };
  } finally {
    redis.disconnect();
  }
}

async function logEnd(redis: Redis): Promise<number | undefined> {
  const copy = await readCopy(redis);
  if (!copy) return undefined;
  const ends: number[] = [];
  for (const number of copy.here) {
    const offset = await redis.hget(logKeys(number).state, 'offset');
    if (offset !== null) ends.push(Number(offset) + bandOf(number, copy).base);
  }
  return ends.length > 0 ? Math.max(...ends) : undefined;
}
