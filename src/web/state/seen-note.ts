import type { Emotion, Empathy, EmpathyCount, NoteFieldsFragment } from '../generated/graphql';
import type { Change } from './changes';
import type { Mark } from './marks';

export type Counts = readonly EmpathyCount[];

/** Changes of one note that wait to be confirmed. */
export interface NoteChanges {
  readonly empathy: Extract<Change, { kind: 'empathy' }> | undefined;
  readonly feeling: Extract<Change, { kind: 'feeling' }> | undefined;
}

/** A note as the person sees it: with their own changes, confirmed or not. */
export interface SeenNote {
  readonly feeling: Emotion | null;
  readonly shownEmotion: Emotion | null;
  readonly counts: Counts;
  readonly ownEmpathy: Empathy | null;
}

type Answered = Pick<NoteFieldsFragment, 'feeling' | 'shownEmotion' | 'dominantEmotion'> & { readonly empathies: Counts };

export function seenNote(note: Answered, mark: Mark | undefined, changes: NoteChanges): SeenNote {
  const said = changes.feeling ? changes.feeling.feeling : (note.feeling ?? null);
  return {
    feeling: said,
    shownEmotion: changes.feeling ? (said ?? note.dominantEmotion ?? null) : (note.shownEmotion ?? null),
    counts: changes.empathy?.counts ?? note.empathies,
    ownEmpathy: changes.empathy ? changes.empathy.empathy : (mark?.empathy ?? null),
  };
}

/** The counts after the person has moved their press. */
export const withPress = (counts: Counts, before: Empathy | null, after: Empathy | null): Counts =>
  counts.map(({ empathy, count }) => ({
    empathy,
    count: Math.max(0, count + Number(empathy === after) - Number(empathy === before)),
  }));
