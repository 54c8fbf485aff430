import { ObjectStore } from './object-store';
import type { Change, ChangeStorage } from './changes';
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

/** Changes of notes in IndexedDB. */
export function openChangeStorage(): ChangeStorage {
  const store = new ObjectStore('jungle-buzz.changes', 'changes', { keyPath: 'key' });
  return {
    all: () => store.transact('readonly', async (changes) => (await changes.getAll()) as Change[]),
    get: (key) => store.transact('readonly', async (changes) => (await changes.get(key)) as Change | undefined),
    put: (change) =>
      store.transact('readwrite', async (changes) => {
        await changes.put(change);
      }),
    remove: ({ key, id }) =>
      store.transact('readwrite', async (changes) => {
        if (((await changes.get(key)) as Change | undefined)?.id === id) await changes.delete(key);
      }),
  };
}
