import { useEffect, useRef, useState } from 'preact/hooks';
import { titleIn } from '../../../domain/room-title';
import { unmask } from '../../generated/fragment-masking';
import { DismissDocument, HideDocument, NoteFieldsFragmentDoc, type ReportsQuery } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { Badge } from '../../view/badge';
import { Field } from '../../view/field';
import { Erased, NoteText } from '../../view/note-text';
import { Ago } from '../../view/time';
import { sayError } from '../../words/words';
import { MuteForm } from '../../view/mute-form';

type Reported = ReportsQuery['reports'][number];
export type Outcome = 'kept' | 'taken-down';

interface ReportedNoteProps {
  readonly reported: Reported;
  /** Whether a mute holds in all rooms. */
  readonly everywhere: boolean;
  readonly onDecided: (outcome: Outcome) => void;
}

/** A reported note, and what can be done about it. */
export function ReportedNote({ reported, everywhere, onDecided }: ReportedNoteProps) {
  const words = useWords();
  const { session, feed, rooms, settings } = usePage();
  const { id, room } = reported.chat;
  const note = unmask(NoteFieldsFragmentDoc, reported.chat);
  const title = useStore(rooms).find((one) => one.id === room)?.title ?? '';
  const locale = useStore(settings.locale);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState(reported.reasons[0] ?? '');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    // The focus moves to the reason, and back to the button that opened it.
    if (asking) item.current?.querySelector('input')?.focus();
    else if (asked.current) item.current?.querySelector<HTMLElement>('.row button:nth-child(2)')?.focus();
    asked.current = asking;
  }, [asking]);
  const act = async (outcome: Outcome) => {
    if (outcome === 'taken-down' && reason.trim() === '') {
      setProblem(words.required);
      return;
    }
    setBusy(true);
    try {
      if (outcome === 'kept') await session.run(DismissDocument, { id });
      else feed.get().change([unmask(NoteFieldsFragmentDoc, (await session.run(HideDocument, { id, reason })).hideChat)]);
      onDecided(outcome);
    } catch (error) {
      setBusy(false);
      setProblem(sayError(words, error));
    }
  };
  return (
    <li ref={item} class={`note ${note.shownEmotion ?? 'PLAIN'}`}>
      {note.hidden ? <Erased /> : <NoteText text={note.text} />}
      <footer>
        <span class="author">{note.author}</span>
        <span dir="auto">{titleIn({ id: room, title }, locale) || room}</span>
        <Ago at={note.sentAt} />
        <Badge {...note} />
      </footer>
      <h2>{words['reported-for']}</h2>
      <ul>
        {reported.reasons.map((said, i) => (
          <li key={i} dir="auto">
            {said}
          </li>
        ))}
      </ul>
      <p class="quiet">
        {words['reported-since']} <Ago at={reported.reportedAt} />
      </p>
      {asking ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void act('taken-down');
          }}
        >
          <Field
            label={words['take-down-why']}
            value={reason}
            onInput={setReason}
            hint={words['take-down-sure']}
            problem={problem}
          />
          <div class="row">
            <button type="submit" disabled={busy}>
              {words['take-down']}
            </button>
            <button type="button" class="plain" onClick={() => setAsking(false)}>
              {words.cancel}
            </button>
          </div>
        </form>
      ) : (
        <div class="row">
          <button type="button" class="plain" disabled={busy} onClick={() => void act('kept')}>
            {words.keep}
          </button>
          <button type="button" class="plain" onClick={() => setAsking(true)}>
            {words['take-down']}
          </button>
          <span class="problem" role="alert">
            {problem}
          </span>
        </div>
      )}
      <MuteForm chatId={id} reason={reported.reasons[0] ?? ''} everywhere={everywhere} />
    </li>
  );
}
