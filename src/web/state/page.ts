import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { connectLive, type LiveClient, type LiveState } from '../../client';
import { unmask } from '../generated/fragment-masking';
import {
  LogoutDocument,
  LogoutEverywhereDocument,
  MeDocument,
  RoomsDocument,
  SendDocument,
  WallNoteFragmentDoc,
  type RoomsQuery,
} from '../generated/graphql';
import type { Endpoints } from '../endpoints';
import { DICTIONARIES, type Words } from '../words/words';
import { openDraftStorage } from './draft-storage';
import { Outbox } from './outbox';
import { ReadLetters } from './read-letters';
import { openRenewals } from './renewals';
import { RoomFeed } from './room-feed';
import { MAIN_ROOM, openRouter, type Route } from './router';
import { Session } from './session';
import type { Settings } from './settings';
import type { Note } from './timeline';
import { createStore, type Store } from './store';
import { useStore } from './use-store';

export interface AccountForm {
  readonly form: 'log-in' | 'sign-up';
  /** What the person wanted to do when the form opened by itself. */
  readonly why?: 'write' | 'room' | 'report';
}

/** The dialog that is open. A note opens its menu. */
export type Dialog = AccountForm | 'room' | Note | null;
export type RoomInfo = RoomsQuery['rooms'][number];

/** What the parts of the page share. */
export interface Page {
  readonly settings: Settings;
  readonly session: Session;
  readonly outbox: Outbox;
  readonly letters: ReadLetters;
  readonly route: Store<Route>;
  readonly go: (route: Route) => void;
  readonly connection: Store<LiveState>;
  readonly rooms: Store<readonly RoomInfo[]>;
  readonly feed: Store<RoomFeed>;
  readonly dialog: Store<Dialog>;
  readonly isAdmin: Store<boolean>;
  readonly isModerator: Store<boolean>;
  /** Notes that came while nobody looked at the page. */
  readonly unread: Store<number>;
  readonly loadRooms: () => Promise<void>;
  readonly logOut: (everywhere: boolean) => Promise<void>;
}

const STORAGE_EVENT_LOGIN = 'jungle-buzz.login';

/** Opens everything that lives as long as the page. */
export function openPage({ http, ws }: Endpoints, settings: Settings): Page {
  const { route, go } = openRouter();
  const session = new Session({ url: http, storage: localStorage, locks: navigator.locks, renewals: openRenewals(indexedDB) });
  const letters = new ReadLetters(localStorage, () => session.login.get()?.username ?? '');
  const connection = createStore<LiveState>('connecting');
  const unread = createStore(0);
  /** What the socket was opened with: by the time it is refused, another request may have renewed the log-in. */
  let shown: string | null = null;
  const live = connectLive({
    url: ws,
    accessToken: () => (shown = session.login.get()?.accessToken ?? null),
    onForbidden: async () => {
      if (shown) await session.renew(shown);
    },
    onState: (state) => connection.set(state),
  });
  const outbox = new Outbox({
    storage: openDraftStorage(indexedDB),
    send: async ({ clientMessageId, room, text }) => {
      const { sendChat } = await session.run(SendDocument, { clientMessageId, room, text });
      return unmask(WallNoteFragmentDoc, sendChat);
    },
    owner: () => session.login.get()?.username ?? null,
    alone: async (work) => await navigator.locks.request('jungle-buzz.outbox', work),
    now: Date.now,
    newId: () => crypto.randomUUID(),
  });
  const feedOf = (room: string): RoomFeed =>
    new RoomFeed({
      room,
      live,
      session,
      onNew: (notes) => {
        outbox.arrived(new Set(notes.map(({ id }) => id)));
        if (document.hidden) unread.set(unread.get() + notes.length);
      },
      onLetter: (id) => letters.learn(room, id),
    });
  const page: Page = {
    settings,
    session,
    outbox,
    letters,
    route,
    go,
    connection,
    rooms: createStore<readonly RoomInfo[]>([]),
    feed: createStore(feedOf(route.get().room)),
    dialog: createStore<Dialog>(null),
    isAdmin: createStore(false),
    isModerator: createStore(false),
    unread,
    loadRooms: async () => {
      // The wall does without the list of rooms until the next time.
      const { rooms } = await session.run(RoomsDocument, {}).catch(() => ({ rooms: page.rooms.get() }));
      // Everyone's wall first, then as they were made.
      page.rooms.set([...rooms].sort((a, b) => Number(b.id === MAIN_ROOM) - Number(a.id === MAIN_ROOM)));
    },
    logOut: async (everywhere) => {
      // The log-in is gone from this browser whether or not the server could be told.
      const told = everywhere ? session.run(LogoutEverywhereDocument, {}) : session.run(LogoutDocument, {});
      await told.catch(() => undefined);
      session.forget();
    },
  };
  route.subscribe(() => {
    const { room } = route.get();
    const before = page.feed.get();
    if (before.room === room) return;
    before.close();
    page.feed.set(feedOf(room));
    void page.loadRooms();
  });
  followPerson(page, live);
  followBrowser(page, live);
  void page.loadRooms();
  void outbox.restore();
  return page;
}

/** The socket, the outbox and what an administrator sees belong to whoever is logged in. */
function followPerson({ session, outbox, letters, isAdmin, isModerator }: Page, live: LiveClient): void {
  const ask = async (): Promise<void> => {
    const me = session.login.get() && (await session.run(MeDocument, {}).catch(() => null))?.me;
    isAdmin.set(me?.isAdmin ?? false);
    isModerator.set(me?.isModerator ?? false);
  };
  let username = session.login.get()?.username;
  session.login.subscribe(() => {
    const next = session.login.get()?.username;
    if (next === username) return;
    username = next;
    live.reconnect();
    letters.reload();
    void ask();
    void outbox.wake();
  });
  void ask();
}

function followBrowser({ session, outbox, letters, connection, unread }: Page, live: LiveClient): void {
  addEventListener('storage', ({ key }) => {
    if (key === STORAGE_EVENT_LOGIN) session.reload();
    else letters.reload();
  });
  addEventListener('online', () => {
    if (connection.get() === 'offline') live.reconnect();
    void outbox.wake();
  });
  // A socket may take a minute to notice.
  addEventListener('offline', () => live.reconnect());
  connection.subscribe(() => {
    if (connection.get() === 'live') void outbox.wake();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) unread.set(0);
  });
}

// Set by main before anything is rendered.
export const PageContext = createContext<Page>(undefined as unknown as Page);
export const usePage = (): Page => useContext(PageContext);
export function useWords(): Words {
  return DICTIONARIES[useStore(usePage().settings.locale)];
}
