import type { Redis } from 'ioredis';
import type { Logger } from '../../ports/logger';
import { channelName } from './channels';
import { connect } from './connect';
import { logKeys } from './log-keys';
import { forgetCopy } from './partition-copies';

const SCAN_COUNT = 1_000;

async function onEach<T>(urls: readonly string[], logger: Logger, work: (redis: Redis) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (const url of urls) {
    const redis = await connect({ url, logger, name: 'repartition' });
    try {
      results.push(await work(redis));
    } finally {
      redis.disconnect();
    }
  }
  return results;
}

/** Whether a process of this installation is connected to one of the servers. @throws StartupError naming REDIS_URL */
export async function hasProcesses(urls: readonly string[], logger: Logger): Promise<boolean> {
  const counts = await onEach(urls, logger, async (redis) => {
    const [, subscribers] = await redis.pubsub('NUMSUB', channelName(redis, 'bus'));
    return Number(subscribers);
  });
  return counts.some((count) => count > 0);
}

/** Removes the logs of partitions with numbers below, and the copies of their numbers. @throws StartupError naming REDIS_URL */
export async function removeLogs(urls: readonly string[], below: number, logger: Logger): Promise<void> {
  await onEach(urls, logger, async (redis) => {
    await forgetCopy(redis);
    for (let cursor = '0'; ;) {
      const [next, keys] = await redis.scan(cursor, 'MATCH', `${logKeys('*').prefix}*`, 'COUNT', SCAN_COUNT);
      const old = keys.filter((key) => Number(/^jb:\{log(\d+)\}/.exec(key)?.[1] ?? Infinity) < below);
      if (old.length > 0) await redis.unlink(...old);
      if (next === '0') return;
      cursor = next;
    }
  });
}
