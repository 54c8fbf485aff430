import type { Logger } from '../../ports/logger';
import { connect } from './connect';
import { logKeys } from './log-keys';
import { appendfsync, infoField } from './redis-info';

export interface RedisReport {
  readonly version: string;
  readonly maxmemoryPolicy: string;
  readonly appendonly: boolean;
  readonly appendfsync: string;
  /** The server's clock, in milliseconds since 1970. */
  readonly now: number;
  /** The last offset of the message log; undefined without a log. */
  readonly logEnd: number | undefined;
}

/**
 * Reads the state of a Redis server and changes nothing.
 * @throws StartupError naming REDIS_URL, without its credentials
 */
export async function inspectRedis(url: string, logger: Logger): Promise<RedisReport> {
  const redis = await connect({ url, logger, name: 'inspect' });
  try {
    const info = await redis.info();
    const [seconds = 0, micros = 0] = (await redis.time()).map(Number);
    const offset = await redis.hget(logKeys(0).state, 'offset');
    return {
      version: infoField(info, 'redis_version') ?? '',
      maxmemoryPolicy: infoField(info, 'maxmemory_policy') ?? '',
      appendonly: infoField(info, 'aof_enabled') === '1',
      appendfsync: (await appendfsync(redis)) ?? 'unknown',
      now: seconds * 1000 + micros / 1000,
      logEnd: offset === null ? undefined : Number(offset),
    };
  } finally {
    redis.disconnect();
  }
}
