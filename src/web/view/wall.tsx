import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useWords, usePage } from '../state/page';
import { changeOf } from '../state/changes';
import type { Pending } from '../state/outbox';
import type { RoomFeed } from '../state/room-feed';
import { useStore } from '../state/use-store';
import { reachesNewest, type Note } from '../state/timeline';
import { fill } from '../words/words';
import { Banner } from './banner';
import { Icon } from './icons';
import { Missing } from './missing';
import { QuestionCard } from './question-card';
import { MoodMeter } from './mood-meter';
import { NoteItem, PendingItem } from './note';
import { Phrase } from './phrase';
import { Main } from './main';
import { RoomMenu } from './room-menu';
import { useRoomInfo } from './room-info';
import { useRoomTitle } from './room-title';
import { VisibilityMark } from './visibility-mark';
import { Writing } from './writing';
import { DayName, dayOf } from './time';

/** The next page of notes is loaded this close to an end. */
const NEAR_PX = 600;
/** This close to the lower end counts as being there. */
const THERE_PX = 60;
const NONE: readonly Note[] = [];
const ANNOUNCE_MS = 5_000;
/** How far the reader's clock may be ahead of the server's. */
const CLOCK_SKEW_MS = 2_000;

export function Wall() {
  const { feed } = usePage();
  const current = useStore(feed);
  return <RoomWall key={current.room} feed={current} />;
}

function RoomWall({ feed }: { feed: RoomFeed }) {
  const ended = useStore(feed.ended);
  if (ended) return <Missing what={`room-${ended}`} class="wall" />;
  return (
    <Main class="wall">
      <RoomHead feed={feed} />
      <Notes feed={feed} />
      <Writing feed={feed} />
    </Main>
  );
}

function RoomHead({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const room = useRoomInfo(feed);
  const online = useStore(feed.online) ?? room?.online;
  return (
    <header class="room-head">
      <h1>
        <Phrase>{useRoomTitle(feed.room)}</Phrase>
      </h1>
      <p class="quiet">
        {room && room.visibility !== 'PUBLIC' && <VisibilityMark visibility={room.visibility} />}
        <Phrase>{online === 1 ? words.alone : online ? fill(words.online, { n: online }) : words.lead}</Phrase>
      </p>
      <RoomMenu feed={feed} />
      <MoodMeter feed={feed} />
    </header>
  );
}

function Notes({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const { outbox, dialog, connection, session, marks, changes } = usePage();
  const person = useStore(session.person);
  const offline = useStore(connection) === 'offline';
  // Shown together with what earlier pages left to be sent, which would push up the notes otherwise.
  const restored = useStore(outbox.restored);
  const timeline = useStore(feed.timeline);
  const { newest, following, hasOlder, unseen } = timeline;
  const loaded = timeline.loaded && restored;
  const shown = restored ? timeline.shown : NONE;
  const known = useStore(marks.known);
  const changing = useStore(changes.pending);
  const recent = newest.slice(-20);
  // A sent note can arrive by the live stream before its sender gets the response. It is shown once.
  const onTheWall = ({ text, createdAt, progress }: Pending) =>
    recent.some((note) =>
      progress.kind === 'sent'
        ? note.id === progress.note.id
        : progress.kind === 'sending' &&
          note.text === text.trim().normalize('NFC') &&
          Date.parse(note.sentAt) > createdAt - CLOCK_SKEW_MS,
    );
  const pending = useStore(outbox.pending).filter(
    (draft) => draft.room === feed.room && draft.owner === person && !onTheWall(draft),
  );
  const { scroller, onScroll } = useScrolling(feed, shown, pending.length);
  /** Notes that arrive after the first load slide in. */
  const slidesIn = useRef(false);
  useEffect(() => {
    slidesIn.current = loaded;
  }, [loaded]);

  return (
    <div class="notes-frame">
      <QuestionCard feed={feed} />
      <Banner />
      {/* Scrollable regions have to be reachable by keyboard. */}
      <div
        ref={scroller}
        class="notes"
        tabIndex={0}
        role="region"
        aria-label={words.notes}
        onScroll={onScroll}
        onKeyDown={moveFocus}
      >
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
              <NoteItem
                note={note}
                words={words}
                mark={known.get(note.id)}
                empathyChange={changeOf(changing, 'empathy', note.id)}
                feelingChange={changeOf(changing, 'feeling', note.id)}
                takeBack={changeOf(changing, 'take-back', note.id)}
                fresh={slidesIn.current && following}
                onMore={() => dialog.set(note)}
              />
            </Fragment>
          ))}
          {/* Not before the notes are loaded, which would push them down. */}
          {following && (loaded || offline) && pending.map((entry) => <PendingItem key={entry.clientMessageId} entry={entry} />)}
        </ol>
      </div>
      {!following && (
        <button class="to-newest" type="button" onClick={() => feed.toNewest()}>
          <Icon name="down" />
          <Phrase>{unseen > 0 ? fill(words['new-notes'], { n: unseen }) : words.newest}</Phrase>
        </button>
      )}
      <Announcer newest={newest} />
    </div>
  );
}

/** Keeps the lower end in view while following. Otherwise the notes that are being read stay in place. */
function useScrolling(feed: RoomFeed, shown: readonly Note[], pendingCount: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const { following } = feed.timeline.get();

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (following) {
      box.scrollTop = box.scrollHeight;
      return;
    }
    const anchor = anchors.get(feed);
    const note = anchor && document.getElementById(anchor.id);
    if (note) box.scrollTop += note.getBoundingClientRect().top - anchor.top;
    keepAnchor(feed, box);
  }, [shown, following, pendingCount]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // A phone's keyboard opened, the screen was turned, a font was loaded late, or a note grew.
    const observer = new ResizeObserver(() => {
      if (feed.timeline.get().following) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    const list = box.querySelector('ol');
    if (list) observer.observe(list);
    return () => observer.disconnect();
  }, [feed]);

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    const below = box.scrollHeight - box.clientHeight - box.scrollTop;
    const timeline = feed.timeline.get();
    if (timeline.following && below <= THERE_PX) return;
    keepAnchor(feed, box);
    if (below > THERE_PX) feed.readAbove();
    else if (!timeline.following && reachesNewest(timeline)) feed.toNewest();
    if (box.scrollTop < NEAR_PX && timeline.hasOlder && below > THERE_PX) void feed.loadOlder().catch(() => undefined);
    if (below < NEAR_PX && !timeline.following && !reachesNewest(timeline)) void feed.loadNewer().catch(() => undefined);
  };
  return { scroller, onScroll };
}

interface Anchor {
  /** The first note in view. */
  readonly id: string;
  /** Its distance from the top, in pixels. */
  readonly top: number;
}

/** Where the reader of each wall is, also while another place is open. */
const anchors = new WeakMap<RoomFeed, Anchor>();

function keepAnchor(feed: RoomFeed, box: HTMLElement): void {
  const anchor = anchorOf(box);
  if (anchor) anchors.set(feed, anchor);
}

function anchorOf(box: HTMLElement): Anchor | null {
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

/** Arrow keys move the focus from note to note. */
function moveFocus(event: KeyboardEvent): void {
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

/** Placeholders for notes. CSS shows them after 300 ms. */
function Skeleton({ label }: { label: string }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      <i />
      <i />
      <i />
    </div>
  );
}

/** Announces new notes to screen readers, in batches. */
function Announcer({ newest }: { newest: readonly Note[] }) {
  const words = useWords();
  const [text, setText] = useState('');
  /** The last note that was announced. */
  const announced = useRef<string | undefined>(undefined);
  const latest = useRef(newest);
  latest.current = newest;
  useEffect(() => {
    const timer = setInterval(() => {
      const last = latest.current.at(-1)?.id;
      if (announced.current !== undefined && last !== undefined && last !== announced.current) {
        const count = latest.current.length - 1 - latest.current.findIndex(({ id }) => id === announced.current);
        setText(fill(words.announce, { n: count }));
      }
      announced.current = last;
    }, ANNOUNCE_MS);
    return () => clearInterval(timer);
  }, [words]);
  return (
    <p class="hidden-copy" role="status">
      <Phrase>{text}</Phrase>
    </p>
  );
}
