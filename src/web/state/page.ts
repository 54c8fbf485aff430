import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { connectLive, type LiveClient, type LiveState } from '../../client';
import { withDeadline } from '../../util/deadline';
import { unmask } from '../generated/fragment-masking';
import {
  LogoutDocument,
  LogoutEverywhereDocument,
  MarksDocument,
  MeDocument,
  SendDocument,
  WallNoteFragmentDoc,
  type Emotion,
} from '../generated/graphql';
import type { Endpoints } from '../endpoints';
import { DICTIONARIES, type Words } from '../words/words';
import { openAnswering } from './answering';
import type { BrowserStorage } from './browser-storage';
import { Changes, type Refusal } from './changes';
import { connectionNotice, type Notice } from './connection-notice';
import { openChangeStorage, openDraftStorage } from './draft-storage';
import { followLogin, openInstallation, syncInBackground, type Installation } from './installation';
import { openLocks } from './locks';
import { Marks } from './marks';
import { Notifications } from './notifications';
import { OfflineNotes } from './offline-notes';
import { Outbox } from './outbox';
import { randomId } from './random-id';
import { ReadLetters } from './read-letters';
import { openRenewals } from './renewals';
import { RoomFeed } from './room-feed';
import type { RoomInfo } from './room-about';
import { findRooms } from './rooms';
import { openRouter, type Route } from './router';
import { sendChange } from './send-change';
import { Session } from './session';
import type { Question } from './room-question';
import type { Settings } from './settings';
import type { Note } from './timeline';
import { createStore, type Store } from './store';
import { TextDrafts } from './text-drafts';
import { useStore } from './use-store';

export interface AccountForm {
  /** `claim` gives the account of a guest a name and a password. */
  readonly form: 'log-in' | 'sign-up' | 'claim' | 'forgot';
  /** What the person wanted to do when the form opened by itself. */
  readonly why?: 'write' | 'room' | 'join' | 'report' | 'empathy';
  /** Does what the person wanted, once they are logged in. */
  readonly after?: () => void;
}

/** What is done about a room: inviting people to it, or leaving it. */
export interface RoomForm {
  readonly about: 'invite' | 'leave';
  readonly room: string;
  /** The invitation that is shown. Without one, one is made. */
  readonly invite?: { readonly code: string; readonly url: string; readonly expiresAt: string };
}

/** The dialog that is open. A note opens its menu. */
export type Dialog = AccountForm | RoomForm | 'room' | Note | null;
export type { RoomInfo };

/** The state that the parts of the page share. */
export interface Page {
  readonly settings: Settings;
  readonly session: Session;
  /** Whether people may enter as guests. */
  readonly guests: boolean;
  readonly outbox: Outbox;
  readonly texts: TextDrafts;
  /** The question that the note in the composer answers. */
  readonly answering: Store<Question | null>;
  /** The feeling chosen for the note in the composer. */
  readonly feeling: Store<Emotion | null>;
  readonly marks: Marks;
  readonly changes: Changes;
  /** A change that the server refused, for a few seconds. */
  readonly refused: Store<Refusal | null>;
  readonly letters: ReadLetters;
  readonly offlineNotes: OfflineNotes;
  readonly notifications: Notifications;
  readonly installation: Installation;
  readonly route: Store<Route>;
  /** Id of the current entry of the browser's history. */
  readonly entry: Store<string>;
  readonly go: (route: Route) => void;
  readonly connection: Store<LiveState>;
  readonly notice: Store<Notice | null>;
  readonly rooms: Store<readonly RoomInfo[]>;
  readonly feed: Store<RoomFeed>;
  readonly dialog: Store<Dialog>;
  /** Asks a reader to sign up, or to log in where this browser had an account before, and then goes on with `after`. */
  readonly askForAccount: (why: AccountForm['why'], after: () => void) => void;
  /** The token of the link for a new password that opened the page. */
  readonly resetToken: Store<string | null>;
  readonly isAdmin: Store<boolean>;
  readonly isModerator: Store<boolean>;
  /** Notes that came while the tab was hidden. */
  readonly unread: Store<number>;
  readonly loadRooms: () => Promise<void>;
  readonly logOut: (everywhere: boolean) => Promise<void>;
}

const REFUSED_MS = 5_000;
/** A logout waits no longer for the server to confirm changes of notes. */
const LEAVE_MS = 2_000;
const LOGIN = 'jungle-buzz.login';
/** Written at each logout, so that the other tabs clear what the person has typed. */
const LOGGED_OUT = 'jungle-buzz.logged-out';

/** Opens the state of the page. */
export function openPage(
  { http, ws, guests }: Endpoints,
  settings: Settings,
  storage: BrowserStorage,
  resetToken: string | null,
): Page {
  const { route, entry, go } = openRouter();
  const locks = openLocks();
  const session = new Session({ url: http, storage, locks, renewals: openRenewals(), locale: settings.locale.get });
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
  const owner = (): string | null => session.login.get()?.username ?? null;
  const marks = new Marks(async (ids) => (owner() === null ? [] : (await session.run(MarksDocument, { ids })).chatMarks));
  const refused = createStore<Refusal | null>(null);
  const changes = new Changes({
    storage: openChangeStorage(),
    send: (change, leaving) => sendChange(session, change, leaving),
    onSent: (change, note) => {
      if (change.kind === 'empathy') marks.learn([[note.id, { mine: false, empathy: change.empathy }]]);
      page.feed.get().change([note]);
    },
    onRefused: ({ kind }, error) => showFor(REFUSED_MS, refused, { kind, error }),
    owner,
    alone: (work) => locks.request('jungle-buzz.changes', work),
    now: Date.now,
    newId: randomId,
  });
  const outbox = new Outbox({
    storage: syncInBackground(openDraftStorage()),
    send: async ({ clientMessageId, room, text, answers = null, feeling = null }) => {
      const { sendChat } = await session.run(SendDocument, { clientMessageId, room, text, answers, feeling });
      const note = unmask(WallNoteFragmentDoc, sendChat);
      marks.learn([[note.id, { mine: true, empathy: null }]]);
      if (page.feed.get().room === room) page.feed.get().knowMyself(note.author);
      return note;
    },
    owner,
    alone: (work) => locks.request('jungle-buzz.outbox', work),
    now: Date.now,
    newId: randomId,
  });
  const offlineNotes = new OfflineNotes(owner() ?? '');
  const feedOf = (room: string): RoomFeed => {
    const feed: RoomFeed = new RoomFeed({
      room,
      live,
      session,
      kept: () => offlineNotes.read(room),
      onNew: (notes) => {
        outbox.arrived(new Set(notes.map(({ id }) => id)));
        if (document.hidden) unread.set(unread.get() + notes.length);
        // A note that arrives live under another name is nobody's own, and has no empathy yet.
        const name = page.feed.get().authorName.get();
        void marks.load(idsOf(notes.filter(({ author }) => name === null || author === name)));
      },
      onLoaded: (notes) => void marks.load(idsOf(notes)),
      onLetter: (id) => letters.learn(room, id),
    });
    // A room that cannot be read any more leaves the list.
    feed.ended.subscribe(() => void page.loadRooms());
    // When somebody else logs in, the feed of a private room is replaced. Until it is known what kind of room it is, nothing is kept.
    const keep = (): void => {
      if (feed.isCompared && feed.about.info.get()) offlineNotes.keep(room, feed.timeline.get().newest);
    };
    feed.timeline.subscribe(keep);
    feed.about.info.subscribe(keep);
    feed.ended.subscribe(() => offlineNotes.forgetRoom(room));
    return feed;
  };
  const page: Page = {
    settings,
    session,
    guests,
    outbox,
    texts,
    answering: openAnswering(),
    feeling: createStore<Emotion | null>(null),
    marks,
    changes,
    refused,
    letters,
    offlineNotes,
    notifications: new Notifications(session, storage),
    installation: openInstallation(storage, () => void outbox.wake()),
    route,
    entry,
    go,
    connection,
    notice: connectionNotice(connection),
    rooms: createStore<readonly RoomInfo[]>([]),
    feed: createStore(feedOf(route.get().room)),
    dialog: createStore<Dialog>(null),
    askForAccount: (why, after) => {
      page.dialog.set({ form: session.hadAccount() ? 'log-in' : 'sign-up', ...(why && { why }), after });
    },
    resetToken: createStore(resetToken),
    isAdmin: createStore(false),
    isModerator: createStore(false),
    unread,
    loadRooms: async () => {
      // If this fails, the list stays as it was.
      page.rooms.set(await findRooms(session).catch(() => page.rooms.get()));
    },
    logOut: async (everywhere) => {
      await withDeadline(changes.leave(), LEAVE_MS).catch(() => undefined);
      await withDeadline(page.notifications.turnOff(), LEAVE_MS).catch(() => undefined);
      // This browser forgets the login whether or not the server can be reached.
      const revoked = everywhere ? session.run(LogoutEverywhereDocument, {}) : session.run(LogoutDocument, {});
      clearWords(page);
      await revoked.catch(() => undefined);
      storage.setItem(LOGGED_OUT, String(Date.now()));
      session.forget();
    },
  };
  const openRoom = (room: string): void => {
    page.feed.get().close();
    page.feed.set(feedOf(room));
    void page.loadRooms();
  };
  route.subscribe(() => {
    const { room } = route.get();
    if (page.feed.get().room !== room) openRoom(room);
  });
  followPerson(page, live, openRoom);
  followLogin(session, http);
  followBrowser(page, live);
  void page.loadRooms();
  void outbox.restore();
  void changes.restore();
  return page;
}

const idsOf = (notes: readonly Note[]): string[] => notes.map(({ id }) => id);

function showFor<T>(ms: number, store: Store<T | null>, value: T): void {
  store.set(value);
  setTimeout(() => store.get() === value && store.set(null), ms);
}

/** Deletes what the person has typed or changed and not sent. */
function clearWords({ session, outbox, changes, texts, answering, feeling }: Page): void {
  const person = session.person.get();
  if (person !== null) {
    outbox.dropAll(person);
    changes.dropAll(person);
  }
  texts.clear();
  answering.set(null);
  feeling.set(null);
}

/** A guest has claimed the account: what waits to be sent is still theirs. */
function rename({ outbox, changes, texts, letters }: Page, before: string, after: string): void {
  outbox.rename(before, after);
  changes.rename(before, after);
  texts.rename(before, after);
  letters.rename(before, after);
}

/** The socket, the outbox and the rights of moderators belong to whoever is logged in. */
function followPerson(page: Page, live: LiveClient, openRoom: (room: string) => void): void {
  const { session, outbox, changes, marks, texts, letters, offlineNotes, isAdmin, isModerator } = page;
  const ask = async (): Promise<void> => {
    const me = session.login.get() && (await session.run(MeDocument, {}).catch(() => null))?.me;
    isAdmin.set(me?.isAdmin ?? false);
    isModerator.set(me?.isModerator ?? false);
  };
  let login = session.login.get();
  session.login.subscribe(() => {
    const before = login;
    login = session.login.get();
    if (login?.username === before?.username) return;
    if (before?.id !== undefined && login?.id === before.id) rename(page, before.username, login.username);
    live.reconnect();
    letters.reload();
    offlineNotes.changeOwner(login?.username ?? '');
    void ask();
    texts.changePerson(session.person.get());
    void outbox.changeOwner();
    void changes.changeOwner();
    marks.clear();
    const feed = page.feed.get();
    // Another person may read another room, and must not see what the person before could read.
    if (feed.ended.get() || feed.about.info.get()?.visibility === 'PRIVATE') {
      openRoom(feed.room);
      return;
    }
    void page.loadRooms();
    void feed.about.load();
    void feed.loadAuthorName();
    void marks.load(idsOf([...feed.timeline.get().shown]));
  });
  void ask();
}

function followBrowser(page: Page, live: LiveClient): void {
  const { session, outbox, changes, letters, offlineNotes, connection, unread } = page;
  addEventListener('storage', ({ key }) => {
    if (key === LOGGED_OUT) clearWords(page);
    else if (key === LOGIN) session.reload();
    else letters.reload();
  });
  addEventListener('online', () => {
    if (connection.get() === 'offline') live.reconnect();
    void outbox.wake();
    void changes.wake();
  });
  // Without this, a socket notices up to a minute later.
  addEventListener('offline', () => live.reconnect());
  let interrupted = false;
  connection.subscribe(() => {
    if (connection.get() === 'offline') interrupted = true;
    if (connection.get() !== 'live') return;
    void outbox.wake();
    void changes.wake();
    if (interrupted) void page.feed.get().refresh();
    interrupted = false;
  });
  addEventListener('pagehide', () => {
    void changes.leave();
    offlineNotes.write();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) offlineNotes.write();
    else unread.set(0);
  });
}

// Set by main before anything is rendered.
export const PageContext = createContext<Page>(undefined as unknown as Page);
export const usePage = (): Page => useContext(PageContext);
export function useWords(): Words {
  return DICTIONARIES[useStore(usePage().settings.locale)];
}
