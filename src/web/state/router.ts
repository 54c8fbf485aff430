import { createStore, type Store } from './store';

export type View = 'wall' | 'me' | 'letters' | 'mood' | 'reports' | 'missing';

export interface Route {
  readonly view: View;
  readonly room: string;
  /** The letter that is open. */
  readonly letter?: string;
}

export const MAIN_ROOM = 'main';

/** `missing` for a path without a page. */
export function parseRoute(url: URL): Route {
  const path = url.pathname.replace(/\/+$/, '');
  const inPath = /^\/rooms\/([a-z0-9-]{1,40})$/.exec(path)?.[1];
  if (inPath !== undefined) return { view: 'wall', room: inPath };
  const room = url.searchParams.get('room') ?? MAIN_ROOM;
  const letter = url.searchParams.get('letter');
  if (path === '/letters') return { view: 'letters', room, ...(letter !== null && { letter }) };
  if (path === '/mood') return { view: 'mood', room };
  if (path === '/reports') return { view: 'reports', room };
  if (path === '/me') return { view: 'me', room };
  return { view: path === '' ? 'wall' : 'missing', room: MAIN_ROOM };
}

export function hrefOf({ view, room, letter }: Route): string {
  if (view === 'missing') return location.pathname;
  if (view === 'wall') return room === MAIN_ROOM ? '/' : `/rooms/${room}`;
  const query = new URLSearchParams({ ...(room !== MAIN_ROOM && { room }), ...(letter !== undefined && { letter }) }).toString();
  return `/${view}${query && `?${query}`}`;
}

/** The page that the address names. It follows the back button. */
export const openRouter = (): { route: Store<Route>; go: (route: Route) => void } => {
  const route = createStore(parseRoute(new URL(location.href)));
  addEventListener('popstate', () => route.set(parseRoute(new URL(location.href))));
  return {
    route,
    go: (next) => {
      if (hrefOf(next) !== hrefOf(route.get())) history.pushState(null, '', hrefOf(next));
      route.set(next);
    },
  };
};
