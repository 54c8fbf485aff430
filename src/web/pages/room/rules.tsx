import { useState } from 'preact/hooks';
import { UpdateRoomDocument, type RoomRulesFragment, type WordFilter } from '../../generated/graphql';
import { usePage } from '../../state/page';
import { useRoomWords } from '../../view/use-room-words';
import { fill } from '../../words/fill';
import type { RoomWords } from '../../words/rooms';
import { Outcome } from './outcome';
import { useSaving } from './use-saving';
import { useId } from '../../view/use-id';

const PAUSES = [0, 5, 10, 30, 60, 300, 900, 3_600];
const FILTERS: readonly WordFilter[] = ['OFF', 'MASK', 'REFUSE'];
const MAX_WORDS = 200;
const MAX_CHARACTERS = 40;

const pauseName = (words: RoomWords, seconds: number): string => {
  if (seconds === 0) return words['slow-0'];
  return seconds % 60 === 0 ? fill(words['slow-minutes'], { n: seconds / 60 }) : fill(words['slow-seconds'], { n: seconds });
};

/** Slow mode and the filter of words. */
export function Rules({ room, onChanged }: { room: RoomRulesFragment; onChanged: () => void }) {
  const words = useRoomWords();
  const { session } = usePage();
  const id = useId();
  const [slowModeSeconds, setSlow] = useState(room.slowModeSeconds);
  const [wordFilter, setFilter] = useState<WordFilter>(room.wordFilter);
  const [text, setText] = useState(room.ownWords.join('\n'));
  const saving = useSaving();
  const pauses = [...new Set([...PAUSES, room.slowModeSeconds])].sort((a, b) => a - b);
  const save = async () => {
    const ownWords = [...new Set(text.split('\n').map((word) => word.trim()))].filter((word) => word !== '');
    if (ownWords.length > MAX_WORDS || ownWords.some((word) => [...word].length > MAX_CHARACTERS)) {
      saving.fail(words['own-words-rule']);
      return;
    }
    const changes = { id: room.id, slowModeSeconds, wordFilter, ownWords };
    if (await saving.run(() => session.run(UpdateRoomDocument, changes), words.saved)) onChanged();
  };
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label class="choose">
        {words['slow-mode']}
        <select value={slowModeSeconds} onChange={(event) => setSlow(Number(event.currentTarget.value))}>
          {pauses.map((seconds) => (
            <option key={seconds} value={seconds}>
              {pauseName(words, seconds)}
            </option>
          ))}
        </select>
      </label>
      <label class="choose">
        {words['word-filter']}
        <select value={wordFilter} onChange={(event) => setFilter(event.currentTarget.value as WordFilter)}>
          {FILTERS.map((mode) => (
            <option key={mode} value={mode}>
              {words[mode]}
            </option>
          ))}
        </select>
      </label>
      <div class="field">
        <label for={id}>{words['own-words']}</label>
        <textarea
          id={id}
          rows={4}
          value={text}
          spellcheck={false}
          aria-describedby={`${id}-hint`}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p id={`${id}-hint`} class="quiet">
          {wordFilter === 'OFF' ? words['own-words-off'] : words['own-words-hint']}
        </p>
      </div>
      <div class="row">
        <button type="submit" aria-busy={saving.busy}>
          {words.save}
        </button>
        <Outcome {...saving} />
      </div>
    </form>
  );
}
