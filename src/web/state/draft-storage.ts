import { memoryDraftStorage } from './memory-draft-storage';
import type { Draft, DraftStorage } from './outbox';

const STORE = 'drafts';

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });

/** Drafts in IndexedDB; where a browser has none to give (some private windows), in memory. */
export async function openDraftStorage(factory: IDBFactory): Promise<DraftStorage> {
  try {
    const opening = factory.open('jungle-buzz', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'clientMessageId' });
    const database = await done(opening);
    const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE);
    return {
      all: () => done(store('readonly').getAll() as IDBRequest<Draft[]>),
      has: async (id) => (await done(store('readonly').count(id))) > 0,
      put: async (draft) => {
        await done(store('readwrite').put(draft));
      },
      remove: async (id) => {
        await done(store('readwrite').delete(id));
      },
    };
  } catch {
    return memoryDraftStorage();
  }
}
