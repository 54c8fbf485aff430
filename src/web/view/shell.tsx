import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { MAIN_ROOM, titleIn } from '../../domain/room-title';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { formatCount } from '../words/words';
import { AppOffer } from './app-offer';
import { Banner } from './banner';
import { Icon } from './icons';
import { PageDialogs, preloadDialogs, RoomDialogs } from './lazy-dialogs';
import { Link } from './link';
import { SettingsMenu } from './settings-menu';

/** The first notes have come before. */
const PRELOAD_AFTER_MS = 3_000;
const PLACES = ['wall', 'mood', 'letters', 'me'] as const;

export function Shell({ children }: { children: ComponentChildren }) {
  const words = useWords();
  const { dialog, route } = usePage();
  const open = useStore(dialog);
  const { view } = useStore(route);
  useEffect(() => {
    const timer = setTimeout(preloadDialogs, PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <Side />
      <div class="place">
        <AppOffer />
        {children}
        {view !== 'wall' && <Banner />}
      </div>
      <Places />
      {open && (open === 'room' || 'about' in open ? <RoomDialogs open={open} /> : <PageDialogs open={open} />)}
    </>
  );
}

/** The bar at the bottom of a phone, a list at the side of a desktop. */
function Places() {
  const words = useWords();
  const { route, letters, isModerator } = usePage();
  const moderates = useStore(isModerator);
  const { view, room } = useStore(route);
  const newest = useStore(letters.newest).get(room);
  const read = useStore(letters.read);
  return (
    <nav class="places" aria-label={words.places}>
      {PLACES.map((place) => (
        <Link key={place} to={{ view: place, room }} current={view === place}>
          <Icon name={place} />
          <span>{words[place]}</span>
          {place === 'letters' && newest !== undefined && !read.has(newest) && <b class="dot" title={words.unread} />}
        </Link>
      ))}
      {moderates && (
        <Link to={{ view: 'reports', room }} current={view === 'reports' || view === 'admin'}>
          <Icon name="reports" />
          <span>{words.admin}</span>
        </Link>
      )}
    </nav>
  );
}

/** The name, the rooms and the account. */
function Side() {
  const words = useWords();
  const { session, dialog, askForAccount, rooms, route, settings } = usePage();
  const locale = useStore(settings.locale);
  const login = useStore(session.login);
  const known = useStore(rooms);
  const { room, view } = useStore(route);
  // Mood and Letters stay open when the room is changed.
  const place = view === 'mood' || view === 'letters' ? view : 'wall';
  const ofRoom = view === 'wall' || place !== 'wall';
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [room, ofRoom, known.length]);
  const create = () => {
    // Guests cannot make rooms.
    const person = session.login.get();
    if (!person) askForAccount('room', create);
    else if (person.isGuest) dialog.set({ form: 'claim', why: 'room', after: create });
    else dialog.set('room');
  };
  return (
    <header class="side">
      <Link class="name" to={{ view: 'wall', room: MAIN_ROOM }}>
        <img src="/favicon.svg" alt="" width="28" height="28" />
        <span>{words.title}</span>
      </Link>
      <nav ref={list} class="rooms" aria-label={words.rooms}>
        <h2>{words.rooms}</h2>
        {known.map(({ id, title, online, visibility }) => (
          <Link key={id} to={{ view: place, room: id }} current={ofRoom && room === id}>
            {visibility !== 'PUBLIC' && <Icon name={visibility === 'PRIVATE' ? 'lock' : 'link'} />}
            <span dir="auto">{titleIn({ id, title }, locale)}</span>
            {online > 0 && <small key={online}>{formatCount(online)}</small>}
          </Link>
        ))}
        <Link class="by-code" to={{ view: 'join', room: MAIN_ROOM }} current={view === 'join'}>
          <span>{words['join-room']}</span>
        </Link>
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
            <button type="button" onClick={() => dialog.set({ form: 'sign-up' })}>
              {words['sign-up']}
            </button>
          </>
        )}
      </div>
    </header>
  );
}
