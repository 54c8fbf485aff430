import { pausesOf, longestPause, type Measured } from './pauses';

test.each([
  ['between two times', [10, 20, 50, 60], 0, 60, 30],
  ['from the time before the period', [10, 40, 45], 30, 45, 30],
  ['at the end of the period', [10, 20], 15, 60, 40],
  ['cut at the end of the period', [10, 20, 90], 15, 60, 40],
  ['without any time', [], 20, 60, 40],
  ['not before the period', [10, 40, 45, 50], 42, 50, 5],
])('finds the longest pause %s', (_, times, from, until, longest) => {
  expect(longestPause(times, from, until)).toBe(longest);
});

const answer = (room: string, at: number, ms: number, code = 'OK') => ({ room, at, ms, code });
/** Server 0 has a fault from 100 to 200, server 1 from 400 to 500. Room `a` is on server 0, room `b` on server 1. */
const MEASURED: Measured = {
  outages: [
    { server: 0, from: 100, until: 200 },
    { server: 1, from: 400, until: 500 },
  ],
  end: 600,
  answers: [
    ...[answer('a', 90, 1), answer('a', 150, 30, 'UNAVAILABLE'), answer('a', 230, 99, 'UNAVAILABLE')],
    ...[answer('a', 260, 1), answer('a', 395, 7), answer('a', 580, 8)],
    ...[
      answer('b', 95, 90),
      answer('b', 140, 4),
      answer('b', 399, 5),
      answer('b', 450, 20, 'UNAVAILABLE'),
      answer('b', 510, 600),
    ],
  ],
  subscribers: [
    { room: 'a', deliveredAt: [90, 300, 410, 590] },
    { room: 'b', deliveredAt: [90, 130, 350, 590] },
  ],
  serverOf: (room) => (room === 'a' ? 0 : 1),
  ownMs: 3,
};

test('measures the rooms of other servers from a fault until the next one', () => {
  expect(pausesOf(MEASURED)).toMatchObject({ sendsMs: 259, slowestMs: 8, slowestAtMs: 180, deliveriesMs: 220, ownMs: 3 });
});

test('measures refusals and recovery in the rooms of the fault', () => {
  expect(pausesOf(MEASURED)).toMatchObject({ refusalMs: 30, recoveredMs: 60 });
});

test('reports a room that never recovers', () => {
  const answers = MEASURED.answers.filter(({ room, at }) => room === 'a' || at < 500);
  expect(pausesOf({ ...MEASURED, answers }).recoveredMs).toBe(Infinity);
});
