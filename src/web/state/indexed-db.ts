/** The answer of one request. */
export const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });

/**
 * Opens a database of one store.
 * @returns the store, in a transaction of its own
 */
export async function openStore(
  factory: IDBFactory,
  database: string,
  store: string,
  options: IDBObjectStoreParameters,
): Promise<(mode: IDBTransactionMode) => IDBObjectStore> {
  const opening = factory.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store, options);
  const opened = await done(opening);
  return (mode) => opened.transaction(store, mode).objectStore(store);
}
