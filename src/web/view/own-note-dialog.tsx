import { useState } from 'preact/hooks';
import { changeOf } from '../state/changes';
import { takeBack } from '../state/own-note';
import { usePage, useWords } from '../state/page';
import { seenNote } from '../state/seen-note';
import type { Note } from '../state/timeline';
import { canChangeFeeling } from './badge';
import { FeelingPicker } from './feeling-picker';
import { Modal } from './modal';

/** The menu of the person's own note: its feeling, and taking it back. */
export function OwnNoteDialog({ note }: { note: Note }) {
  const words = useWords();
  const page = usePage();
  const { dialog, session, changes } = page;
  const [feeling, setFeeling] = useState(() => {
    const correction = changeOf(changes.pending.get(), 'feeling', note.id);
    return seenNote(note, undefined, { empathy: undefined, feeling: correction }).feeling;
  });
  const save = () => {
    const owner = session.login.get()?.username;
    if (owner !== undefined) changes.put(note.id, owner, { kind: 'feeling', feeling });
    dialog.set(null);
  };
  return (
    <Modal title={words['own-note']} onClose={() => dialog.set(null)}>
      <blockquote dir="auto">{note.text}</blockquote>
      {canChangeFeeling(note.sentAt, Date.now()) ? (
        <form
          class="own-feeling"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <h3>{words['note-feeling']}</h3>
          <FeelingPicker label={words['note-feeling']} value={feeling} onChange={setFeeling} />
          <p class="quiet">{words['leave-feeling']}</p>
          <button type="submit">{words['save-feeling']}</button>
        </form>
      ) : (
        <p class="quiet">{words['feeling-late']}</p>
      )}
      <div class="take-back">
        <button
          type="button"
          class="plain"
          onClick={() => {
            takeBack(page, note);
            dialog.set(null);
          }}
        >
          {words['take-back']}
        </button>
        <p class="quiet">{words['take-back-hint']}</p>
      </div>
    </Modal>
  );
}
