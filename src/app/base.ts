import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/config';
import { DomainError } from '../domain/errors';
import type { Aliases } from '../flow/aliases';
import type { Rooms } from '../flow/rooms';
import type { FireTimes } from '../insights/job/windows';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { RateLimiter } from '../ports/rate-limiter';
import type { Releasers } from './releasers';
import type { Health } from '../servers/metrics/health';
import type { Metrics } from '../servers/metrics/metrics';
import type { Engine } from '../ports/engine';

/** What the parts of the composition root have in common, whatever the roles. */
export interface Base {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly releasers: Releasers;
  /** Names this process to the leases, differently after each start. */
  readonly holder: string;
  readonly fireTimes: FireTimes;
  readonly rooms: Rooms;
  readonly aliases: Aliases;
  readonly health: Health;
  readonly limiter: RateLimiter;
  readonly metrics: Metrics;
  /** Under which the uses of one client are counted. */
  readonly addressOf: (request: IncomingMessage) => string;
}

/** Where the process answers; 0 for a port that its roles leave closed. */
export interface Ports {
  http: number;
  ws: number;
}

const RETRY_MS = 1_000;

/** Makes sure that the main room exists. While the store is away that goes on in the background: it holds up no start. */
export async function openRooms({ rooms, releasers, logger }: Base): Promise<void> {
  const stopping = new AbortController();
  const isOpen = async (): Promise<boolean> => {
    try {
      await rooms.open();
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'UNAVAILABLE') return false;
      throw error;
    }
  };
  if (await isOpen()) return;
  logger.warn({}, 'the store is away: rooms that are not known yet answer UNAVAILABLE until it is back');
  const retry = async (): Promise<void> => {
    do await delay(RETRY_MS, undefined, { signal: stopping.signal });
    while (!(await isOpen()));
  };
  const retrying = retry().catch((err: unknown) => {
    if (!stopping.signal.aborted) logger.error({ err }, 'the main room could not be made');
  });
  releasers.push('rooms', () => {
    stopping.abort();
    return retrying;
  });
}
