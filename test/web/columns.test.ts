import { arrange, type Columns } from '../../src/web/screen/columns';

const board = { columns: 2, height: 100, gap: 10 };
const cards = (...ids: string[]) => ids.map((id) => ({ id, height: 45 }));

test('fills the columns with the newest cards first', () => {
  expect(arrange([], cards('a', 'b', 'c', 'd', 'e'), board)).toEqual([
    ['e', 'c'],
    ['d', 'b'],
  ]);
});

test('puts a new card above the column whose uppermost card is the oldest, and moves no other column', () => {
  const before = arrange([], cards('a', 'b', 'c', 'd'), board);
  expect(before).toEqual([
    ['d', 'b'],
    ['c', 'a'],
  ]);
  expect(arrange(before, cards('b', 'c', 'd', 'e'), board)).toEqual([
    ['d', 'b'],
    ['e', 'c'],
  ]);
});

test('closes the gap of a card that is gone, and fills the place with an older one', () => {
  const before: Columns = [
    ['e', 'c'],
    ['d', 'b'],
  ];
  expect(arrange(before, cards('a', 'b', 'c', 'd'), board)).toEqual([
    ['c', 'a'],
    ['d', 'b'],
  ]);
});

test('shows a card that is higher than the board in an empty column', () => {
  expect(arrange([], [{ id: 'a', height: 500 }], { ...board, columns: 1 })).toEqual([['a']]);
});
