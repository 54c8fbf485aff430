import { openDB, type IDBPDatabase, type IDBPObjectStore } from 'idb';
import { withDeadline } from '../../util/deadline';

/** IndexedDB can fail to answer at all, for example while another tab holds up an upgrade. */
const TIMEOUT_MS = 2_000;

type Store<M extends IDBTransactionMode> = IDBPObjectStore<unknown, [string], string, M>;

/** An object store of IndexedDB, in a database of its own. A database that the browser has closed is opened again at the next use. */
export class ObjectStore {
  private opening: Promise<IDBPDatabase> | undefined;

  constructor(
    private readonly database: string,
    private readonly store: string,
    private readonly options: IDBObjectStoreParameters = {},
  ) {}

  /**
   * Works in one transaction.
   * @returns once the transaction has committed
   * @throws if it was aborted, if there is no IndexedDB, or if it does not answer within two seconds
   */
  async transact<M extends 'readonly' | 'readwrite', T>(mode: M, work: (store: Store<M>) => Promise<T>): Promise<T> {
    const attempt = async (): Promise<T> => {
      const transaction = (await this.open()).transaction(this.store, mode);
      const [result] = await Promise.all([work(transaction.store as Store<M>), transaction.done]);
      return result;
    };
    const retrying = attempt().catch((error: unknown) => {
      // The browser closed the database without an event.
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      this.opening = undefined;
      return attempt();
    });
    return await withDeadline(retrying, TIMEOUT_MS);
  }

  private async open(): Promise<IDBPDatabase> {
    // The global itself throws where the person blocks all data of sites.
    this.opening ??= Promise.resolve().then(() =>
      openDB(this.database, 1, {
        upgrade: (database) => void database.createObjectStore(this.store, this.options),
        terminated: () => (this.opening = undefined),
      }),
    );
    try {
      return await this.opening;
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }
}
