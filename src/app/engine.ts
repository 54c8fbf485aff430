import { InProcessBus } from '../adapters/in-process/bus';
import { InProcessPresence } from '../adapters/in-process/presence';
import { openLmdb } from '../adapters/lmdb/open-lmdb';
import { memoryRateLimiter } from '../adapters/rates/memory-rate-limiter';
import type { Config } from '../config/config';
import type { Clock } from '../ports/clock';
import type { Engine } from '../ports/engine';
import { randomId } from '../ports/ids';
import type { Logger } from '../ports/logger';
import type { EngineCheck } from './import-guard';
import { logRefusals } from './rates';

/**
 * @param check runs before anything is changed on Redis
 * @throws StartupError one line that names the setting: a folder or a Redis that cannot be used. MongoDB may be unreachable.
 */
export async function openEngine(config: Config, clock: Clock, logger: Logger, check?: EngineCheck): Promise<Engine> {
  const { REDIS_URL: urls, MONGODB_URI: uri, JWT_SECRET: secret } = config;
  // parseConfig refuses one without the other, and both without the secret.
  if (!urls || !uri || !secret) return openEmbedded(config, clock, logger, check);
  // Loaded only where it is used: the clients of Redis and MongoDB take tens of megabytes.
  const { openClustered } = await import('./clustered-engine.js');
  return openClustered({ ...config, urls, uri, secret }, clock, logger, check);
}

async function openEmbedded(config: Config, clock: Clock, logger: Logger, check?: EngineCheck): Promise<Engine> {
  const lmdb = await openLmdb({
    dataDir: config.DATA_DIR,
    clock,
    logger: logger.child({ part: 'lmdb' }),
    newId: randomId,
    logMaxBacklog: config.LOG_MAX_BACKLOG,
  });
  try {
    await check?.(lmdb.lease);
  } catch (error) {
    await lmdb.close();
    throw error;
  }
  return {
    ...lmdb,
    label: 'embedded',
    capabilities: { sharedByProcesses: false },
    bus: new InProcessBus(logger.child({ part: 'bus' })),
    presence: new InProcessPresence(),
    limiter: memoryRateLimiter(logRefusals(logger)),
    isReady: () => true,
    partitionsWithoutLog: () => [],
    losses: () => ({ epochsBegun: 0, lost: 0 }),
    tailAgeMs: () => 0,
  };
}
