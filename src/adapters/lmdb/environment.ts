import { open, type Database, type DatabaseOptions, type Key, type RootDatabase } from 'lmdb';
import { DomainError, unavailable } from '../../domain/errors';
import { silentLogger, type Logger } from '../../ports/logger';
import { RecordCodec, type DAMAGED, type DamagedRecord, type Layout } from './record';
import { KeySet, Table } from './table';

const MAX_DATABASES = 64;
/** Damaged records that are logged, so that one which is read often does not fill the log. */
const MAX_DAMAGE_REPORTS = 1_000;

export interface EnvironmentOptions {
  /** Damaged records are logged here, once each. */
  readonly logger?: Logger;
  readonly readOnly?: boolean;
}

/**
 * One LMDB environment: a folder with one file of named databases. Reads are synchronous and cost microseconds; all changes go
 * through `write`, which runs them in one transaction and resolves when it is on the disk.
 *
 * `overlappingSync` is off: a commit then syncs (fdatasync) before its meta page is written, so what readers can see is durable,
 * and a failed commit has changed nothing. `eventTurnBatching` is off because a failed commit would otherwise reject a promise
 * that lmdb keeps to itself, which ends the process as an unhandled rejection.
 */
export class Environment {
  /** Damaged records found so far, as table and key. */
  readonly damaged = new Set<string>();
  private closed = false;
  private readonly root: RootDatabase;
  private readonly logger: Logger;

  constructor(path: string, { logger = silentLogger, readOnly = false }: EnvironmentOptions = {}) {
    const durability = { overlappingSync: false, eventTurnBatching: false };
    this.root = open({ path, noSubdir: false, maxDbs: MAX_DATABASES, readOnly, ...durability });
    this.logger = logger;
  }

  keySet<K extends Key>(name: string): KeySet<K> {
    return new KeySet(this.root.openDB<null, K>(name, {}));
  }

  /** @param layout see RecordCodec */
  table<V, K extends Key>(name: string, layout?: Layout<V>): Table<V, K> {
    // The types of lmdb know no encoder of one's own, its documentation does.
    const options = { encoder: new RecordCodec<V>(layout) } as DatabaseOptions;
    return new Table(this.root.openDB<V | typeof DAMAGED, K>(name, options), name, (error) => {
      this.reportDamage(error);
    });
  }

  /** Values without checksums, in a form that every version of ours reads and writes. */
  plain<V>(name: string): Database<V, string> {
    return this.root.openDB<V, string>(name, {});
  }

  /** The bytes of a table's records. */
  binary(name: string): Database<Buffer> {
    return this.root.openDB<Buffer>(name, { encoding: 'binary' });
  }

  /** Copies the environment as it is at one moment between two commits. */
  async backup(folder: string): Promise<void> {
    await this.root.backup(folder, true);
  }

  /**
   * Runs the query now. It may not keep a range iterator open beyond its end.
   * @throws what the query throws; DomainError UNAVAILABLE once closed
   */
  read<T>(query: () => T): Promise<T> {
    return new Promise((resolve) => {
      this.mustBeOpen();
      resolve(query());
    });
  }

  /**
   * Runs the change inside a write transaction, in the order of the calls; its reads see its own writes. Resolves when durable.
   * Several changes may share a transaction and a throw does not undo the others, so a change checks first and writes last.
   * @throws what the change throws; DomainError UNAVAILABLE, and nothing has changed, when it cannot be written
   */
  async write<T>(change: () => T): Promise<T> {
    this.mustBeOpen();
    let thrown: { readonly error: unknown } | undefined;
    try {
      return await this.root.transaction(() => {
        try {
          return change();
        } catch (error) {
          thrown = { error };
          throw error;
        }
      });
    } catch (error) {
      const cause = await commitError(error);
      if (thrown && (thrown.error instanceof DomainError || !isNative(thrown.error))) throw thrown.error;
      throw unavailable('The data folder cannot be written right now.', 5, thrown?.error ?? cause);
    }
  }

  /** Atomic between processes, and durable on return. Blocks the process: for opening and closing only. */
  writeNow<T>(change: () => T): T {
    return this.root.transactionSync(change);
  }

  /** Waits for the writes under way. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.root.close();
  }

  private reportDamage(err: DamagedRecord): void {
    const record = `${err.table} ${JSON.stringify(err.key)}`;
    if (this.damaged.has(record) || this.damaged.size >= MAX_DAMAGE_REPORTS) return;
    this.damaged.add(record);
    this.logger.error({ err }, 'a record in DATA_DIR is damaged and left out; restore a backup to get it back');
  }

  private mustBeOpen(): void {
    if (this.closed) throw unavailable('The database is closed.');
  }
}

/** lmdb says only that the commit failed; why is in another promise, which must be handled in any case. */
async function commitError(error: unknown): Promise<unknown> {
  if (!hasProperty(error, 'commitError')) return error;
  try {
    await error.commitError;
    return error;
  } catch (cause) {
    return cause;
  }
}

/** LMDB's and the system's own errors carry a number. */
const isNative = (error: unknown): boolean => hasProperty(error, 'code') && typeof error.code === 'number';

/** Not `instanceof Error`: lmdb may come from another realm, as it does under jest, and an unhandled commitError ends the process. */
const hasProperty = <K extends string>(error: unknown, key: K): error is Record<K, unknown> =>
  typeof error === 'object' && error !== null && key in error;
