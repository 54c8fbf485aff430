import { useEffect, useMemo } from 'preact/hooks';
import { titleIn } from '../../domain/room-title';
import type { ReadingRoom } from '../state/reading-room';
import type { Locale } from '../state/settings';
import { useStore } from '../state/use-store';
import { Icon } from '../view/icons';
import { Phrase } from '../view/phrase';
import { QrCode } from '../view/qr-code';
import type { HallWords } from '../words/hall';
import { fill } from '../words/fill';
import { Board } from './board';
import { Jungle } from './jungle';
import { dominantOf } from './dominant';
import { toggleFullScreen, useFullScreenKey, usePointerIsActive, useWakeLock } from './stage';
import { usePaced } from './paced';

/** More cards than fit a screen. */
const CARDS = 24;

interface ScreenProps {
  readonly room: ReadingRoom;
  readonly id: string;
  /** Where people write. */
  readonly address: string;
  readonly locale: Locale;
  readonly words: HallWords;
}

export function Screen({ room, id, address, locale, words }: ScreenProps) {
  useWakeLock();
  useFullScreenKey();
  const pointerIsActive = usePointerIsActive();
  const state = useStore(room.screen);
  const all = useStore(room.notes);
  const notes = usePaced(all);
  const missing = useStore(room.missing);
  const named = useStore(room.title);
  const title = titleIn({ id, title: named }, locale) || id;
  const offline = useStore(room.connection) === 'offline';
  const leaves = useMemo(
    () =>
      (notes ?? []).map((note) => ({
        id: note.id,
        emotion: note.shownEmotion ?? null,
      })),
    [notes],
  );
  const mood = dominantOf(leaves.map(({ emotion }) => emotion));
  useEffect(() => {
    document.documentElement.dataset['mood'] = mood ?? '';
  }, [mood]);
  useEffect(() => {
    document.title = fill(words['screen-of'], { room: title });
  }, [title, words]);
  if (missing) return <p class="missing">{words.missing}</p>;
  if (state === 'BLANK') return <main class={`screen blank${pointerIsActive ? '' : ' still'}`} />;
  return (
    <main class={`screen${pointerIsActive ? '' : ' still'}`}>
      <Jungle leaves={leaves} label={words.jungle} />
      <div class="stage">
        <Question room={room} words={words} />
        {/* Below the question, which is loaded with the title. */}
        {named !== '' && notes && notes.length > 0 && <Board notes={notes.slice(-CARDS)} words={words} />}
        {notes?.length === 0 && (
          <div class="waiting">
            <Icon name="HOPE" />
            <p>{words.empty}</p>
            <small>{words['empty-hint']}</small>
          </div>
        )}
      </div>
      <Aside room={room} title={title} address={address} words={words} />
      <p class="notice" role="status">
        <Phrase>{offline ? words.offline : state === 'PAUSE' ? words.paused : ''}</Phrase>
      </p>
      <button class="full-screen" type="button" onClick={toggleFullScreen}>
        {words['full-screen']}
      </button>
    </main>
  );
}

function Question({ room, words }: Pick<ScreenProps, 'room' | 'words'>) {
  const question = useStore(room.question);
  if (!question) return null;
  return (
    <section class="question" aria-label={words.question}>
      <small>{words.question}</small>
      <p dir="auto" key={question.id}>
        {question.text}
      </p>
    </section>
  );
}

function Aside({ room, title, address, words }: Pick<ScreenProps, 'room' | 'address' | 'words'> & { title: string }) {
  const online = useStore(room.online);
  return (
    <aside>
      <h1 dir="auto">{title}</h1>
      <figure>
        <QrCode text={address} label={address} />
        <figcaption>
          <strong>{words.join}</strong>
          <span>{address.replace(/^https?:\/\//, '').replace(/\/$/, '')}</span>
        </figcaption>
      </figure>
      {online !== null && online > 0 && (
        <p class="here">
          <Phrase>{fill(words.here, { n: online })}</Phrase>
        </p>
      )}
    </aside>
  );
}
