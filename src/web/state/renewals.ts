import { done, openStore } from './indexed-db';
import type { Login, Renewals } from './session';

const KEY = 'last';
/** No tab sleeps through more without hearing of the log-in by local storage. */
const KEPT = 10;

interface Chain {
  readonly spent: readonly string[];
  readonly next: Login;
}

/** In IndexedDB; where a browser has none to give, tabs have local storage alone. */
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
