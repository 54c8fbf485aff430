import { connectLive, type LiveState } from '../../client';
import { withDeadline } from '../../util/deadline';
import { unmask } from '../generated/fragment-masking';
import {
  LogoutDocument,
  LogoutEverywhereDocument,
  MarksDocument,
  SendDocument,
  NoteFieldsFragmentDoc,
  type Emotion,
} from '../generated/graphql';
import type { Endpoints } from '../endpoints';
import { openAnswering } from './answering';
import type { BrowserStorage } from './browser-storage';
import { Changes, type Refusal } from './changes';
import { connectionNotice } from './connection-notice';
import { openChangeStorage, openDraftStorage } from './draft-storage';
import { clearWords, followBrowser, followPerson, idsOf, LOGGED_OUT } from './follow-page';
import { followLogin, openInstallation, syncInBackground } from './installation';
import { openLocks } from './locks';
import { Marks } from './marks';
import { Notifications } from './notifications';
import { OfflineNotes } from './offline-notes';
import { Outbox } from './outbox';
import type { Dialog, Page } from './page';
import { randomId } from './random-id';
import { ReadLetters } from './read-letters';
import { openRenewals } from './renewals';
import type { RoomInfo } from './room-about';
import { RoomFeed } from './room-feed';
import { findRooms } from './rooms';
import { openRouter } from './router';
import { sendChange } from './send-change';
import { Session } from './session';
import type { Settings } from './settings';
import { createStore, type Store } from './store';
import { TextDrafts } from './text-drafts';

const REFUSED_MS = 5_000;
/** A logout waits no longer for the server to confirm changes of notes. */
const LEAVE_MS = 2_000;

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
      const note = unmask(NoteFieldsFragmentDoc, sendChat);
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

function showFor<T>(ms: number, store: Store<T | null>, value: T): void {
  store.set(value);
  setTimeout(() => store.get() === value && store.set(null), ms);
}
