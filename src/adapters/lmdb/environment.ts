import { open, type Database, type Key, type RootDatabase } from 'lmdb';
import { DomainError, unavailable } from '../../domain/errors';

export const MAX_DATABASES = 64;
/** LMDB's own limit is 1,978 bytes; ours leaves room for the other parts of a composed key. */
const MAX_TEXT_KEY_BYTES = 1_024;

/**
 * One LMDB environment: a folder with one file of named databases. Reads are synchronous and cost microseconds; all changes go
 * through `write`, which runs them in one transaction and resolves when it is on the disk.
 *
 * `overlappingSync` is off: a commit then syncs (fdatasync) before its meta page is written, so what readers can see is durable,
 * and a failed commit has changed nothing. `eventTurnBatching` is off because a failed commit would otherwise reject a promise
 * that lmdb keeps to itself, which ends the process as an unhandled rejection.
 */
export class Environment {
  private closed = false;
  private readonly root: RootDatabase;

  constructor(path: string) {
    this.root = open({ path, noSubdir: false, maxDbs: MAX_DATABASES, overlappingSync: false, eventTurnBatching: false });
  }

  database<V, K extends Key>(name: string): Database<V, K> {
    return this.root.openDB<V, K>(name, {});
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

/** Looks up text that came from outside: LMDB would throw on a key that is empty or too long, which nothing was ever stored under. */
export const lookUp = <V>(db: Database<V, string>, key: string): V | undefined =>
  key === '' || Buffer.byteLength(key) > MAX_TEXT_KEY_BYTES ? undefined : db.get(key);

/** The greatest key, or undefined in an empty database. */
export function lastKey<K extends Key>(db: Database<unknown, K>): K | undefined {
  const [key] = [...db.getKeys({ reverse: true, limit: 1 })];
  return key;
}
