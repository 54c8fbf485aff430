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
import { openAnswering } from './answering';
import type { BrowserStorage } from './browser-storage';
import { connectionNotice, type Notice } from './connection-notice';
import { openDraftStorage } from './draft-storage';
import { openLocks } from './locks';
import { Outbox } from './outbox';
import { randomId } from './random-id';
import { ReadLetters } from './read-letters';
import { openRenewals } from './renewals';
import { RoomFeed } from './room-feed';
import { MAIN_ROOM, openRouter, type Route } from './router';
import { Session } from './session';
import type { Question } from './room-question';
import type { Settings } from './settings';
import type { Note } from './timeline';
import { createStore, type Store } from './store';
import { TextDrafts } from './text-drafts';
import { useStore } from './use-store';

export interface AccountForm {
  readonly form: 'log-in' | 'sign-up';
  /** What the person wanted to do when the form opened by itself. */
  readonly why?: 'write' | 'room' | 'report';
}

/** The dialog that is open. A note opens its menu. */
export type Dialog = AccountForm | 'room' | Note | null;
export type RoomInfo = RoomsQuery['rooms'][number];

/** The state that the parts of the page share. */
export interface Page {
  readonly settings: Settings;
  readonly session: Session;
  readonly outbox: Outbox;
  readonly texts: TextDrafts;
  /** The question that the note in the composer answers. */
  readonly answering: Store<Question | null>;
  readonly letters: ReadLetters;
  readonly route: Store<Route>;
  readonly go: (route: Route) => void;
  readonly connection: Store<LiveState>;
  readonly notice: Store<Notice | null>;
  readonly rooms: Store<readonly RoomInfo[]>;
  readonly feed: Store<RoomFeed>;
  readonly dialog: Store<Dialog>;
  readonly isAdmin: Store<boolean>;
  readonly isModerator: Store<boolean>;
  /** Notes that came while the tab was hidden. */
  readonly unread: Store<number>;
  readonly loadRooms: () => Promise<void>;
  readonly logOut: (everywhere: boolean) => Promise<void>;
}

const LOGIN = 'jungle-buzz.login';
/** Written at each logout, so that the other tabs clear what the person has typed. */
const LOGGED_OUT = 'jungle-buzz.logged-out';

/** Opens the state of the page. */
export function openPage({ http, ws }: Endpoints, settings: Settings, storage: BrowserStorage): Page {
  const { route, go } = openRouter();
  const locks = openLocks();
  const session = new Session({ url: http, storage, locks, renewals: openRenewals() });
  const texts = new TextDrafts(session.person.get());
  const letters = new ReadLetters(storage, () => session.login.get()?.username ?? '');
  const connection = createStore<LiveState>('connecting');
  const unread = createStore(0);
  /** The token that the socket was opened with. When it is refused, another request may have renewed the login already. */
  let socketToken: string | null = null;
  const live = connectLive({
    url: ws,
    accessToken: () => (socketToken = session.login.get()?.accessToken ?? null),
    onForbidden: async () => {
      if (socketToken) await session.renew(socketToken);
    },
    onState: (state) => connection.set(state),
  });
  const outbox = new Outbox({
    storage: openDraftStorage(),
    send: async ({ clientMessageId, room, text, answers = null }) => {
      const { sendChat } = await session.run(SendDocument, { clientMessageId, room, text, answers });
      return unmask(WallNoteFragmentDoc, sendChat);
    },
    owner: () => session.login.get()?.username ?? null,
    alone: (work) => locks.request('jungle-buzz.outbox', work),
    now: Date.now,
    newId: randomId,
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
    texts,
    answering: openAnswering(),
    letters,
    route,
    go,
    connection,
    notice: connectionNotice(connection),
    rooms: createStore<readonly RoomInfo[]>([]),
    feed: createStore(feedOf(route.get().room)),
    dialog: createStore<Dialog>(null),
    isAdmin: createStore(false),
    isModerator: createStore(false),
    unread,
    loadRooms: async () => {
      // If this fails, the list stays as it was.
      const { rooms } = await session.run(RoomsDocument, {}).catch(() => ({ rooms: page.rooms.get() }));
      // Everyone's wall first, then in the order of the server.
      page.rooms.set([...rooms].sort((a, b) => Number(b.id === MAIN_ROOM) - Number(a.id === MAIN_ROOM)));
    },
    logOut: async (everywhere) => {
      // This browser forgets the login whether or not the server can be reached.
      const revoked = everywhere ? session.run(LogoutEverywhereDocument, {}) : session.run(LogoutDocument, {});
      clearWords(page);
      await revoked.catch(() => undefined);
      storage.setItem(LOGGED_OUT, String(Date.now()));
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

/** Deletes what the person has typed and not sent. */
function clearWords({ session, outbox, texts, answering }: Page): void {
  const person = session.person.get();
  if (person !== null) outbox.dropAll(person);
  texts.clear();
  answering.set(null);
}

/** The socket, the outbox and the rights of moderators belong to whoever is logged in. */
function followPerson({ session, outbox, texts, letters, isAdmin, isModerator }: Page, live: LiveClient): void {
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
    texts.changePerson(session.person.get());
    void outbox.changeOwner();
  });
  void ask();
}

function followBrowser(page: Page, live: LiveClient): void {
  const { session, outbox, letters, connection, unread } = page;
  addEventListener('storage', ({ key }) => {
    if (key === LOGGED_OUT) clearWords(page);
    else if (key === LOGIN) session.reload();
    else letters.reload();
  });
  addEventListener('online', () => {
    if (connection.get() === 'offline') live.reconnect();
    void outbox.wake();
  });
  // Without this, a socket notices up to a minute later.
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
