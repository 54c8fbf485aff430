import type { Change, ChangeStorage } from '../../../src/web/state/changes';

/** Changes of notes in memory, in place of IndexedDB. */
export function memoryChangeStorage(): ChangeStorage {
  const changes = new Map<string, Change>();
  return {
    all: () => Promise.resolve([...changes.values()]),
    get: (key) => Promise.resolve(changes.get(key)),
    put: (change) => Promise.resolve(void changes.set(change.key, change)),
    remove: ({ key, id }) => {
      if (changes.get(key)?.id === id) changes.delete(key);
      return Promise.resolve();
    },
  };
}
