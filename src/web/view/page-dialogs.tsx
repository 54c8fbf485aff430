import { usePage, type AccountForm } from '../state/page';
import type { Note } from '../state/timeline';
import { useStore } from '../state/use-store';
import { AccountDialog } from './account-dialog';
import { NoteDialog } from './note-dialog';
import { OwnNoteDialog } from './own-note-dialog';

/** The dialogs about notes and accounts. */
export default function PageDialogs({ open }: { open: AccountForm | Note }) {
  const known = useStore(usePage().marks.known);
  if ('form' in open) return <AccountDialog {...open} />;
  return known.get(open.id)?.mine ? <OwnNoteDialog note={open} /> : <NoteDialog note={open} />;
}
