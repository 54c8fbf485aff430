import { SKEW_MS } from '../accounts/tokens';
import { InProcessBus } from '../adapters/in-process/bus';
import { InProcessPresence } from '../adapters/in-process/presence';
import { openLmdb, type LmdbEngine } from '../adapters/lmdb/open-lmdb';
import { openMongo } from '../adapters/mongo/open-mongo';
import { memoryRateLimiter } from '../adapters/rates/memory-rate-limiter';
import { redisRateLimiter } from '../adapters/rates/redis-rate-limiter';
import { openRedis, tryRedis } from '../adapters/redis/open-redis';
import type { Config } from '../config/config';
import type { Bus } from '../ports/bus';
import type { Clock } from '../ports/clock';
import { randomId } from '../ports/ids';
import type { Logger } from '../ports/logger';
import type { Presence } from '../ports/presence';
import type { RateLimiter } from '../ports/rate-limiter';

/** Everything that lasts, and what processes tell each other: the same ports on both engines. */
export interface Engine extends LmdbEngine {
  readonly name: 'embedded' | 'clustered';
  readonly bus: Bus;
  readonly presence: Presence;
  /** Counts for all processes of the installation. */
  readonly limiter: RateLimiter;
  /** Whether the log takes messages as far as is known. */
  isReady(): boolean;
  /** Epochs that this process had to begin because the log was lost, and messages known to be lost by that. */
  readonly losses: () => { readonly epochsBegun: number; readonly lost: number };
}

/** @throws StartupError one line that names the setting: an unusable folder, or a Redis that cannot be used. MongoDB may be away. */
export function openEngine(config: Config, clock: Clock, logger: Logger): Promise<Engine> {
  const { REDIS_URL: url, MONGODB_URI: uri, JWT_SECRET: secret } = config;
  // One without the other, or both without the secret, is refused by parseConfig.
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
    name: 'embedded',
    bus: new InProcessBus(logger.child({ part: 'bus' })),
    presence: new InProcessPresence(),
    limiter: memoryRateLimiter(tellRefusals(logger)),
    isReady: () => true,
    losses: () => ({ epochsBegun: 0, lost: 0 }),
  };
}

type Clustered = Config & { readonly url: string; readonly uri: string; readonly secret: string };

async function openClustered(config: Clustered, clock: Clock, logger: Logger): Promise<Engine> {
  const redisLogger = logger.child({ part: 'redis' });
  await tryRedis({ url: config.url, logger: redisLogger });
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
      roomStore: mongo.roomStore,
      sessionStore: mongo.sessionStore,
    });
    return {
      ...mongo,
      ...redis,
      name: 'clustered',
      limiter: redisRateLimiter(redis.commands, tellRefusals(logger)),
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

const tellRefusals = (logger: Logger) => (rate: string) => {
  logger.debug({ rate }, 'refused beyond the rate');
};
