import { Redis, type RedisOptions } from 'ioredis';
import { unavailable } from '../../domain/errors';
import { StartupError } from '../../domain/startup-error';
import type { Logger } from '../../ports/logger';

const CONNECT_MS = 2_000;
/** A command without an answer for this long has failed, and a silent connection is replaced. */
const ANSWER_MS = 3_000;
const RECONNECT_MAX_MS = 250;
/** Whole start, name look-up and all retries included. */
const START_MS = 3_000;

/**
 * Nothing is queued while the connection is away and nothing is sent twice: what a lost connection means is for the caller of
 * each command to say.
 */
const OPTIONS: RedisOptions = {
  connectTimeout: CONNECT_MS,
  socketTimeout: ANSWER_MS,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (attempt) => Math.min(50 * attempt, RECONNECT_MAX_MS),
  lazyConnect: true,
};

/** What the connection is for, and what a failure is logged as. */
export interface Connecting {
  readonly url: string;
  readonly logger: Logger;
  readonly name: string;
}

/**
 * Opens one connection, which from then on reconnects by itself.
 * @throws StartupError naming REDIS_URL, without its credentials
 */
export async function connect({ url, logger, name }: Connecting): Promise<Redis> {
  const redis = new Redis(url, { ...OPTIONS, connectionName: `jungle-buzz-${name}` });
  let lastError: unknown;
  let away = false;
  redis.on('error', (err) => {
    lastError = err;
    if (!away) logger.warn({ err, connection: name }, 'Redis is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.info({ connection: name }, 'Redis is back');
    away = false;
  });
  try {
    await withDeadline(redis.connect(), START_MS);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new StartupError(`REDIS_URL: ${placeOf(url)} cannot be used (${reason(lastError ?? error)}).`, {
      cause: lastError ?? error,
    });
  }
}

/** Host and port only: the rest may hold credentials. */
export function placeOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `Redis at ${hostname}:${port || 6379}`;
}

/** @throws DomainError UNAVAILABLE in place of any failure of Redis */
export async function answer<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw unavailable('The message log cannot be reached right now.', 2, error);
  }
}

/** One line; Redis repeats no password in its errors. */
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');

async function withDeadline<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${ms / 1000} s`));
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
