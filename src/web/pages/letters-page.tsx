import { useEffect, useState } from 'preact/hooks';
import type { FragmentType } from '../generated/fragment-masking';
import {
  LetterDocument,
  LettersDocument,
  RunInsightDocument,
  type LetterFieldsFragmentDoc,
  type LettersQuery,
} from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Feeling, Icon } from '../view/icons';
import { Link } from '../view/link';
import { Phrase } from '../view/phrase';
import { dateFormat } from '../view/time';
import { useQuery } from '../view/use-query';
import { fill, sayError } from '../words/words';
import { LetterPaper } from './letter-paper';
import { NotifyButton } from './notify-button';
import { MoodChart } from './mood-chart';
import { PlaceHead } from './place-head';
import { Main } from '../view/main';
import { Waiting } from './waiting';

type Listed = LettersQuery['insights']['edges'][number]['node'];
type Letter = { readonly id: string } & FragmentType<typeof LetterFieldsFragmentDoc>;

/** The letters of a room, or the one that the address names. */
export default function LettersPage() {
  const { room, letter } = useStore(usePage().route);
  // A letter that an administrator asked for is returned once and not stored.
  const [asked, setAsked] = useState<Letter | null>(null);
  if (letter === undefined) return <Mailbox key={room} onAsked={setAsked} />;
  return <OneLetter key={letter} id={letter} asked={asked} onAsked={setAsked} />;
}

interface OneLetterProps {
  readonly id: string;
  readonly asked: Letter | null;
  readonly onAsked: (letter: Letter) => void;
}

/** A letter by its id, however old it is. */
function OneLetter({ id, asked, onAsked }: OneLetterProps) {
  const words = useWords();
  const { session, route } = usePage();
  const { room } = useStore(route);
  const query = useQuery<Letter | null>(
    async () => (asked?.id === id ? asked : ((await session.run(LetterDocument, { id })).insightById ?? null)),
    [id],
  );
  if (query.data === null) return <Mailbox onAsked={onAsked} problem={words['letter-gone']} />;
  return (
    <Main>
      <Link class="all-letters" to={{ view: 'letters', room }}>
        ← {words['all-letters']}
      </Link>
      {query.data ? <LetterPaper letter={query.data} /> : <Waiting query={query} />}
    </Main>
  );
}

function Mailbox({ onAsked, problem }: { onAsked: (letter: Letter) => void; problem?: string }) {
  const words = useWords();
  const { session, route, letters } = usePage();
  const { room } = useStore(route);
  const newest = useStore(letters.newest).get(room);
  /** What follows the first page. The cursor is null after the last page. */
  const [more, setMore] = useState<{ readonly list: readonly Listed[]; readonly cursor?: string | null }>({ list: [] });
  const query = useQuery(async () => (await session.run(LettersDocument, { room, after: null })).insights, [room, newest]);
  const list = [...(query.data?.edges.map(({ node }) => node) ?? []), ...more.list];
  const cursor = more.cursor === undefined ? query.data?.pageInfo.hasNextPage && query.data.pageInfo.endCursor : more.cursor;
  const loadMore = async () => {
    const { insights } = await session.run(LettersDocument, { room, after: cursor || null });
    const { hasNextPage, endCursor } = insights.pageInfo;
    const found = insights.edges.map(({ node }) => node);
    setMore({ list: [...more.list, ...found], cursor: hasNextPage ? (endCursor ?? null) : null });
  };
  return (
    <Main>
      <PlaceHead name={words.letters} room={room} />
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <NotifyButton room={room} />
      <RunNow room={room} onDone={onAsked} />
      {!query.data && <Waiting query={query} />}
      {query.data && list.length === 0 && (
        <div class="empty">
          <Icon name="letters" />
          <p class="big">{words['letters-empty']}</p>
        </div>
      )}
      {list.length > 1 && (
        <section class="card">
          <h2>{words['chart-days']}</h2>
          <MoodChart moods={[...list].reverse().map(({ mood }) => mood)} step="DAY" />
        </section>
      )}
      <ol class="mailbox">
        {list.map((letter) => (
          <Envelope key={letter.id} letter={letter} />
        ))}
      </ol>
      {cursor && (
        <button class="plain" type="button" onClick={() => void loadMore().catch(() => undefined)}>
          {words.more}
        </button>
      )}
    </Main>
  );
}

function Envelope({ letter }: { letter: Listed }) {
  const words = useWords();
  const { route, letters, settings } = usePage();
  const { room } = useStore(route);
  const read = useStore(letters.read).has(letter.id);
  const date = dateFormat(useStore(settings.locale), { month: 'long', day: 'numeric', weekday: 'long' });
  const { dominantEmotion, messageCount } = letter.mood;
  const isMixed = !dominantEmotion && messageCount > 0;
  return (
    <li class={dominantEmotion ?? 'PLAIN'}>
      <Link to={{ view: 'letters', room, letter: letter.id }}>
        <Icon name="letters" />
        <span>
          <strong>{fill(words['letter-of'], { date: date.format(Date.parse(letter.windowStart)) })}</strong>
          <small>{letter.topics.slice(0, 3).join(' · ') || (isMixed && words['mood-mixed'])}</small>
        </span>
        {dominantEmotion && <Feeling emotion={dominantEmotion} word={words[dominantEmotion]} />}
        {!read && (
          <b class="dot">
            <span class="hidden-copy">{words['unread-mark']}</span>
          </b>
        )}
      </Link>
    </li>
  );
}

/** Lets administrators ask for a letter. */
function RunNow({ room, onDone }: { room: string; onDone: (letter: Letter) => void }) {
  const words = useWords();
  const { isAdmin, session, go } = usePage();
  const allowed = useStore(isAdmin);
  const [state, setState] = useState({ busy: false, problem: '' });
  useEffect(() => setState({ busy: false, problem: '' }), [room]);
  if (!allowed) return null;
  const run = async () => {
    setState({ busy: true, problem: '' });
    try {
      const { runInsight } = await session.run(RunInsightDocument, { room });
      onDone(runInsight);
      go({ view: 'letters', room, letter: runInsight.id });
    } catch (error) {
      setState({ busy: false, problem: sayError(words, error) });
    }
  };
  return (
    <p>
      <button type="button" class="plain" disabled={state.busy} onClick={() => void run()}>
        <Phrase>{state.busy ? words.running : words['run-now']}</Phrase>
      </button>
      <span class="problem" role="alert">
        <Phrase>{state.problem}</Phrase>
      </span>
    </p>
  );
}
