import { done, openStore } from './indexed-db';
import type { Login } from './session';

/**
 * What the last renewals led to, for the tab that comes next. Local storage will not do: a tab may hold the lock before it hears
 * what the tab before it has stored. IndexedDB shows every transaction that has ended.
 */
export interface Renewals {
  /** The log-in that came of the access token `spent`, if a tab has renewed it. */
  after(spent: string): Promise<Login | undefined>;
  keep(spent: string, next: Login): Promise<void>;
  forget(): Promise<void>;
}

const KEY = 'last';
/** No tab sleeps through more without hearing of the log-in by local storage. */
const KEPT = 10;

interface Chain {
  readonly spent: readonly string[];
  readonly next: Login;
}

/** Where a browser has no IndexedDB to give, tabs have local storage alone. */
export function openRenewals(factory: IDBFactory): Renewals {
  const opening = openStore(factory, 'jungle-buzz.renewals', 'renewals', {}).catch(() => null);
  const read = async (): Promise<Chain | undefined> => {
    const store = await opening;
    return store ? await done(store('readonly').get(KEY) as IDBRequest<Chain | undefined>) : undefined;
  };
  return {
    after: async (spent) => {
      const chain = await read();
      // Two tokens of one second are the same text.
      return chain?.spent.includes(spent) && chain.next.accessToken !== spent ? chain.next : undefined;
    },
    keep: async (spent, next) => {
      const before = await read();
      const chain: Chain = { spent: [...(before?.next.accessToken === spent ? before.spent : []), spent].slice(-KEPT), next };
      const store = await opening;
      if (store) await done(store('readwrite').put(chain, KEY));
    },
    forget: async () => {
      const store = await opening;
      if (store) await done(store('readwrite').delete(KEY));
    },
  };
}
