import { useState } from 'preact/hooks';
import { MuteDocument } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Field } from './field';
import { Fold } from './fold';
import { Phrase } from './phrase';
import { dateFormat } from './time';
import { fill, sayError } from '../words/words';

const LENGTHS = [10, 60, 1_440, 10_080] as const;

interface MuteFormProps {
  readonly chatId: string;
  readonly reason: string;
  /** Whether it holds in all rooms, as the mute of a moderator does. */
  readonly everywhere?: boolean;
}

/** Mutes the author of a note, for 10 minutes to 7 days. */
export function MuteForm({ chatId, reason: given, everywhere = true }: MuteFormProps) {
  const words = useWords();
  const { session, settings } = usePage();
  const locale = useStore(settings.locale);
  const [minutes, setMinutes] = useState(60);
  const [reason, setReason] = useState(given);
  const [problem, setProblem] = useState('');
  const [until, setUntil] = useState('');
  const mute = async () => {
    if (reason.trim() === '') {
      setProblem(words.required);
      return;
    }
    try {
      setUntil((await session.run(MuteDocument, { chatId, minutes, reason })).muteAuthor);
    } catch (error) {
      setProblem(sayError(words, error));
    }
  };
  if (until !== '') {
    const time = dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(until));
    return <p role="status">{fill(words['muted-until'], { time })}</p>;
  }
  return (
    <Fold title={words.mute}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void mute();
        }}
      >
        <label class="choose">
          {words['mute-how-long']}
          <select value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
            {LENGTHS.map((length) => (
              <option key={length} value={length}>
                {words[`minutes-${length}`]}
              </option>
            ))}
          </select>
        </label>
        <Field
          label={words['mute-why']}
          value={reason}
          onInput={(value) => {
            setReason(value);
            setProblem('');
          }}
          hint={words[everywhere ? 'mute-hint' : 'mute-hint-room']}
          problem={problem}
        />
        <button type="submit">
          <Phrase>{words['mute-run']}</Phrase>
        </button>
      </form>
    </Fold>
  );
}
