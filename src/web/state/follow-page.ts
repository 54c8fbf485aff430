import type { LiveClient } from '../../client';
import { MeDocument } from '../generated/graphql';
import type { Page } from './page';
import type { Note } from './timeline';

const LOGIN = 'jungle-buzz.login';
/** Written at each logout, so that the other tabs clear what the person has typed. */
export const LOGGED_OUT = 'jungle-buzz.logged-out';

export const idsOf = (notes: readonly Note[]): string[] => notes.map(({ id }) => id);

/** Deletes what the person has typed or changed and not sent. */
export function clearWords({ session, outbox, changes, texts, answering, feeling }: Page): void {
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
export function followPerson(page: Page, live: LiveClient, openRoom: (room: string) => void): void {
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

export function followBrowser(page: Page, live: LiveClient): void {
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
