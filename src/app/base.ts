import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config';
import type { Clock } from '../ports/clock';
import type { Engine } from '../ports/engine';
import type { Logger } from '../ports/logger';
import type { RateLimiter } from '../ports/rate-limiter';
import type { Health } from '../servers/metrics/health';
import type { Metrics } from '../servers/metrics/metrics';
import type { Releasers } from './releasers';

/** Opened before everything else, whatever the roles. */
export interface Base {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly releasers: Releasers;
}

/** Shared by the servers of the roles api and live. */
export interface Serving {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly limiter: RateLimiter;
  /** The address under which the uses of one client are counted. */
  readonly addressOf: (request: IncomingMessage) => string;
}

/** Ports the process listens on; 0 for a port that its roles leave closed. */
export interface Ports {
  http: number;
  ws: number;
}
