import type { Draft, DraftStorage } from '../../../src/web/state/outbox';

/** Drafts in memory, in place of IndexedDB. */
export function memoryDraftStorage(): DraftStorage {
  const drafts = new Map<string, Draft>();
  return {
    all: () => Promise.resolve([...drafts.values()]),
    has: (id) => Promise.resolve(drafts.has(id)),
    put: (draft) => Promise.resolve(void drafts.set(draft.clientMessageId, draft)),
    remove: (id) => Promise.resolve(void drafts.delete(id)),
  };
}
