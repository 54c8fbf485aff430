import { SKEW_MS } from '../accounts/tokens';
import { openMongo } from '../adapters/mongo/open-mongo';
import { redisRateLimiter } from '../adapters/rates/redis-rate-limiter';
import { findPartitions } from '../adapters/redis/find-partitions';
import { checkRedis, openRedis } from '../adapters/redis/open-redis';
import type { Config } from '../config/config';
import type { Clock } from '../ports/clock';
import type { Engine } from '../ports/engine';
import { randomId } from '../ports/ids';
import type { Logger } from '../ports/logger';
import type { EngineCheck } from './import-guard';
import { logRefusals } from './rates';

type Clustered = Config & { readonly urls: readonly string[]; readonly uri: string; readonly secret: string };

/** @throws StartupError one line that names the setting: a Redis that cannot be used. MongoDB may be unreachable. */
export async function openClustered(config: Clustered, clock: Clock, logger: Logger, check?: EngineCheck): Promise<Engine> {
  const redisLogger = logger.child({ part: 'redis' });
  await checkRedis({ urls: config.urls, logger: redisLogger });
  const mongo = await openMongo({ uri: config.uri, logger: logger.child({ part: 'mongo' }) });
  try {
    const redis = await openRedis({
      urls: config.urls,
      findPartitions: async (servers) => {
        const found = await findPartitions({ servers, partitionStore: mongo.partitionStore, wanted: config.LOG_PARTITIONS });
        await check?.(mongo.lease);
        return found;
      },
      clock,
      logger: redisLogger,
      newId: randomId,
      logMaxBacklog: config.LOG_MAX_BACKLOG,
      idempotencyWindowMs: config.IDEMPOTENCY_WINDOW,
      accessTtlMs: config.JWT_EXPIRES_IN + SKEW_MS,
      chatStore: mongo.chatStore,
      logChangeStore: mongo.logChangeStore,
      roomStore: mongo.roomStore,
      sessionStore: mongo.sessionStore,
    });
    return {
      ...mongo,
      ...redis,
      label: 'clustered',
      capabilities: { sharedByProcesses: true },
      limiter: redisRateLimiter(redis.places, logRefusals(logger)),
      jwtSecret: () => Promise.resolve(config.secret),
      close: async () => {
        await redis.close();
        await mongo.close();
      },
    };
  } catch (error) {
    await mongo.close();
    throw error;
  }
}
