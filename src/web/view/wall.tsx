import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useWords, usePage } from '../state/page';
import type { Pending } from '../state/outbox';
import { MAIN_ROOM } from '../state/router';
import type { RoomFeed } from '../state/room-feed';
import { useStore } from '../state/use-store';
import { reachesNewest, type Note } from '../state/timeline';
import { fill } from '../words/words';
import { Composer } from './composer';
import { Icon } from './icons';
import { MoodMeter } from './mood-meter';
import { NoteItem, PendingItem } from './note';
import { DayName, dayOf } from './time';

/** So close to an end, in pixels, the next page is loaded. */
const NEAR_PX = 600;
/** So close to the lower end counts as being there. */
const THERE_PX = 60;
const NONE: readonly Note[] = [];
const ANNOUNCE_MS = 5_000;
/** As far a phone's clock may be ahead of the server's. */
const CLOCKS_APART_MS = 2_000;

export function Wall() {
  const { feed } = usePage();
  const current = useStore(feed);
  return <RoomWall key={current.room} feed={current} />;
}

function RoomWall({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const missing = useStore(feed.missing);
  const { go } = usePage();
  if (missing) {
    return (
      <main id="content" class="wall">
        <div class="empty">
          <p>{words['room-gone']}</p>
          <button type="button" onClick={() => go({ view: 'wall', room: MAIN_ROOM })}>
            {words['to-main']}
          </button>
        </div>
      </main>
    );
  }
  return (
    <main id="content" class="wall">
      <RoomHead feed={feed} />
      <Notes feed={feed} />
      <Composer feed={feed} />
    </main>
  );
}

function RoomHead({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const { rooms } = usePage();
  const room = useStore(rooms).find(({ id }) => id === feed.room);
  const online = useStore(feed.online) ?? room?.online;
  return (
    <header class="room-head">
      <h1>{feed.room === MAIN_ROOM ? words.main : (room?.title ?? feed.room)}</h1>
      <p class="quiet">{online === 1 ? words.alone : online ? fill(words.online, { n: online }) : words.lead}</p>
      <MoodMeter feed={feed} />
    </header>
  );
}

function Notes({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const { outbox, dialog, connection, session } = usePage();
  const person = useStore(session.person);
  const offline = useStore(connection) === 'offline';
  // Own notes of before would push up what stands there already: all are shown at once.
  const restored = useStore(outbox.restored);
  const timeline = useStore(feed.timeline);
  const { newest, following, hasOlder, unseen } = timeline;
  const loaded = timeline.loaded && restored;
  const shown = restored ? timeline.shown : NONE;
  const recent = newest.slice(-20);
  // Between a note's arrival and the answer to its sender it would stand there twice. Others may have written the same before.
  const onTheWall = ({ text, createdAt, progress }: Pending) =>
    recent.some((note) =>
      progress.kind === 'sent'
        ? note.id === progress.note.id
        : progress.kind === 'sending' && note.text === text.trim() && Date.parse(note.sentAt) > createdAt - CLOCKS_APART_MS,
    );
  const pending = useStore(outbox.pending).filter((draft) => draft.room === feed.room && draft.owner === person && !onTheWall(draft));
  const { scroller, onScroll } = useScrolling(feed, shown, pending.length);
  const settled = useRef(false);
  useEffect(() => {
    settled.current = loaded;
  }, [loaded]);

  return (
    <div class="notes-frame">
      {/* Scrollable regions have to be reachable by keyboard. */}
      <div ref={scroller} class="notes" tabIndex={0} role="region" aria-label={words.notes} onScroll={onScroll} onKeyDown={walk}>
        {!loaded && <Skeleton label={words.loading} />}
        {loaded && shown.length === 0 && pending.length === 0 && (
          <div class="empty">
            <Icon name="HOPE" />
            <p class="big">{words.empty}</p>
            <p>{words['empty-hint']}</p>
          </div>
        )}
        {shown.length > 0 && (
          <p class="quiet middle">
            {hasOlder ? (
              <button class="link" type="button" onClick={() => void feed.loadOlder().catch(() => undefined)}>
                {words.older}
              </button>
            ) : (
              words.beginning
            )}
          </p>
        )}
        <ol>
          {shown.map((note, i) => (
            <Fragment key={note.id}>
              {dayOf(note.sentAt) !== dayOf(shown[i - 1]?.sentAt ?? 0) && (
                <li class="day" key={`day-${note.id}`}>
                  <span>
                    <DayName at={note.sentAt} />
                  </span>
                </li>
              )}
              <NoteItem note={note} words={words} fresh={settled.current && following} onMore={() => dialog.set(note)} />
            </Fragment>
          ))}
          {/* Own notes of before would be pushed down by what is loaded. */}
          {following && (loaded || offline) && pending.map((entry) => <PendingItem key={entry.clientMessageId} entry={entry} />)}
        </ol>
      </div>
      {!following && (
        <button class="to-newest" type="button" onClick={() => feed.toNewest()}>
          <Icon name="down" />
          {unseen > 0 ? fill(words['new-notes'], { n: unseen }) : words.newest}
        </button>
      )}
      <Announcer newest={newest} />
    </div>
  );
}

/** Keeps the lower end in view while following, and otherwise what is being read where it is. */
function useScrolling(feed: RoomFeed, shown: readonly Note[], pendingCount: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef<{ id: string; top: number } | null>(null);
  const { following } = feed.timeline.get();

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (following) {
      // While notes come in quickly nothing more than this is measured.
      box.scrollTop = box.scrollHeight;
      return;
    }
    if (place.current) {
      const anchor = document.getElementById(place.current.id);
      if (anchor) box.scrollTop += anchor.getBoundingClientRect().top - place.current.top;
    }
    place.current = placeOf(box);
  }, [shown, following, pendingCount]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // A keyboard on a phone, a turned screen, a font that came late.
    const observer = new ResizeObserver(() => {
      if (feed.timeline.get().following) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [feed]);

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    const below = box.scrollHeight - box.clientHeight - box.scrollTop;
    const timeline = feed.timeline.get();
    if (timeline.following && below <= THERE_PX) return;
    place.current = placeOf(box);
    if (below > THERE_PX) feed.readAbove();
    else if (!timeline.following && reachesNewest(timeline)) feed.toNewest();
    if (box.scrollTop < NEAR_PX && timeline.hasOlder && below > THERE_PX) void feed.loadOlder().catch(() => undefined);
    if (below < NEAR_PX && !timeline.following && !reachesNewest(timeline)) void feed.loadNewer().catch(() => undefined);
  };
  return { scroller, onScroll };
}

/** The first note that is in view. */
function placeOf(box: HTMLElement): { id: string; top: number } | null {
  const edge = box.getBoundingClientRect().top;
  const notes = box.querySelectorAll<HTMLElement>('.note[id]');
  let low = 0;
  let high = notes.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const note = notes[middle];
    if (note && note.getBoundingClientRect().bottom > edge) high = middle;
    else low = middle + 1;
  }
  const first = notes[low];
  return first ? { id: first.id, top: first.getBoundingClientRect().top } : null;
}

/** Arrows go from note to note. */
function walk(event: KeyboardEvent): void {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  const box = event.currentTarget as HTMLElement;
  const notes = [...box.querySelectorAll<HTMLElement>('.note')];
  const at = notes.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? notes.at(-1) : notes[at + (event.key === 'ArrowUp' ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

/** Nothing for 300 ms (by CSS), then the shape of what comes. */
function Skeleton({ label }: { label: string }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      <i />
      <i />
      <i />
    </div>
  );
}

/** Tells a screen reader how many notes came, not more often than it can say it. */
function Announcer({ newest }: { newest: readonly Note[] }) {
  const words = useWords();
  const [text, setText] = useState('');
  const told = useRef<string | undefined>(undefined);
  const latest = useRef(newest);
  latest.current = newest;
  useEffect(() => {
    const timer = setInterval(() => {
      const last = latest.current.at(-1)?.id;
      if (told.current !== undefined && last !== undefined && last !== told.current) {
        const count = latest.current.length - 1 - latest.current.findIndex(({ id }) => id === told.current);
        setText(fill(words.announce, { n: count }));
      }
      told.current = last;
    }, ANNOUNCE_MS);
    return () => clearInterval(timer);
  }, [words]);
  return (
    <p class="hidden-copy" role="status">
      {text}
    </p>
  );
}
