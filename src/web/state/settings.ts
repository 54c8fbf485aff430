import type { BrowserStorage } from './browser-storage';
import { createStore, type Store } from './store';

export type Locale = 'ko' | 'en';
export type Theme = 'system' | 'light' | 'dark';

/** A choice kept by the browser; `otherwise` until somebody chooses. */
function kept<T extends string>(storage: BrowserStorage, key: string, allowed: readonly T[], otherwise: T): Store<T> {
  const name = `jungle-buzz.${key}`;
  const raw = storage.getItem(name) as T | null;
  const store = createStore(raw !== null && allowed.includes(raw) ? raw : otherwise);
  store.subscribe(() => storage.setItem(name, store.get()));
  return store;
}

export interface Settings {
  readonly locale: Store<Locale>;
  readonly theme: Store<Theme>;
}

/** Language by the browser and light or dark by the system, until somebody chooses. */
export function openSettings(storage: BrowserStorage): Settings {
  const root = document.documentElement;
  const locale = kept<Locale>(storage, 'locale', ['ko', 'en'], navigator.language.startsWith('ko') ? 'ko' : 'en');
  const theme = kept<Theme>(storage, 'theme', ['system', 'light', 'dark'], 'system');
  const apply = (): void => {
    root.lang = locale.get();
    // theme.js does the same before the first paint.
    root.dataset['theme'] = theme.get();
  };
  locale.subscribe(apply);
  theme.subscribe(apply);
  apply();
  return { locale, theme };
}
