import type { ComponentChildren } from 'preact';
import { usePage, useWords } from '../state/page';
import { MAIN_ROOM } from '../state/router';
import { useStore } from '../state/use-store';
import { AccountDialog } from './account-dialog';
import { Banner } from './banner';
import { Icon } from './icons';
import { Link } from './link';
import { NoteDialog } from './note-dialog';
import { OwnNoteDialog } from './own-note-dialog';
import { RoomDialog } from './room-dialog';
import { SettingsMenu } from './settings-menu';

const PLACES = ['wall', 'mood', 'letters', 'me'] as const;

export function Shell({ children }: { children: ComponentChildren }) {
  const words = useWords();
  const { dialog, route, marks } = usePage();
  const open = useStore(dialog);
  const known = useStore(marks.known);
  const { view } = useStore(route);
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <Side />
      <div class="place">
        {children}
        {view !== 'wall' && <Banner />}
      </div>
      <Places />
      {open === 'room' && <RoomDialog />}
      {open !== 'room' && open && 'form' in open && <AccountDialog {...open} />}
      {open !== 'room' &&
        open &&
        'id' in open &&
        (known.get(open.id)?.mine ? <OwnNoteDialog note={open} /> : <NoteDialog note={open} />)}
    </>
  );
}

/** The bar at the bottom of a phone, a list at the side of a desktop. */
function Places() {
  const words = useWords();
  const { route, letters, isModerator } = usePage();
  const shown = useStore(isModerator) ? [...PLACES, 'reports' as const] : PLACES;
  const { view, room } = useStore(route);
  const newest = useStore(letters.newest).get(room);
  const read = useStore(letters.read);
  return (
    <nav class="places" aria-label={words.places}>
      {shown.map((place) => (
        <Link key={place} to={{ view: place, room }} current={view === place}>
          <Icon name={place} />
          <span>{words[place]}</span>
          {place === 'letters' && newest !== undefined && !read.has(newest) && <b class="dot" title={words.unread} />}
        </Link>
      ))}
    </nav>
  );
}

/** The name, the rooms and the account. */
function Side() {
  const words = useWords();
  const { session, dialog, rooms, route } = usePage();
  const login = useStore(session.login);
  const known = useStore(rooms);
  const { room, view } = useStore(route);
  const create = () => dialog.set(login ? 'room' : { form: 'log-in', why: 'room' });
  return (
    <header class="side">
      <Link class="name" to={{ view: 'wall', room: MAIN_ROOM }}>
        <img src="/favicon.svg" alt="" width="28" height="28" /> {words.title}
      </Link>
      <nav class="rooms" aria-label={words.rooms}>
        <h2>{words.rooms}</h2>
        {known.map(({ id, title, online }) => (
          <Link key={id} to={{ view: 'wall', room: id }} current={view === 'wall' && room === id}>
            <span dir="auto">{id === MAIN_ROOM ? words.main : title}</span>
            {online > 0 && <small key={online}>{online}</small>}
          </Link>
        ))}
        <button class="link" type="button" onClick={create}>
          <Icon name="plus" /> {words['new-room']}
        </button>
      </nav>
      <div class="account">
        <SettingsMenu />
        {login ? (
          <span class="who" key={login.username}>
            {login.username}
          </span>
        ) : (
          <>
            <button class="plain" type="button" onClick={() => dialog.set({ form: 'log-in' })}>
              {words['log-in']}
            </button>
            <button class="wide-only" type="button" onClick={() => dialog.set({ form: 'sign-up' })}>
              {words['sign-up']}
            </button>
          </>
        )}
      </div>
    </header>
  );
}
