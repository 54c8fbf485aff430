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

export function memoryDraftStorage(): DraftStorage {
  const drafts = new Map<string, Draft>();
  return {
    all: () => Promise.resolve([...drafts.values()]),
    has: (id) => Promise.resolve(drafts.has(id)),
    put: (draft) => Promise.resolve(void drafts.set(draft.clientMessageId, draft)),
    remove: (id) => Promise.resolve(void drafts.delete(id)),
  };
}
