import { ObjectStore } from './object-store';
import type { Draft, DraftStorage } from './outbox';

/** Drafts in IndexedDB. */
export function openDraftStorage(): DraftStorage {
  const store = new ObjectStore('jungle-buzz', 'drafts', { keyPath: 'clientMessageId' });
  return {
    all: () => store.transact('readonly', async (drafts) => (await drafts.getAll()) as Draft[]),
    has: (id) => store.transact('readonly', async (drafts) => (await drafts.count(id)) > 0),
    put: (draft) =>
      store.transact('readwrite', async (drafts) => {
        await drafts.put(draft);
      }),
    remove: (id) => store.transact('readwrite', (drafts) => drafts.delete(id)),
  };
}
