import { check, type Final } from './checker';
import { Account, type Seen } from './history';

const at = (offset: number, epoch = 'a'): Seen => ({ id: `id-${offset}`, text: `text ${offset}`, place: { epoch, offset } });
const ROOM = 'main';
const CLEAN = { lost: 0, duplicated: 0, unexpected: 0, phantom: 0, reordered: 0, gaps: 0, excused: 0 };

/** Five messages, acknowledged one after the other; a subscriber got them all. */
function account(): Account {
  const made = new Account();
  const segment = made.begin(0, ROOM, { epoch: 'a', offset: 0 });
  for (let i = 1; i <= 5; i++) {
    made.acknowledge(made.attempt(`text ${i}`, ROOM), at(i));
    segment.received.push(at(i));
  }
  return made;
}
const final = (...messages: Seen[]): Final => new Map([[ROOM, messages]]);
const ALL = [1, 2, 3, 4, 5].map((offset) => at(offset));

test('reports nothing for a correct run', () => {
  expect(check(account(), final(...ALL))).toMatchObject({ ...CLEAN, acknowledged: 5, received: 5, examples: [] });
});

test('counts an acknowledged message that is not stored as lost, and its delivery as a phantom', () => {
  expect(check(account(), final(...ALL.slice(1)))).toMatchObject({ ...CLEAN, lost: 1, phantom: 1 });
});

test('counts a message that is stored twice as duplicated', () => {
  const twice = { ...at(6), text: 'text 5' };
  expect(check(account(), final(...ALL, twice))).toMatchObject({ duplicated: 1 });
});

test('counts a message that is received twice as duplicated', () => {
  const made = account();
  made.segments[0]?.received.push(at(5));
  expect(check(made, final(...ALL))).toMatchObject({ ...CLEAN, duplicated: 1 });
});

test('counts a message that nobody sent as unexpected', () => {
  expect(check(account(), final(...ALL, at(6)))).toMatchObject({ unexpected: 1 });
});

test('counts a message at another position than acknowledged, and a position given out twice, as unexpected', () => {
  const moved = { ...at(5), place: { epoch: 'a', offset: 6 } };
  expect(check(account(), final(...ALL.slice(0, 4), moved))).toMatchObject({ unexpected: 1, phantom: 1 });
  const made = account();
  made.attempt('other', ROOM);
  expect(check(made, final(...ALL.slice(0, 4), { ...at(5), id: 'other', text: 'other' }))).toMatchObject({
    unexpected: 1,
    lost: 1,
  });
});

test('allows a send without an answer to be stored once or not at all', () => {
  for (const messages of [ALL, [...ALL, at(6)]]) {
    const made = account();
    made.attempt('text 6', ROOM).errors.push('cut off');
    if (messages.length === 6) made.segments[0]?.received.push(at(6));
    expect(check(made, final(...messages))).toMatchObject({ ...CLEAN, indeterminate: 1 });
  }
});

test('counts a missing message in the middle or at the end as a gap', () => {
  for (const missing of [2, 4]) {
    const made = account();
    made.segments[0]?.received.splice(missing, 1);
    expect(check(made, final(...ALL))).toMatchObject({ ...CLEAN, gaps: 1 });
  }
});

test('counts messages received in another order as reordered', () => {
  const made = account();
  made.segments[0]?.received.splice(0, 2, at(2), at(1));
  expect(check(made, final(...ALL))).toMatchObject({ ...CLEAN, reordered: 1 });
});

test('counts a message as reordered if its position is before one acknowledged when it was first sent', () => {
  const made = new Account();
  made.acknowledge(made.attempt('text 5', ROOM), at(5));
  made.acknowledge(made.attempt('text 4', ROOM), at(4));
  expect(check(made, final(at(4), at(5)))).toMatchObject({ ...CLEAN, reordered: 1 });
});

test('compares positions only within a partition', () => {
  const made = new Account((room) => (room === ROOM ? 0 : 1));
  made.acknowledge(made.attempt('text 105', 'other'), at(105));
  made.acknowledge(made.attempt('text 4', ROOM), at(4));
  const rooms: Final = new Map([
    [ROOM, [at(4)]],
    ['other', [at(105)]],
  ]);
  expect(check(made, rooms)).toMatchObject({ ...CLEAN, acknowledged: 2 });
});

test('excuses only messages that were not stored when the log was lost', () => {
  const verdict = check(account(), final(at(1), at(2), { ...at(4), place: { epoch: 'b', offset: 104 } }), [
    { epoch: 'a', stored: 3 },
  ]);
  // 3 was stored. 4 may move and 5 may be lost.
  expect(verdict).toMatchObject({ lost: 1, phantom: 1, excused: 2, unexpected: 0, gaps: 1 });
});

test('does not excuse a loss in the epoch that follows the lost log', () => {
  const made = account();
  const next = [at(104, 'b'), at(105, 'b')];
  for (const message of next) made.acknowledge(made.attempt(message.text, ROOM), message);
  made.begin(0, ROOM, { epoch: 'b', offset: 103 }).received.push(...next);
  const verdict = check(made, final(...ALL.slice(0, 3), at(105, 'b')), [{ epoch: 'a', stored: 3 }]);
  expect(verdict).toMatchObject({ ...CLEAN, excused: 2, lost: 1, phantom: 1 });
});

test('counts no gap between the segments before and after an expired cursor', () => {
  const made = account();
  const old = made.segments[0];
  old?.received.splice(3);
  if (old) old.expired = true;
  made.begin(0, ROOM, { epoch: 'a', offset: 4 }).received.push(at(5));
  expect(check(made, final(...ALL))).toMatchObject({ ...CLEAN, expired: 1 });
});

test('throws at the second of two different acknowledgements of one message', () => {
  const made = account();
  expect(() => made.acknowledge(made.attempt('text 1', ROOM), at(2))).toThrow('acknowledged twice');
});
