import { setTimeout as delay } from 'node:timers/promises';
import { ConnectionStates, createConnection, mongo, MongooseError, type Connection, type Model } from 'mongoose';
import { DomainError, unavailable } from '../../domain/errors';
import type { Logger } from '../../ports/logger';

const SELECT_MS = 3_000;
/** How soon a server that is back, or gone, is noticed. */
const HEARTBEAT_MS = 2_000;
/** What somebody waits for. A write that takes longer may still happen, and all writes here may be repeated. */
const ANSWER_MS = 4_000;
/** A connection without a byte for this long is given up; above every deadline but never for ever. */
const SOCKET_MS = 35_000;
/** Operations under way at a time; more wait for at most SELECT_MS. */
const POOL = 20;
const RECONNECT_MS = 1_000;
const DUPLICATE_KEY = 11_000;

/** Server errors that pass: shutting down, not primary, write concern not met in time, time limit, and the like. */
const PASSING = new Set([6, 7, 50, 64, 89, 91, 100, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436]);

/**
 * The one connection to MongoDB. Nothing is buffered: while the server cannot be reached, or has not got our indexes yet, every
 * operation answers UNAVAILABLE.
 */
export class MongoGate {
  readonly connection: Connection;
  private ready = false;
  private closed = false;
  private opening: Promise<void> | undefined;
  private readonly stopped = new AbortController();

  constructor(
    private readonly uri: string,
    private readonly logger: Logger,
  ) {
    this.connection = createConnection();
    // Its errors also come from the operations that met them.
    this.connection.on('error', (err: unknown) => {
      logger.debug({ err }, 'MongoDB connection error');
    });
  }

  /** Whether the server has been reached once and has our indexes. */
  get isReady(): boolean {
    return this.ready;
  }

  /**
   * Connects and makes the indexes of all models. Resolves after the first attempt, whatever came of it; goes on in the
   * background until it succeeds. From then on the driver reconnects by itself.
   */
  async open(): Promise<void> {
    let first: (() => void) | undefined;
    const attempted = new Promise<void>((resolve) => {
      first = resolve;
    });
    this.opening = this.connectUntilReady(() => first?.());
    await attempted;
  }

  /**
   * Runs an operation.
   * @throws DomainError UNAVAILABLE if the server cannot be reached, or does not answer in time; else what the operation throws
   */
  async run<T>(operation: () => Promise<T>, deadlineMs: number = ANSWER_MS): Promise<T> {
    if (!this.ready) throw unavailable('The store cannot be reached right now.');
    try {
      return await withDeadline(operation(), deadlineMs);
    } catch (error) {
      throw isPassing(error) ? unavailable('The store cannot be reached right now.', 5, error) : error;
    }
  }

  /** A command to the server itself, within `run`. */
  command(command: mongo.Document): Promise<mongo.Document> {
    return this.connection.getClient().db('admin').command(command);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.ready = false;
    this.stopped.abort();
    await this.opening;
    await this.connection.close();
  }

  private async connectUntilReady(attempted: () => void): Promise<void> {
    let failures = 0;
    while (!this.isStopped()) {
      try {
        if (this.connection.readyState !== ConnectionStates.connected) await this.connection.openUri(this.uri, options);
        await this.makeIndexes();
        if (failures > 0) this.logger.info({}, 'MongoDB is back');
        this.ready = !this.isStopped();
        attempted();
        return;
      } catch (err) {
        if (failures++ === 0) this.logger.warn({ err }, 'MongoDB cannot be used; trying again until it can');
        attempted();
        await delay(RECONNECT_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      }
    }
  }

  /** By a method, because it changes while others wait. */
  private isStopped(): boolean {
    return this.closed;
  }

  private async makeIndexes(): Promise<void> {
    const models = Object.values(this.connection.models) as Model<unknown>[];
    await Promise.all(models.map((model) => model.createIndexes()));
  }
}

const options = {
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
  serverSelectionTimeoutMS: SELECT_MS,
  connectTimeoutMS: SELECT_MS,
  heartbeatFrequencyMS: HEARTBEAT_MS,
  waitQueueTimeoutMS: SELECT_MS,
  socketTimeoutMS: SOCKET_MS,
  maxPoolSize: POOL,
  // Needs sessions, which compatible servers lack; whatever is written here may be written again.
  retryWrites: false,
  readPreference: 'primary',
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 30_000 },
} as const;

/** @param error of an operation: whether a unique key was there already */
export const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;

function isPassing(error: unknown): boolean {
  if (error instanceof DomainError) return false;
  if (error instanceof LateError) return true;
  if (error instanceof mongo.MongoServerError) {
    if (error instanceof mongo.MongoBulkWriteError) return !error.code || PASSING.has(Number(error.code));
    return PASSING.has(Number(error.code)) || error instanceof mongo.MongoWriteConcernError;
  }
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoSystemError ||
    error instanceof mongo.MongoDriverError ||
    // mongoose's own, for a connection that was never made.
    (error instanceof MongooseError && error.message.includes('initial connection'))
  );
}

class LateError extends Error {}

async function withDeadline<T>(operation: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new LateError(`no answer within ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([operation, late]);
  } finally {
    clearTimeout(timer);
  }
}
