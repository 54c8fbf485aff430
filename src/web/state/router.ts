import { MAIN_ROOM } from '../../domain/room-title';
import { randomId } from './random-id';
import { createStore, type Store } from './store';

export type View = 'wall' | 'me' | 'letters' | 'mood' | 'reports' | 'admin' | 'reset' | 'join' | 'room-settings' | 'missing';

/** The parts of the place for moderators, besides the reports. */
export const ADMIN_TABS = ['rooms', 'mutes', 'log', 'passwords'] as const;
export type AdminTab = (typeof ADMIN_TABS)[number];

export interface Route {
  readonly view: View;
  readonly room: string;
  /** The letter that is open. */
  readonly letter?: string;
  readonly tab?: AdminTab;
  /** The code of the invitation that is open. */
  readonly code?: string;
}

/** `missing` for a path without a page. */
export function parseRoute(url: URL): Route {
  const path = url.pathname.replace(/\/+$/, '');
  const inPath = /^\/rooms\/([a-z0-9-]{1,40})$/.exec(path)?.[1];
  if (inPath !== undefined) return { view: 'wall', room: inPath };
  const settingsOf = /^\/rooms\/([a-z0-9-]{1,40})\/settings$/.exec(path)?.[1];
  if (settingsOf !== undefined) return { view: 'room-settings', room: settingsOf };
  const [, code] = /^\/join(?:\/([^/]{1,40}))?$/.exec(path) ?? [];
  if (code !== undefined || path === '/join') return { view: 'join', room: MAIN_ROOM, ...(code !== undefined && { code }) };
  const room = url.searchParams.get('room') ?? MAIN_ROOM;
  const letter = url.searchParams.get('letter');
  if (path === '/letters') return { view: 'letters', room, ...(letter !== null && { letter }) };
  if (path === '/mood') return { view: 'mood', room };
  if (path === '/reports') return { view: 'reports', room };
  if (path === '/admin')
    return { view: 'admin', room, tab: ADMIN_TABS.find((tab) => tab === url.searchParams.get('tab')) ?? 'rooms' };
  if (path === '/me') return { view: 'me', room };
  if (path === '/reset') return { view: 'reset', room };
  return { view: path === '' ? 'wall' : 'missing', room: MAIN_ROOM };
}

export function hrefOf({ view, room, letter, tab, code }: Route): string {
  if (view === 'missing') return location.pathname;
  if (view === 'wall') return room === MAIN_ROOM ? '/' : `/rooms/${room}`;
  if (view === 'room-settings') return `/rooms/${room}/settings`;
  if (view === 'join') return code === undefined ? '/join' : `/join/${code}`;
  const query = new URLSearchParams({
    ...(room !== MAIN_ROOM && { room }),
    ...(letter !== undefined && { letter }),
    ...(tab !== undefined && { tab }),
  }).toString();
  return `/${view}${query && `?${query}`}`;
}

export interface Router {
  readonly route: Store<Route>;
  /** Id of the current entry of the browser's history. */
  readonly entry: Store<string>;
  readonly go: (route: Route) => void;
}

/** The page that the address names. It follows the back button. */
export function openRouter(): Router {
  const route = createStore(parseRoute(new URL(location.href)));
  const entry = createStore(entryOf(history.state));
  addEventListener('popstate', () => {
    entry.set(entryOf(history.state));
    route.set(parseRoute(new URL(location.href)));
  });
  return {
    route,
    entry,
    go: (next) => {
      if (hrefOf(next) !== hrefOf(route.get())) {
        const id = randomId();
        history.pushState({ entry: id }, '', hrefOf(next));
        entry.set(id);
      }
      route.set(next);
    },
  };
}

/** The first entry of the tab has no id of its own. */
const entryOf = (state: unknown): string => (state as { readonly entry?: string } | null)?.entry ?? '';
