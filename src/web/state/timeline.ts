import type { NoteFieldsFragment } from '../generated/graphql';

export type Note = NoteFieldsFragment;

/** Notes in the document at a time. */
export const MAX_SHOWN = 200;

/** What the wall of a room shows. Both lists are in order, oldest first, without gaps. */
export interface Timeline {
  readonly loaded: boolean;
  readonly shown: readonly Note[];
  /** The newest notes, whether or not they are shown. */
  readonly newest: readonly Note[];
  /** Whether there are notes before the first that is shown. */
  readonly hasOlder: boolean;
  /** Whether the newest note is shown and each new one scrolls into view. */
  readonly following: boolean;
  /** The number of notes that arrived while the reader was further up. */
  readonly unseen: number;
}

export const EMPTY: Timeline = { loaded: false, shown: [], newest: [], hasOlder: false, following: true, unseen: 0 };

const tail = (notes: readonly Note[]): readonly Note[] => notes.slice(-MAX_SHOWN);

/** After the room was loaded, or loaded again because its cursor had expired. A reader further up stays there. */
export function withLoaded(before: Timeline, notes: readonly Note[], hasOlder: boolean): Timeline {
  const stays = before.loaded && !before.following;
  return {
    loaded: true,
    newest: tail(notes),
    shown: stays ? before.shown : tail(notes),
    hasOlder: stays ? before.hasOlder : hasOlder,
    following: !stays,
    unseen: stays ? before.unseen + notes.length : 0,
  };
}

export function withNew(before: Timeline, notes: readonly Note[]): Timeline {
  const newest = tail([...before.newest, ...notes]);
  if (!before.following) return { ...before, newest, unseen: before.unseen + notes.length };
  const shown = [...before.shown, ...notes];
  return { ...before, newest, shown: tail(shown), hasOlder: before.hasOlder || shown.length > MAX_SHOWN };
}

/** Replaces notes that have changed, in their places. */
export function withChanged(before: Timeline, changed: readonly Note[]): Timeline {
  const byId = new Map(changed.map((note) => [note.id, note]));
  const replace = (notes: readonly Note[]) =>
    notes.some(({ id }) => byId.has(id)) ? notes.map((note) => byId.get(note.id) ?? note) : notes;
  return { ...before, shown: replace(before.shown), newest: replace(before.newest) };
}

/** @param notes just before the first that is shown, oldest first */
export function withOlder(before: Timeline, notes: readonly Note[], hasOlder: boolean): Timeline {
  const shown = [...notes, ...before.shown];
  return { ...before, shown: shown.slice(0, MAX_SHOWN), hasOlder, following: before.following && shown.length <= MAX_SHOWN };
}

/** Appends `notes`, which follow the last note that is shown, and joins the newest notes if they overlap. */
export function withNewer(before: Timeline, notes: readonly Note[]): Timeline {
  const shown = [...before.shown, ...notes];
  return joinNewest({ ...before, shown: tail(shown), hasOlder: before.hasOlder || shown.length > MAX_SHOWN });
}

/** Whether the shown notes overlap the newest ones, so that nothing has to be loaded in between. */
export const reachesNewest = ({ shown, newest }: Timeline): boolean => {
  const last = shown.at(-1)?.id;
  return last === undefined || newest.some(({ id }) => id === last);
};

function joinNewest(before: Timeline): Timeline {
  if (!reachesNewest(before)) return before;
  const last = before.shown.at(-1)?.id;
  const shown = [...before.shown, ...before.newest.slice(before.newest.findIndex(({ id }) => id === last) + 1)];
  return {
    ...before,
    shown: tail(shown),
    hasOlder: before.hasOlder || shown.length > MAX_SHOWN,
    following: true,
    unseen: 0,
  };
}

/** Jumps to the newest notes. */
export function atNewest(before: Timeline): Timeline {
  if (reachesNewest(before)) return joinNewest(before);
  return { ...before, shown: before.newest, hasOlder: true, following: true, unseen: 0 };
}

export const readingAbove = (before: Timeline): Timeline => (before.following ? { ...before, following: false } : before);
