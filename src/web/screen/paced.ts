import { useEffect, useRef, useState } from 'preact/hooks';
import type { Note } from '../state/timeline';

/** At most one group of new notes in this time, so that cards can be read while many people write. */
const GROUP_MS = 2_000;

/**
 * The notes to show. New ones come in groups. What is gone from `notes` is gone at once.
 * @param notes oldest first; null until they are loaded
 */
export function usePaced(notes: readonly Note[] | null): readonly Note[] | null {
  const [shown, setShown] = useState(notes);
  const changedAt = useRef(-GROUP_MS);
  useEffect(() => {
    if (notes === shown) return;
    const show = (): void => {
      changedAt.current = performance.now();
      setShown(notes);
    };
    const timer = setTimeout(show, Math.max(0, changedAt.current + GROUP_MS - performance.now()));
    return () => clearTimeout(timer);
  }, [notes, shown]);
  return shown && notes && withoutGone(shown, notes);
}

/** As they are now: without those that are gone. */
function withoutGone(shown: readonly Note[], notes: readonly Note[]): readonly Note[] {
  if (shown === notes) return shown;
  const byId = new Map(notes.map((note) => [note.id, note]));
  return shown.flatMap((note) => byId.get(note.id) ?? []);
}
