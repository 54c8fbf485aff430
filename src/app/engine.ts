import { SKEW_MS } from '../accounts/tokens';
import { InProcessBus } from '../adapters/in-process/bus';
import { InProcessPresence } from '../adapters/in-process/presence';
import { openLmdb } from '../adapters/lmdb/open-lmdb';
import { openMongo } from '../adapters/mongo/open-mongo';
import { memoryRateLimiter } from '../adapters/rates/memory-rate-limiter';
import { redisRateLimiter } from '../adapters/rates/redis-rate-limiter';
import { checkRedis, openRedis } from '../adapters/redis/open-redis';
import type { Config } from '../config/config';
import type { Clock } from '../ports/clock';
import type { Engine } from '../ports/engine';
import { randomId } from '../ports/ids';
import type { Logger } from '../ports/logger';

/** @throws StartupError one line that names the setting: a folder or a Redis that cannot be used. MongoDB may be unreachable. */
export function openEngine(config: Config, clock: Clock, logger: Logger): Promise<Engine> {
  const { REDIS_URL: url, MONGODB_URI: uri, JWT_SECRET: secret } = config;
  // parseConfig refuses one without the other, and both without the secret.
  return url && uri && secret
    ? openClustered({ ...config, url, uri, secret }, clock, logger)
    : openEmbedded(config, clock, logger);
}

async function openEmbedded(config: Config, clock: Clock, logger: Logger): Promise<Engine> {
  const lmdb = await openLmdb({
    dataDir: config.DATA_DIR,
    clock,
    logger: logger.child({ part: 'lmdb' }),
    newId: randomId,
    logMaxBacklog: config.LOG_MAX_BACKLOG,
  });
  return {
    ...lmdb,
    label: 'embedded',
    capabilities: { sharedByProcesses: false },
    bus: new InProcessBus(logger.child({ part: 'bus' })),
    presence: new InProcessPresence(),
    limiter: memoryRateLimiter(logRefusals(logger)),
    isReady: () => true,
    losses: () => ({ epochsBegun: 0, lost: 0 }),
    tailAgeMs: () => 0,
  };
}

type Clustered = Config & { readonly url: string; readonly uri: string; readonly secret: string };

async function openClustered(config: Clustered, clock: Clock, logger: Logger): Promise<Engine> {
  const redisLogger = logger.child({ part: 'redis' });
  await checkRedis({ url: config.url, logger: redisLogger });
  const mongo = await openMongo({ uri: config.uri, logger: logger.child({ part: 'mongo' }) });
  try {
    const redis = await openRedis({
      url: config.url,
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
      limiter: redisRateLimiter(redis.commands, logRefusals(logger)),
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

const logRefusals = (logger: Logger) => (rate: string) => {
  logger.debug({ rate }, 'rate limit exceeded');
};
