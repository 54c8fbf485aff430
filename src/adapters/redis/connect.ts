import { setTimeout as delay } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { DomainError, unavailable } from '../../domain/errors';
import { StartupError } from '../../domain/startup-error';
import type { Logger } from '../../ports/logger';
import { DeadlineError, withDeadline } from '../../util/deadline';
import { isInProtectedMode } from './protected-mode';

const CONNECT_MS = 2_000;
/** A command without an answer for this long has failed, and its connection is replaced. */
export const ANSWER_MS = 3_000;
const RECONNECT_MAX_MS = 250;
/** One attempt of a start, with name look-up and handshake. */
const ATTEMPT_MS = 5_000;
/** How long a start waits for an answer. Up to JITTER more, so that processes that fail together do not restart together. */
const START_MS = 30_000;
const JITTER = 0.2;
const PAUSE_MS = 500;
/** A busy server or network, which may answer later. Every other failure is a wrong address or setting. */
const NO_ANSWER =
  /ETIMEDOUT|ECONNRESET|EPIPE|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|timeout|Connection is closed|max retries per request|^LOADING|^BUSY/i;
/** Of a primary that has become a replica: its address leads to the new primary now, or will soon. */
const DEMOTED = /^(READONLY|UNBLOCKED)\b/;

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
  /** Called when the server refuses a write because it has become a replica. The connection is replaced then. */
  readonly onDemoted?: () => void;
  /** False: without INFO at each connect, which waits until the server has loaded its data. */
  readonly waitsForData?: boolean;
  /** Part of each attempt: an error that is no missing answer refuses the connection. */
  readonly verify?: (redis: Redis) => Promise<void>;
  /** How long to wait for an answer, in milliseconds. */
  readonly startMs?: number;
}

/**
 * Opens one connection, which reconnects by itself from then on.
 * @throws StartupError naming REDIS_URL, without its credentials
 */
export async function connect(options: ConnectOptions): Promise<Redis> {
  const { url, logger, name, startMs = START_MS } = options;
  const giveUpAt = performance.now() + startMs * (1 + JITTER * Math.random());
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectOnce(options);
    } catch (error) {
      if (error instanceof StartupError) throw error;
      if (!hasNoAnswer(error) || performance.now() > giveUpAt) {
        throw isUnreachable(error) ? new UnreachableError(unusable(url, error).message, { cause: error }) : unusable(url, error);
      }
      if (attempt === 1) {
        logger.warn({ err: error, connection: name }, 'no answer from Redis; retrying');
        if (await isInProtectedMode(url)) throw closedByProtectedMode(url, error);
      }
      await delay(PAUSE_MS * (0.5 + Math.random()));
    }
  }
}

/** @throws the error that tells most about why it failed */
async function connectOnce(options: ConnectOptions): Promise<Redis> {
  const redis = createClient(options);
  let lastError: unknown;
  const onError = (err: unknown): void => {
    lastError = err;
  };
  redis.on('error', onError);
  try {
    await withDeadline(redis.connect(), ATTEMPT_MS);
    await withDeadline(Promise.resolve(options.verify?.(redis)), ATTEMPT_MS);
    redis.off('error', onError);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error instanceof StartupError ? error : (lastError ?? error);
  }
}

/** A client that reconnects by itself once `connect` was called, also if that fails. */
export function createClient({
  url,
  logger,
  name,
  onDemoted,
  waitsForData = true,
}: Omit<ConnectOptions, 'verify' | 'startMs'>): Redis {
  const redis = new Redis(url, {
    ...OPTIONS,
    connectionName: `jungle-buzz-${name}`,
    enableReadyCheck: waitsForData,
    reconnectOnError: ({ message }) => {
      if (!DEMOTED.test(message)) return false;
      onDemoted?.();
      return true;
    },
  });
  redis.on('close', () => {
    // ioredis 5.11 leaves this timer of socketTimeout running, and it would destroy the next connection.
    clearTimeout(redis['socketTimeoutTimer'] as NodeJS.Timeout | undefined);
    redis['socketTimeoutTimer'] = undefined;
  });
  let lastError: unknown;
  // Until the first connection is made, the caller logs.
  let unreachable = true;
  redis.on('error', (err) => {
    lastError = err;
    if (!unreachable) logger.warn({ err, connection: name }, 'Redis connection lost; reconnecting');
    unreachable = true;
  });
  redis.on('ready', () => {
    if (unreachable && lastError !== undefined) logger.info({ connection: name }, 'Redis connection restored');
    unreachable = false;
  });
  return redis;
}

const hasNoAnswer = (error: unknown): boolean =>
  error instanceof DeadlineError || (error instanceof Error && NO_ANSWER.test(error.message));

/** No server answers at the address, or it cannot be found. One that runs again later can be used. */
export class UnreachableError extends StartupError {}

const isUnreachable = (error: unknown): boolean => hasNoAnswer(error) || /ECONNREFUSED|ENOTFOUND/.test(String(error));

/** Host and port only: the rest of the address may hold credentials. */
export function serverAt(url: string): string {
  const { hostname, port } = new URL(url);
  return `Redis at ${hostname}:${port || 6379}`;
}

/** Whether the user of the connection lacks a right. */
export const isForbidden = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOPERM');

/** The refusal to start with this Redis, in one line. Redis repeats no password in its errors. */
export function unusable(url: string, cause: unknown): StartupError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, ' ');
  const advice = isForbidden(cause) ? ' Grant its user all commands on the keys jb:* and the channels jb:*.' : '';
  return new StartupError(`REDIS_URL: ${serverAt(url)} cannot be used (${reason}).${advice}`, { cause });
}

function closedByProtectedMode(url: string, cause: unknown): StartupError {
  const advice = 'Set a password there (requirepass) and add it to REDIS_URL.';
  return new StartupError(`REDIS_URL: ${serverAt(url)} is in protected mode and refuses other machines. ${advice}`, { cause });
}

/** Redis is at its maxmemory and refuses what needs more. */
const isOutOfMemory = (error: unknown): boolean => error instanceof Error && error.message.includes('OOM ');

/** @throws DomainError UNAVAILABLE in place of any failure of Redis */
export async function orUnavailable<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (isOutOfMemory(error)) throw unavailable('The message log is full. Please try again later.', 10, error);
    throw unavailable('The message log cannot be reached right now.', 2, error);
  }
}
