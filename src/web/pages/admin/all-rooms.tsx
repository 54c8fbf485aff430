import { useState } from 'preact/hooks';
import { titleIn } from '../../../domain/room-title';
import type { FragmentType } from '../../generated/fragment-masking';
import { RunInsightDocument, type LetterFieldsFragmentDoc } from '../../generated/graphql';
import { usePage, useWords, type RoomInfo } from '../../state/page';
import { useStore } from '../../state/use-store';
import { Link } from '../../view/link';
import { Phrase } from '../../view/phrase';
import { fill, sayError } from '../../words/words';
import { LetterPaper } from '../letter-paper';

type Letter = { readonly id: string } & FragmentType<typeof LetterFieldsFragmentDoc>;

/** Every listed room. Administrators can ask for its letter. */
export function AllRooms() {
  const words = useWords();
  const { rooms } = usePage();
  // The person's own rooms are listed elsewhere too.
  const list = useStore(rooms).filter(({ visibility }) => visibility === 'PUBLIC');
  const [letter, setLetter] = useState<Letter | null>(null);
  return (
    <>
      <header>
        <h1>{words['all-rooms']}</h1>
        <p class="quiet">{words['rooms-lead']}</p>
      </header>
      {letter && <LetterPaper key={letter.id} letter={letter} />}
      <ul class="lines card">
        {list.map((room) => (
          <RoomLine key={room.id} room={room} onLetter={setLetter} />
        ))}
      </ul>
    </>
  );
}

function RoomLine({ room, onLetter }: { room: RoomInfo; onLetter: (letter: Letter) => void }) {
  const words = useWords();
  const { session, isAdmin, settings } = usePage();
  const locale = useStore(settings.locale);
  const administrates = useStore(isAdmin);
  const [state, setState] = useState({ busy: false, problem: '' });
  const run = async () => {
    setState({ busy: true, problem: '' });
    try {
      onLetter((await session.run(RunInsightDocument, { room: room.id })).runInsight);
      setState({ busy: false, problem: '' });
    } catch (error) {
      setState({ busy: false, problem: sayError(words, error) });
    }
  };
  return (
    <li>
      <span>
        <Link to={{ view: 'wall', room: room.id }}>
          <strong dir="auto">{titleIn(room, locale)}</strong>
        </Link>
        <small>{fill(words['here-now'], { n: room.online })}</small>
        <small class="problem" role="alert">
          <Phrase>{state.problem}</Phrase>
        </small>
      </span>
      {administrates && (
        <button type="button" class="plain" disabled={state.busy} onClick={() => void run()}>
          <Phrase>{state.busy ? words.running : words['run-now']}</Phrase>
        </button>
      )}
    </li>
  );
}
