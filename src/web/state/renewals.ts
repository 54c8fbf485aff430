import { ObjectStore } from './object-store';
import type { Login, Renewals } from './session';

const KEY = 'last';
/** Spent tokens that are remembered. A tab that slept through more renewals reads the login from local storage. */
const MAX_SPENT = 10;

interface Chain {
  readonly spent: readonly string[];
  readonly next: Login;
}

/** Renewals in IndexedDB. */
export function openRenewals(): Renewals {
  const store = new ObjectStore('jungle-buzz.renewals', 'renewals');
  return {
    after: async (spent) => {
      const chain = await store.transact('readonly', async (chains) => (await chains.get(KEY)) as Chain | undefined);
      // Two tokens that were issued within one second are identical.
      return chain?.spent.includes(spent) && chain.next.accessToken !== spent ? chain.next : undefined;
    },
    keep: (spent, next) =>
      store.transact('readwrite', async (chains) => {
        const before = (await chains.get(KEY)) as Chain | undefined;
        const earlier = before?.next.accessToken === spent ? before.spent : [];
        await chains.put({ spent: [...earlier, spent].slice(-MAX_SPENT), next } satisfies Chain, KEY);
      }),
    forget: () => store.transact('readwrite', (chains) => chains.delete(KEY)),
  };
}
