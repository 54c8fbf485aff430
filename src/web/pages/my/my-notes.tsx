import { useEffect, useRef, useState } from 'preact/hooks';
import { unmask, type FragmentType } from '../../generated/fragment-masking';
import { MyNotesDocument, NoteFieldsFragmentDoc, type MyNotesQuery } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { Badge } from '../../view/badge';
import { Erased, NoteText } from '../../view/note-text';
import { dateFormat } from '../../view/time';

type OwnNote = MyNotesQuery['chatLogs']['items'][number];

/** All notes of the person. The next page is loaded when the end comes into view. */
export function MyNotes() {
  const words = useWords();
  const { session } = usePage();
  const [log, setLog] = useState<{ notes: readonly OwnNote[]; page: number; over: boolean }>({ notes: [], page: 0, over: false });
  const end = useRef<HTMLButtonElement>(null);
  const busy = useRef(false);
  const load = async () => {
    if (busy.current || log.over) return;
    busy.current = true;
    try {
      const { chatLogs } = await session.run(MyNotesDocument, { page: log.page + 1 });
      // A note written meanwhile moves the last note of this page to the next.
      const known = new Set(log.notes.map(({ id }) => id));
      const notes = [...log.notes, ...chatLogs.items.filter(({ id }) => !known.has(id))];
      setLog({ notes, page: log.page + 1, over: !chatLogs.hasMore });
    } catch {
      // The button stays, so that the person can try again.
    }
    busy.current = false;
  };
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void load(), { rootMargin: '300px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  });
  return (
    <section>
      <h2>{words['my-notes']}</h2>
      <ol>
        {log.notes.map((note) => (
          <OwnNoteItem key={note.id} note={note} />
        ))}
      </ol>
      {log.over ? (
        <p class="quiet middle">{log.notes.length > 0 ? words['log-end'] : words['log-empty']}</p>
      ) : (
        <p class="middle">
          <button ref={end} class="link" type="button" onClick={() => void load()}>
            {words.more}
          </button>
        </p>
      )}
    </section>
  );
}

function OwnNoteItem({ note: masked }: { note: FragmentType<typeof NoteFieldsFragmentDoc> }) {
  const locale = useStore(usePage().settings.locale);
  const note = unmask(NoteFieldsFragmentDoc, masked);
  return (
    <li class={`note ${note.shownEmotion ?? 'PLAIN'}`}>
      {note.hidden ? <Erased /> : <NoteText text={note.text} />}
      <footer>
        <time dateTime={note.sentAt}>
          {dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(note.sentAt))}
        </time>
        <Badge {...note} />
      </footer>
    </li>
  );
}
