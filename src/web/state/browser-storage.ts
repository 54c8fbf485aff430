export interface BrowserStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Local or session storage that never throws. Where the browser blocks it or its quota is used up, values are kept in memory, as long
 * as the page is open.
 * @param open may throw: some browsers throw on access if the person blocks all data of sites
 */
export function openStorage(open: () => BrowserStorage): BrowserStorage {
  /** Values that could not be stored; null for keys that could not be removed. */
  const memory = new Map<string, string | null>();
  return {
    getItem: (key) => {
      const kept = memory.get(key);
      if (kept !== undefined) return kept;
      try {
        return open().getItem(key);
      } catch {
        return null;
      }
    },
    setItem: (key, value) => {
      try {
        open().setItem(key, value);
        memory.delete(key);
      } catch {
        remove(open, key);
        memory.set(key, value);
      }
    },
    removeItem: (key) => {
      if (remove(open, key)) memory.delete(key);
      else memory.set(key, null);
    },
  };
}

/** @returns whether it is removed. An outdated value would be worse than none: other tabs read it. */
function remove(open: () => BrowserStorage, key: string): boolean {
  try {
    open().removeItem(key);
    return true;
  } catch {
    return false;
  }
}
