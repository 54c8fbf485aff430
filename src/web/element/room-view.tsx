import { titleIn } from '../../domain/room-title';
import type { ReadingRoom } from '../state/reading-room';
import type { Locale } from '../state/settings';
import type { Note } from '../state/timeline';
import { useStore } from '../state/use-store';
import { Feeling } from '../view/icons';
import { piecesOf } from '../view/links';
import { Phrase } from '../view/phrase';
import { fill } from '../words/fill';
import type { HallWords } from '../words/hall';

interface RoomViewProps {
  readonly room: ReadingRoom;
  readonly id: string;
  /** Where people write. */
  readonly address: string;
  readonly locale: Locale;
  readonly words: HallWords;
}

export function RoomView({ room, id, address, locale, words }: RoomViewProps) {
  const notes = useStore(room.notes);
  const question = useStore(room.question);
  const online = useStore(room.online);
  const named = useStore(room.title);
  const offline = useStore(room.connection) === 'offline';
  const title = titleIn({ id, title: named }, locale) || id;
  if (useStore(room.missing)) return <p class="middle">{words.missing}</p>;
  return (
    <section class="room" lang={locale} aria-label={title}>
      <header>
        <h2 dir="auto">{title}</h2>
        <small role="status">
          <Phrase>{offline ? words.offline : online ? fill(words.here, { n: online }) : ''}</Phrase>
        </small>
      </header>
      {question && (
        <p class="question" dir="auto">
          <small>{words.question}</small> {question.text}
        </p>
      )}
      {/* Scrollable regions have to be reachable by keyboard. */}
      <div class="scroller" tabIndex={0} role="region" aria-label={words.notes}>
        <ol>
          {notes?.map((note) => (
            <NoteView key={note.id} note={note} locale={locale} words={words} />
          ))}
        </ol>
        {notes?.length === 0 && <p class="middle">{words['nothing-yet']}</p>}
      </div>
      <a class="write" href={address} target="_blank" rel="noopener">
        {words.write}
      </a>
    </section>
  );
}

function NoteView({ note, locale, words }: { note: Note } & Pick<RoomViewProps, 'locale' | 'words'>) {
  const { author, text, sentAt, shownEmotion } = note;
  return (
    <li class={shownEmotion ?? 'PLAIN'}>
      <p dir="auto">
        {piecesOf(text).map((piece, i) =>
          typeof piece === 'string' ? (
            piece
          ) : (
            <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
              {piece.text}
            </a>
          ),
        )}
      </p>
      <footer>
        <span class="author">{author}</span>
        <time dateTime={sentAt}>{whenOf(sentAt, locale)}</time>
        {shownEmotion && <Feeling emotion={shownEmotion} word={words[shownEmotion]} />}
      </footer>
    </li>
  );
}

const formats = {
  ko: new Intl.DateTimeFormat('ko', { dateStyle: 'medium', timeStyle: 'short' }),
  en: new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }),
};
const whenOf = (sentAt: string, locale: Locale): string => formats[locale].format(Date.parse(sentAt));
