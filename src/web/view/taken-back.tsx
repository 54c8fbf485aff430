import { useEffect, useRef } from 'preact/hooks';
import { undoTakeBack } from '../state/own-note';
import { usePage, useWords } from '../state/page';
import type { Note } from '../state/timeline';
import { useStore } from '../state/use-store';
import { Phrase } from './phrase';
import { useSecondsUntil } from './time';
import { useId } from './use-id';

/** In place of the text of a note that its writer takes back. */
export function TakenBack({ note, dueAt }: { note: Note; dueAt: number }) {
  const words = useWords();
  const page = usePage();
  const offline = useStore(page.connection) === 'offline';
  const undoable = useSecondsUntil(dueAt) > 0;
  const undo = useRef<HTMLButtonElement>(null);
  const id = useId();
  // After the dialog has returned the focus to the note.
  useEffect(() => undo.current?.focus(), []);
  return (
    <p>
      <em id={id}>
        <Phrase>{words[undoable ? 'taken-back' : offline ? 'taken-back-waiting' : 'taking-back']}</Phrase>
      </em>{' '}
      {undoable && (
        <button ref={undo} class="link" type="button" aria-describedby={id} onClick={() => undoTakeBack(page, note)}>
          {words.undo}
        </button>
      )}
    </p>
  );
}
