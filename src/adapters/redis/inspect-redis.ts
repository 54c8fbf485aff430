import type { Logger } from '../../ports/logger';
import { connect } from './connect';
import { logKeys } from './log-keys';

export interface RedisReport {
  readonly version: string;
  readonly maxmemoryPolicy: string;
  readonly appendonly: boolean;
  readonly appendfsync: string;
  /** The server's clock, in milliseconds since 1970. */
  readonly now: number;
  /** The last offset of the message log in it; undefined without a log. */
  readonly logEnd: number | undefined;
}

/**
 * Looks, and changes nothing.
 * @throws StartupError naming REDIS_URL, without its credentials
 */
export async function inspectRedis(url: string, logger: Logger): Promise<RedisReport> {
  const redis = await connect({ url, logger, name: 'inspect' });
  try {
    const info = await redis.info();
    const of = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
    const [seconds = 0, micros = 0] = (await redis.time()).map(Number);
    // Managed servers refuse CONFIG.
    const fsync = await redis.config('GET', 'appendfsync').catch(() => []);
    const offset = await redis.hget(logKeys(0).state, 'offset');
    return {
      version: of('redis_version'),
      maxmemoryPolicy: of('maxmemory_policy'),
      appendonly: of('aof_enabled') === '1',
      appendfsync: (fsync as string[])[1] ?? 'unknown',
      now: seconds * 1000 + micros / 1000,
      logEnd: offset === null ? undefined : Number(offset),
    };
  } finally {
    redis.disconnect();
  }
}
