import { ConnectionStates, createConnection, mongo, MongooseError, type Connection, type Model } from 'mongoose';
import { DomainError, unavailable } from '../../domain/errors';
import { StartupError } from '../../domain/startup-error';
import type { Logger } from '../../ports/logger';
import { DeadlineError, withDeadline } from '../../util/deadline';
import { pause } from '../../util/repeat';

const SELECT_MS = 3_000;
/** An attempt that begins while the server is away ends after this long, and only then is the next one made. */
const CONNECT_MS = 2_000;
/** How soon the driver notices that a server is reachable again, or no longer. */
const HEARTBEAT_MS = 1_000;
/** For operations that a caller waits for. A write that takes longer may still happen; all writes here may be repeated. */
const ANSWER_MS = 4_000;
/** A connection that receives nothing for this long during an operation is closed. Longer than every deadline. */
const SOCKET_MS = 35_000;
/** Operations at a time; others wait for at most SELECT_MS. */
const POOL = 20;
const RECONNECT_MS = 1_000;
const DUPLICATE_KEY = 11_000;
const INDEX_NOT_FOUND = 27;
/** Codes of server errors that no retry changes: unauthorized, authentication failed. */
const FORBIDDEN = new Set([13, 18, 8000]);
/** Of Node's own errors, for a connection that broke while the driver wrote to it. */
const BROKEN_CONNECTION = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Codes of server errors that pass by themselves: shutting down, not primary, write concern not met in time, time limit, and the like. */
const TRANSIENT = new Set([6, 7, 50, 64, 89, 91, 100, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436]);

/** An index that earlier versions made. Writes would go on paying for it. */
export interface ObsoleteIndex {
  readonly collection: string;
  readonly index: string;
}

/**
 * The connection to MongoDB. Nothing is buffered: while the server is unreachable, or does not have our indexes yet, every
 * operation rejects with UNAVAILABLE.
 */
export class MongoGate {
  readonly connection: Connection;
  private ready = false;
  private opening: Promise<void> | undefined;
  private readonly closing = new AbortController();

  constructor(
    private readonly uri: string,
    private readonly logger: Logger,
    private readonly obsolete: readonly ObsoleteIndex[] = [],
  ) {
    this.connection = createConnection();
    // Operations reject with these errors themselves; without a listener they would end the process.
    this.connection.on('error', (err: unknown) => {
      logger.debug({ err }, 'MongoDB connection error');
    });
  }

  /** Whether the server has been reached once and has our indexes. During a later outage each operation rejects by itself. */
  get isReady(): boolean {
    return this.ready;
  }

  /**
   * Connects, makes the indexes of all models and drops the obsolete ones. Resolves after the first attempt, also if it failed, and
   * goes on in the background until one succeeds. From then on the driver reconnects by itself.
   * @throws StartupError if the server refuses the user; close the gate then
   */
  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.opening = this.connectUntilReady((error) => {
        if (isForbidden(error)) reject(refusal(this.uri, error));
        else resolve();
      });
    });
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
      throw isTransient(error) ? unavailable('The store cannot be reached right now.', 5, error) : error;
    }
  }

  /** A command to the server itself, within `run`. */
  command(command: mongo.Document): Promise<mongo.Document> {
    return this.connection.getClient().db('admin').command(command);
  }

  async close(): Promise<void> {
    this.ready = false;
    this.closing.abort();
    await this.opening;
    await this.connection.close();
  }

  private async connectUntilReady(attempted: (error?: unknown) => void): Promise<void> {
    const { signal } = this.closing;
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (this.connection.readyState !== ConnectionStates.connected) await this.connection.openUri(this.uri, options);
        await this.makeIndexes();
        if (failures > 0) this.logger.info({}, 'MongoDB connection restored');
        this.ready = !signal.aborted;
        attempted();
        return;
      } catch (err) {
        attempted(err);
        if (failures++ === 0) this.logger.warn({ err }, 'MongoDB cannot be used; retrying until it can');
        await pause(RECONNECT_MS, signal);
      }
    }
  }

  private async makeIndexes(): Promise<void> {
    const models = Object.values(this.connection.models) as Model<unknown>[];
    await Promise.all(models.map((model) => model.createIndexes()));
    for (const { collection, index } of this.obsolete) {
      await this.connection
        .collection(collection)
        .dropIndex(index)
        .catch((error: unknown) => {
          if (!(error instanceof mongo.MongoServerError && error.code === INDEX_NOT_FOUND)) throw error;
        });
    }
  }
}

const options = {
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
  serverSelectionTimeoutMS: SELECT_MS,
  connectTimeoutMS: CONNECT_MS,
  heartbeatFrequencyMS: HEARTBEAT_MS,
  waitQueueTimeoutMS: SELECT_MS,
  socketTimeoutMS: SOCKET_MS,
  maxPoolSize: POOL,
  // Needs sessions, which compatible servers lack. All writes here may be repeated by their callers.
  retryWrites: false,
  readPreference: 'primary',
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 30_000 },
} as const;

/** Whether an operation failed because a unique key exists already. */
export const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;

function isTransient(error: unknown): boolean {
  if (error instanceof DomainError) return false;
  if (error instanceof DeadlineError || isBrokenConnection(error)) return true;
  if (error instanceof mongo.MongoServerError) {
    if (error instanceof mongo.MongoBulkWriteError) return !error.code || TRANSIENT.has(Number(error.code));
    return TRANSIENT.has(Number(error.code)) || error instanceof mongo.MongoWriteConcernError;
  }
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoSystemError ||
    error instanceof mongo.MongoDriverError ||
    // Of mongoose, for a connection that was never made.
    (error instanceof MongooseError && error.message.includes('initial connection'))
  );
}

function isBrokenConnection(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof Error && typeof code === 'string' && BROKEN_CONNECTION.has(code);
}

const isForbidden = (error: unknown): boolean => error instanceof mongo.MongoServerError && FORBIDDEN.has(Number(error.code));

/** Names host and database only: the rest of the address may hold credentials, and the driver's error may repeat them. */
function refusal(uri: string, cause: unknown): StartupError {
  const { hosts, dbName } = new mongo.MongoClient(uri).options;
  const rights = Number((cause as mongo.MongoServerError).code) === 13;
  const advice = rights ? `grant it readWrite on the database ${dbName}` : 'check user, password and authSource';
  return new StartupError(`MONGODB_URI: MongoDB at ${hosts.join(', ')} refuses this user: ${advice}.`, { cause });
}
