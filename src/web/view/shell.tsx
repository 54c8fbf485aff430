import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage, useWords } from '../state/page';
import { MAIN_ROOM, type View } from '../state/router';
import { useStore } from '../state/use-store';
import { AccountDialog } from './account-dialog';
import { Icon } from './icons';
import { Link } from './link';
import { NoteDialog } from './note-dialog';
import { RoomDialog } from './room-dialog';
import { SettingsMenu } from './settings-menu';

const PLACES: readonly View[] = ['wall', 'mood', 'letters', 'me'];

export function Shell({ children }: { children: ComponentChildren }) {
  const words = useWords();
  const { dialog } = usePage();
  const open = useStore(dialog);
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <Side />
      <div class="place">
        <Banner />
        {children}
      </div>
      <Places />
      {open === 'room' && <RoomDialog />}
      {open !== 'room' && open && ('form' in open ? <AccountDialog {...open} /> : <NoteDialog note={open} />)}
    </>
  );
}

/** On a phone these are the bar at the bottom, on a desktop the side. */
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
            {online > 0 && <small>{online}</small>}
          </Link>
        ))}
        <button class="link" type="button" onClick={create}>
          <Icon name="plus" /> {words['new-room']}
        </button>
      </nav>
      <div class="account">
        <SettingsMenu />
        {login ? (
          <span class="who">{login.username}</span>
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

/** Nothing while all is well. Short interruptions are not worth a word either. */
function Banner() {
  const words = useWords();
  const { connection } = usePage();
  const state = useStore(connection);
  const [told, setTold] = useState<'offline' | 'catching-up' | 'back' | null>(null);
  const everLive = useRef(false);
  useEffect(() => {
    if (state === 'live') {
      everLive.current = true;
      if (told === null) return;
      setTold('back');
      const timer = setTimeout(() => setTold(null), 2_500);
      return () => clearTimeout(timer);
    }
    // The first connection may take its time: nothing was lost, and nothing is missed yet.
    if (state !== 'offline' && !everLive.current) return;
    const bad = state === 'catching-up' ? 'catching-up' : 'offline';
    const timer = setTimeout(() => setTold(bad), state === 'offline' ? 300 : 1_500);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <p class={`banner ${told ?? ''}`} role="status">
      {told && words[told]}
    </p>
  );
}
