import { useEffect, useRef, useState } from 'preact/hooks';
import { unmask, type FragmentType } from '../generated/fragment-masking';
import { MeDocument, MyMoodDocument, MyNotesDocument, NoteFieldsFragmentDoc, type MyNotesQuery } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Badge } from '../view/badge';
import { Erased, NoteText } from '../view/note-text';
import { dateFormat } from '../view/time';
import { useQuery } from '../view/use-query';
import { fill } from '../words/words';
import { MoodChart } from './mood-chart';
import { Main } from '../view/main';
import { Waiting } from './waiting';

type OwnNote = MyNotesQuery['chatLogs']['items'][number];

/** The account, the mood and the notes of the person who is logged in. */
export default function MyPage() {
  const words = useWords();
  const { session, dialog } = usePage();
  const login = useStore(session.login);
  if (!login) {
    return (
      <Main>
        <h1>{words.me}</h1>
        <div class="empty">
          <p class="big">{words['need-login']}</p>
          <button type="button" onClick={() => dialog.set({ form: 'log-in' })}>
            {words['log-in']}
          </button>
        </div>
      </Main>
    );
  }
  return (
    <Main key={login.username}>
      <Account />
      <MyMood />
      <MyNotes />
    </Main>
  );
}

function Account() {
  const words = useWords();
  const { session, settings, outbox, logOut } = usePage();
  const person = useStore(session.person);
  const waiting = useStore(outbox.pending).filter(({ owner, progress }) => owner === person && progress.kind !== 'sent').length;
  /** Whether the logout, which waits for the person's answer, is one of all devices. */
  const [asking, setAsking] = useState<{ everywhere: boolean } | null>(null);
  const ask = (everywhere: boolean) => {
    if (waiting > 0) setAsking({ everywhere });
    else void logOut(everywhere);
  };
  const locale = useStore(settings.locale);
  const query = useQuery(async () => (await session.run(MeDocument, {})).me, []);
  const me = query.data;
  return (
    <section class="card">
      <h1>{session.login.get()?.username}</h1>
      <p class="quiet">{words['my-lead']}</p>
      {me ? (
        <ul class="facts">
          <li>{me.email ?? words['no-email']}</li>
          <li>
            {fill(words.joined, {
              month: dateFormat(locale, { year: 'numeric', month: 'long' }).format(Date.parse(me.joinedAt)),
            })}
          </li>
          <li>{fill(words['my-count'], { n: me.messageCount })}</li>
        </ul>
      ) : query.failed ? (
        <Waiting query={query} />
      ) : (
        <p class="facts" aria-hidden="true">
          {'\u00a0'}
        </p>
      )}
      <p class="row">
        <button type="button" class="plain" onClick={() => ask(false)}>
          {words['log-out']}
        </button>
        <button type="button" class="plain" title={words['logout-sure']} onClick={() => ask(true)}>
          {words['log-out-everywhere']}
        </button>
      </p>
      {asking && waiting > 0 && (
        <div class="row" role="alert">
          <p class="problem">{fill(words['logout-waiting'], { n: waiting })}</p>
          <button type="button" onClick={() => void logOut(asking.everywhere)}>
            {words['logout-anyway']}
          </button>
          <button type="button" class="plain" onClick={() => setAsking(null)}>
            {words.cancel}
          </button>
        </div>
      )}
    </section>
  );
}

function MyMood() {
  const words = useWords();
  const { session } = usePage();
  const query = useQuery(async () => (await session.run(MyMoodDocument, {})).myMood, []);
  return (
    <section class="card">
      <h2>{words['my-mood']}</h2>
      {query.data ? <MoodChart moods={query.data} step="DAY" /> : <Waiting query={query} />}
    </section>
  );
}

/** All notes of the person. The next page is loaded when the end comes into view. */
function MyNotes() {
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
