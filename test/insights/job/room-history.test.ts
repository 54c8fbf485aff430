import { MoodSum } from '../../../src/insights/mood/mood';
import { roomHistory, streakOf } from '../../../src/insights/job/room-history';
import { InsightRig } from '../../support/insight-rig';

const days = (counts: readonly number[]) =>
  counts.map((count) => {
    const sum = new MoodSum();
    sum.add({ count, said: 0, sums: [] });
    return sum.mood('main', { start: 0, end: 0 });
  });

describe('the history of a room', () => {
  it.each([
    [[0, 1, 2, 1], { streakDays: 3, isLongestStreak: false, quietDays: 0 }],
    [[1, 0, 1, 2, 1], { streakDays: 3, isLongestStreak: true, quietDays: 0 }],
    [[1, 1, 1, 0, 5, 1], { streakDays: 2, isLongestStreak: false, quietDays: 0 }],
    [[1, 0, 5], { streakDays: 1, isLongestStreak: false, quietDays: 1 }],
    [[2, 0, 0, 0, 0, 1], { streakDays: 1, isLongestStreak: false, quietDays: 4 }],
    [[0, 0, 3], { streakDays: 1, isLongestStreak: false, quietDays: null }],
    [[4, 4, 0], { streakDays: 0, isLongestStreak: false, quietDays: 0 }],
  ])('counts days in a row and days without notes: %p', (counts, expected) => {
    expect(streakOf(days(counts))).toEqual(expected);
  });

  it('counts accounts that are new to the room and accounts that were away, by notes stored or not', async () => {
    const rig = await InsightRig.open('2026-11-01T03:00:00Z');
    await rig.addRoom('side');
    await rig.say('2026-11-01T04:00:00Z', 'old', { by: 'ann' });
    await rig.say('2026-11-01T04:00:00Z', 'old', { by: 'eve' });
    await rig.say('2026-11-18T04:00:00Z', 'elsewhere', { by: 'ben', room: 'side' });
    await rig.say('2026-11-18T04:00:00Z', 'again', { by: 'eve' });
    await rig.flush();
    await rig.say('2026-11-19T04:00:00Z', 'not stored yet', { by: 'cho' });
    const window = { start: Date.parse('2026-11-20T00:50:00Z'), end: Date.parse('2026-11-21T00:50:00Z') };
    const writers = new Map<string, number>();
    for (const by of ['ann', 'ben', 'cho', 'dan', 'eve']) {
      writers.set(by, (await rig.say('2026-11-20T04:00:00Z', 'hello', { by })).offset);
    }
    const { chatStore: chats } = rig.engine;
    const history = await roomHistory('main', window, writers, { chats, tail: rig.tail, mood: rig.mood });
    // Ben has written, but in another room. Ann was away for weeks.
    expect(history).toEqual({ newWriters: 2, returned: 1, streakDays: 3, isLongestStreak: true, quietDays: 0 });
    await rig.close();
  });
});
