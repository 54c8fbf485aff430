import { done, openStore } from './indexed-db';
import { memoryDraftStorage } from './memory-draft-storage';
import type { Draft, DraftStorage } from './outbox';

/** Drafts in IndexedDB; where a browser has none to give (some private windows), in memory. Nobody has to wait until it is open. */
export function openDraftStorage(factory: IDBFactory): DraftStorage {
  const storage = open(factory).catch(memoryDraftStorage);
  return {
    all: async () => (await storage).all(),
    has: async (id) => (await storage).has(id),
    put: async (draft) => (await storage).put(draft),
    remove: async (id) => (await storage).remove(id),
  };
}

async function open(factory: IDBFactory): Promise<DraftStorage> {
  const store = await openStore(factory, 'jungle-buzz', 'drafts', { keyPath: 'clientMessageId' });
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
}
