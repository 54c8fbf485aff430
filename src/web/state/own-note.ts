import { changeOf } from './changes';
import type { Page } from './page';
import type { Note } from './timeline';

const UNDO_MS = 5_000;

type Parts = Pick<Page, 'changes' | 'texts' | 'feeling' | 'session' | 'feed'>;

/** Returns text and feeling of the person's own note to the composer. After five seconds the note is erased for everybody. */
export function takeBack({ changes, texts, feeling, session, feed }: Parts, note: Note): void {
  const owner = session.login.get()?.username;
  if (owner === undefined) return;
  const correction = changeOf(changes.pending.get(), 'feeling', note.id);
  if (correction) changes.drop(correction);
  changes.put(note.id, owner, { kind: 'take-back' }, Date.now() + UNDO_MS);
  const { room } = feed.get();
  const typed = texts.texts.get().get(room);
  texts.set(room, typed ? `${note.text}\n${typed}` : note.text);
  feeling.set(note.feeling ?? null);
}

/** The note stays. What `takeBack` has put into the composer leaves it, unless the person has edited it. */
export function undoTakeBack({ changes, texts, feeling, feed }: Parts, note: Note): void {
  const change = changeOf(changes.pending.get(), 'take-back', note.id);
  if (!change) return;
  changes.drop(change);
  const { room } = feed.get();
  const typed = texts.texts.get().get(room) ?? '';
  if (typed !== note.text && !typed.startsWith(`${note.text}\n`)) return;
  texts.set(room, typed.slice(note.text.length + 1));
  feeling.set(null);
}
