import type { Note } from './timeline';

/** Erased notes that are remembered. */
const MAX_ERASED = 1_000;

/** Notes that were erased: an erasure can arrive before its note, or before a page that was loaded earlier. */
export class ErasedNotes {
  private readonly byId = new Map<string, Note>();

  /** Remembers those of the notes that are erased. The oldest are forgotten first. */
  remember(notes: readonly Note[]): void {
    for (const note of notes) if (note.hidden) this.byId.set(note.id, note);
    for (const oldest of this.byId.keys()) {
      if (this.byId.size <= MAX_ERASED) break;
      this.byId.delete(oldest);
    }
  }

  applyTo(notes: readonly Note[]): readonly Note[] {
    return notes.map((note) => this.byId.get(note.id) ?? note);
  }
}
