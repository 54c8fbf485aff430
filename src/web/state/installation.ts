import { openBackgroundLogin } from './background-login';
import type { BrowserStorage } from './browser-storage';
import type { DraftStorage } from './outbox';
import type { Session } from './session';
import { createStore, type Store } from './store';

export interface Installation {
  /** Loads the new version, if one is ready. */
  readonly update: Store<(() => void) | null>;
  /** Asks the browser to install the app, if it can and the person was not asked before. */
  readonly install: Store<(() => void) | null>;
  /** The person does not want to install it. */
  dismiss(): void;
}

/** Not in the types of the DOM. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

const ASKED = 'jungle-buzz.install-asked';
const CHECK_MS = 3_600_000;

/** Over plain HTTP, and in browsers without service workers, the page works without all of this. */
export const hasServiceWorker = (): boolean => isSecureContext && 'serviceWorker' in navigator;

/** @param onWake the service worker asks to send what waits */
export function openInstallation(storage: BrowserStorage, onWake: () => void): Installation {
  const update = createStore<(() => void) | null>(null);
  const install = createStore<(() => void) | null>(null);
  const dismiss = (): void => {
    storage.setItem(ASKED, String(Date.now()));
    install.set(null);
  };
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    if (storage.getItem(ASKED) !== null) return;
    install.set(() => {
      dismiss();
      void (event as InstallPrompt).prompt();
    });
  });
  if (hasServiceWorker()) void follow(update, onWake).catch(() => undefined);
  return { update, install, dismiss };
}

/** Not in the types of the DOM. */
interface BackgroundSync {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** Asks the browser, where it can, to send what waits as soon as there is a network, also after the page was closed. */
export function syncInBackground(storage: DraftStorage): DraftStorage {
  if (!hasServiceWorker()) return storage;
  return {
    ...storage,
    put: async (draft) => {
      await storage.put(draft);
      const registration = (await navigator.serviceWorker.getRegistration()) as BackgroundSync | undefined;
      registration?.sync?.register('outbox').catch(() => undefined);
    },
  };
}

/** Keeps the login of the page for the service worker. @param url address of the API */
export function followLogin({ login }: Pick<Session, 'login'>, url: string): void {
  if (!hasServiceWorker()) return;
  const store = openBackgroundLogin();
  const keep = (): void => {
    const current = login.get();
    const done = current ? store.keep({ url, username: current.username, token: current.accessToken }) : store.forget();
    done.catch(() => undefined);
  };
  login.subscribe(keep);
  keep();
}

async function follow(update: Store<(() => void) | null>, onWake: () => void): Promise<void> {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', ({ data }) => {
    if (data === 'send-waiting') onWake();
  });
  const registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const offer = (): void => {
    const { waiting } = registration;
    // Without a controller it is the first version.
    if (!waiting || !serviceWorker.controller) return;
    update.set(() => {
      serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage('take-over');
    });
  };
  offer();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
  setInterval(() => void registration.update().catch(() => undefined), CHECK_MS);
}
