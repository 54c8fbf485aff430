import {
  atNewest,
  EMPTY,
  MAX_SHOWN,
  readingAbove,
  withChanged,
  withLoaded,
  withNew,
  withNewer,
  withOlder,
  type Note,
} from '../../src/web/state/timeline';

const notes = (from: number, to: number): Note[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    id: `n${from + i}`,
    author: 'a',
    text: '',
    sentAt: '2026-01-01T00:00:00.000Z',
    cursor: `c${from + i}`,
    empathies: [],
    hidden: false,
  }));
const ends = (shown: readonly Note[]) => [shown[0]?.id, shown.at(-1)?.id, shown.length];

test('keeps the newest MAX_SHOWN notes while following', () => {
  const after = withNew(withLoaded(EMPTY, notes(1, 50), false), notes(51, 300));
  expect(ends(after.shown)).toEqual(['n101', 'n300', MAX_SHOWN]);
  expect(after).toMatchObject({ following: true, unseen: 0, hasOlder: true });
});

test('keeps the place of a reader further up, counts new notes, and joins them without a gap', () => {
  const up = readingAbove(withLoaded(EMPTY, notes(101, 150), true));
  const older = withOlder(up, notes(1, 100), false);
  expect(older.hasOlder).toBe(false);
  const later = withNew(older, notes(151, 160));
  expect(ends(later.shown)).toEqual(['n1', 'n150', 150]);
  expect(later.unseen).toBe(10);
  const down = atNewest(later);
  expect(ends(down.shown)).toEqual(['n1', 'n160', 160]);
  expect(down).toMatchObject({ following: true, unseen: 0 });
});

test('loads newer pages when the newest notes have moved on too far', () => {
  const far = withNew(readingAbove(withLoaded(EMPTY, notes(1, 50), false)), notes(51, 400));
  const on = withNewer(far, notes(51, 90));
  expect(ends(on.shown)).toEqual(['n1', 'n90', 90]);
  expect(on.following).toBe(false);
  // Its last note is among the newest by now: the rest is known.
  expect(ends(withNewer(on, notes(91, 205)).shown)).toEqual(['n201', 'n400', MAX_SHOWN]);
  expect(ends(atNewest(far).shown)).toEqual(['n201', 'n400', MAX_SHOWN]);
});

test('replaces the notes after an expired cursor, but not for a reader further up', () => {
  const following = withLoaded(withLoaded(EMPTY, notes(1, 50), false), notes(400, 449), true);
  expect(ends(following.shown)).toEqual(['n400', 'n449', 50]);
  const reading = withLoaded(readingAbove(withLoaded(EMPTY, notes(1, 50), false)), notes(400, 449), true);
  expect(ends(reading.shown)).toEqual(['n1', 'n50', 50]);
  expect(reading.unseen).toBe(50);
});

test('keeps a changed note in its place', () => {
  const before = withLoaded(EMPTY, notes(1, 3), false);
  const [, second] = notes(1, 3);
  const after = withChanged(before, [{ ...(second as Note), text: 'taken down' }]);
  expect(after.shown.map(({ id, text }) => [id, text])).toEqual([
    ['n1', ''],
    ['n2', 'taken down'],
    ['n3', ''],
  ]);
  expect(after.newest).toEqual(after.shown);
});
