import type { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../ports/logger';
import { checkServer } from './check-server';
import { connect, serverAt, UnreachableError, type ConnectOptions } from './connect';
import { RedisServer } from './redis-server';

export interface ServersOptions {
  /** One server, or several between which the partitions are dealt out in this order. */
  readonly urls: readonly string[];
  readonly logger: Logger;
}

/** How long a start waits until one of several servers answers. */
const START_MS = 30_000;
const PAUSE_MS = 500;

/**
 * Checks that this Redis can be used, before anything that takes longer is opened. Of several servers one has to answer.
 * @throws StartupError one line that names REDIS_URL and says what to change
 */
export async function checkRedis({ urls, logger }: ServersOptions): Promise<void> {
  const [url = ''] = urls;
  if (urls.length === 1) await check({ url, logger });
  else await checkSeveral(urls, logger);
}

/** @throws StartupError as checkRedis does */
export async function openServers({ urls, logger }: ServersOptions): Promise<readonly RedisServer[]> {
  const [url = ''] = urls;
  if (urls.length === 1) return [await RedisServer.only({ url, logger })];
  return Promise.all(urls.map((one) => RedisServer.oneOfSeveral({ url: one, logger: loggerOf(one, logger) })));
}

const loggerOf = (url: string, logger: Logger): Logger => logger.child({ server: serverAt(url) });

async function check({ url, logger, startMs }: Pick<ConnectOptions, 'url' | 'logger' | 'startMs'>): Promise<void> {
  const verify = async (redis: Redis): Promise<void> => {
    const { keepsFile } = await checkServer(redis, url);
    if (keepsFile) return;
    logger.warn(
      {},
      'Redis keeps no append-only file, so a crash of Redis loses acknowledged messages. Set its appendonly to yes.',
    );
  };
  const options = { url, logger, name: 'start', waitsForData: false, verify };
  const redis = await connect(startMs === undefined ? options : { ...options, startMs });
  redis.disconnect();
}

async function checkSeveral(urls: readonly string[], logger: Logger): Promise<void> {
  for (const giveUpAt = performance.now() + START_MS; ;) {
    const checks = urls.map((url) => check({ url, logger: loggerOf(url, logger), startMs: 0 }));
    const failures = (await Promise.allSettled(checks)).flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    );
    for (const error of failures) if (!(error instanceof UnreachableError)) throw error;
    if (failures.length < urls.length) {
      for (const err of failures) logger.error({ err }, 'a Redis cannot be reached; its partitions are unavailable until it can');
      return;
    }
    if (performance.now() > giveUpAt) throw failures[0];
    await delay(PAUSE_MS);
  }
}
