import { ObjectStore } from './object-store';

/** What the service worker needs for sending notes while no page is open. It never renews a token. */
export interface BackgroundLogin {
  /** Address of the API. */
  readonly url: string;
  readonly username: string;
  readonly token: string;
}

const KEY = 'current';

/** In IndexedDB, because a service worker has no local storage. */
export function openBackgroundLogin() {
  const store = new ObjectStore('jungle-buzz.background', 'logins');
  return {
    read: () => store.transact('readonly', async (logins) => (await logins.get(KEY)) as BackgroundLogin | undefined),
    keep: (login: BackgroundLogin) =>
      store.transact('readwrite', async (logins) => {
        await logins.put(login, KEY);
      }),
    forget: () => store.transact('readwrite', (logins) => logins.delete(KEY)),
  };
}
