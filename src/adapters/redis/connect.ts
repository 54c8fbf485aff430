import { Redis, type RedisOptions } from 'ioredis';
import { unavailable } from '../../domain/errors';
import { StartupError } from '../../domain/startup-error';
import type { Logger } from '../../ports/logger';
import { withDeadline } from '../../util/deadline';

const CONNECT_MS = 2_000;
/** A command without an answer for this long has failed, and its connection is replaced. */
const ANSWER_MS = 3_000;
const RECONNECT_MAX_MS = 250;
/** For the whole start: name look-up and all retries. */
const START_MS = 3_000;

/**
 * Nothing is queued while the connection is down and nothing is sent twice: the caller of each command decides what a lost
 * connection means for it. Subscriptions are repeated by their owner: ioredis would do so without handling the rejection.
 */
const OPTIONS: RedisOptions = {
  connectTimeout: CONNECT_MS,
  socketTimeout: ANSWER_MS,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (attempt) => Math.min(50 * attempt, RECONNECT_MAX_MS),
  lazyConnect: true,
};

export interface ConnectOptions {
  readonly url: string;
  readonly logger: Logger;
  /** What the connection is for; in CLIENT LIST and in log lines. */
  readonly name: string;
}

/**
 * Opens one connection, which reconnects by itself from then on.
 * @throws StartupError naming REDIS_URL, without its credentials
 */
export async function connect({ url, logger, name }: ConnectOptions): Promise<Redis> {
  const redis = new Redis(url, { ...OPTIONS, connectionName: `jungle-buzz-${name}` });
  let lastError: unknown;
  let unreachable = false;
  redis.on('error', (err) => {
    lastError = err;
    if (!unreachable) logger.warn({ err, connection: name }, 'Redis connection lost; reconnecting');
    unreachable = true;
  });
  redis.on('ready', () => {
    if (unreachable) logger.info({ connection: name }, 'Redis connection restored');
    unreachable = false;
  });
  try {
    await withDeadline(redis.connect(), START_MS);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw unusable(url, lastError ?? error);
  }
}

/** Host and port only: the rest of the address may hold credentials. */
export function serverAt(url: string): string {
  const { hostname, port } = new URL(url);
  return `Redis at ${hostname}:${port || 6379}`;
}

/** The refusal to start with this Redis, in one line. Redis repeats no password in its errors. */
export function unusable(url: string, cause: unknown): StartupError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, ' ');
  return new StartupError(`REDIS_URL: ${serverAt(url)} cannot be used (${reason}).`, { cause });
}

/** @throws DomainError UNAVAILABLE in place of any failure of Redis */
export async function orUnavailable<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw unavailable('The message log cannot be reached right now.', 2, error);
  }
}
