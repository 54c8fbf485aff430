import type { Mood, Window } from '../../../src/domain/insight';
import type { FactsInput } from '../../../src/insights/letter/fact';
import { findFacts } from '../../../src/insights/letter/facts';
import { meaningOf } from '../../../src/insights/letter/meaning';
import { MoodSum } from '../../../src/insights/mood/mood';
import { notesOf, roomOf } from '../../support/insight-rig';

const HOUR = 3_600_000;
/** 10:00 in Seoul. */
const START = Date.parse('2026-11-20T01:00:00Z');
const WINDOW: Window = { start: START, end: START + 24 * HOUR };
const NEUTRAL = [0, 0, 0, 0, 0, 0, 0, 0];
const JOY = [80, 0, 0, 0, 0, 0, 0, 0];
const ANXIETY = [0, 0, 0, 0, 0, 0, 80, 0];

/** @param counts notes by hours after the start */
function day(
  counts: Readonly<Record<number, readonly [count: number, percents?: readonly number[]]>>,
  rest: Partial<FactsInput> = {},
) {
  const all = new MoodSum();
  const hours = Array.from({ length: 24 }, (_, i): Mood => {
    const [count = 0, percents = NEUTRAL] = counts[i] ?? [];
    const sum = new MoodSum();
    const counted = { count, said: 0, sums: percents.map((percent) => percent * count) };
    sum.add(counted);
    all.add(counted);
    return sum.mood('main', { start: START + i * HOUR, end: START + (i + 1) * HOUR });
  });
  const input: FactsInput = {
    room: { ...roomOf('main'), createdAt: START - 100 * 24 * HOUR },
    window: WINDOW,
    timeZone: 'Asia/Seoul',
    mood: all.mood('main', WINDOW),
    hours,
    earlier: [],
    participantCount: 8,
    notes: notesOf(hours),
    history: { newWriters: 0, returned: 0, streakDays: 2, isLongestStreak: false, quietDays: 0 },
    answers: { notes: 0, feeling: null },
    empathies: 0,
    ...rest,
  };
  return input;
}
const factOf = (input: FactsInput, kind: string, topics: readonly string[] = []) =>
  findFacts(input, topics).find((fact) => fact.kind === kind);
const kinds = (input: FactsInput) => findFacts(input, []).map(({ kind }) => kind);
const signals = (thanks: { notes: number; accounts: number }) => {
  const { notes } = day({});
  return { ...notes, signals: { ...notes.signals, thanks } };
};
const history = (of: Partial<FactsInput['history']>) => ({
  history: { newWriters: 0, returned: 0, streakDays: 2, isLongestStreak: false, quietDays: 0, ...of },
});

describe('the facts of a window', () => {
  it('are none without notes', () => {
    expect(findFacts(day({}, history({ streakDays: 30 })), [])).toEqual([]);
  });

  it('name a single note in the small hours by its hour alone', () => {
    const fact = factOf(day({ 2: [6], 17: [1, ANXIETY] }), 'loneNight');
    expect(fact).toEqual({ kind: 'loneNight', weight: expect.any(Number) as number, hour: 3 });
    expect(factOf(day({ 2: [6], 16: [1], 17: [1] }), 'loneNight')).toBeUndefined();
    expect(factOf(day({ 2: [6], 17: [2] }), 'loneNight')).toBeUndefined();
  });

  it('greet new people from three on', () => {
    const greeted = (newWriters: number | null, participantCount: number) =>
      factOf(day({ 1: [20] }, { participantCount, ...history({ newWriters }) }), 'newWriters')?.count;
    expect(greeted(2, 500)).toBeUndefined();
    expect(greeted(3, 4)).toBe(3);
    expect(greeted(4, 4)).toBeUndefined();
    expect(greeted(null, 6_000)).toBeUndefined();
  });

  it('greet people who come back after weeks in the same way', () => {
    const greeted = (returned: number, participantCount: number) =>
      factOf(day({ 1: [20] }, { participantCount, ...history({ returned }) }), 'returned')?.count;
    expect(greeted(2, 500)).toBeUndefined();
    expect(greeted(3, 4)).toBe(3);
  });

  it('count thanks by three accounts or more', () => {
    expect(factOf(day({ 1: [20] }, { notes: signals({ notes: 11, accounts: 2 }) }), 'thanks')).toBeUndefined();
    expect(factOf(day({ 1: [20] }, { notes: signals({ notes: 11, accounts: 3 }) }), 'thanks')).toMatchObject({ count: 11 });
  });

  it('tell of eased worries from three people on', () => {
    const eased = (relieved: number) => factOf(day({ 1: [20] }, { notes: { ...day({}).notes, relieved } }), 'eased');
    expect(eased(2)).toBeUndefined();
    expect(eased(3)).toMatchObject({ count: 3 });
  });

  it('tell of a feeling that gave way to one of the other kind, if both halves have three writers', () => {
    const input = day({ 1: [10, ANXIETY], 9: [10, JOY] });
    expect(factOf(input, 'turn')).toMatchObject({ before: 'ANXIETY', emotion: 'JOY' });
    const writersByHour = new Map(
      [...input.notes.writersByHour].map(([hour], i) => [hour, new Set(i === 0 ? ['a', 'b', 'c'] : ['d', 'e'])]),
    );
    expect(factOf({ ...input, notes: { ...input.notes, writersByHour } }, 'turn')).toBeUndefined();
    const LOVE = [0, 80, 0, 0, 0, 0, 0, 0];
    expect(factOf(day({ 1: [10, JOY], 9: [10, LOVE] }), 'turn')).toBeUndefined();
  });

  it('tell of a row of days, and whether it is the longest', () => {
    expect(factOf(day({ 1: [5] }, history({ streakDays: 7, isLongestStreak: true })), 'longestStreak')).toMatchObject({
      count: 7,
    });
    const old = { ...roomOf('main'), createdAt: START - 400 * 24 * HOUR };
    const run = history({ streakDays: 7, isLongestStreak: true });
    expect(kinds(day({ 1: [5] }, { ...run, room: old }))).toContain('longestStreakOfYear');
    expect(factOf(day({ 1: [5] }, history({ streakDays: 7 })), 'streak')).toMatchObject({ count: 7, weight: 0.8 });
    expect(factOf(day({ 1: [5] }, history({ streakDays: 8 })), 'streak')).toMatchObject({ count: 8, weight: 0.2 });
    expect(kinds(day({ 1: [5] }, history({ streakDays: 3, isLongestStreak: true })))).not.toContain('longestStreak');
  });

  it('tell that a silent room is written in again', () => {
    expect(factOf(day({ 1: [5] }, history({ streakDays: 1, quietDays: 4 })), 'back')).toMatchObject({ count: 5 });
    expect(factOf(day({ 1: [5] }, history({ streakDays: 1, quietDays: 2 })), 'back')).toBeUndefined();
    expect(factOf(day({ 1: [5] }, history({ streakDays: 1, quietDays: null })), 'back')).toBeUndefined();
  });

  it('compare with the seven windows before', () => {
    const before = (count: number) => day({ 1: [count, JOY] }).mood;
    const earlier = [before(10), before(8), before(9), before(12)];
    expect(kinds(day({ 1: [20, JOY] }, { earlier }))).toContain('busiestDay');
    expect(kinds(day({ 1: [13, JOY] }, { earlier }))).not.toContain('busiestDay');
    expect(
      factOf(day({ 1: [10, ANXIETY] }, { earlier }), 'more') ?? factOf(day({ 1: [10, ANXIETY] }, { earlier }), 'less'),
    ).toBeDefined();
  });

  it('name answers, their feeling, kind words and topics', () => {
    expect(factOf(day({ 1: [5] }, { answers: { notes: 4, feeling: null } }), 'answers')).toMatchObject({ count: 4 });
    expect(factOf(day({ 1: [5] }, { answers: { notes: 1, feeling: null } }), 'answers')?.weight).toBeLessThan(0.4);
    expect(factOf(day({ 1: [5] }, { answers: { notes: 4, feeling: 'JOY' } }), 'answersFelt')).toMatchObject({ emotion: 'JOY' });
    expect(factOf(day({ 1: [5] }, { empathies: 14 }), 'empathies')).toMatchObject({ count: 14 });
    expect(factOf(day({ 1: [5] }, { empathies: 2 }), 'empathies')).toBeUndefined();
    expect(factOf(day({ 1: [5] }), 'topics', ['시험'])).toMatchObject({ topics: ['시험'] });
  });

  it('say nothing about people or hours if fewer than three wrote', () => {
    const input = day(
      { 5: [9, ANXIETY], 12: [9, JOY], 17: [1] },
      {
        participantCount: 2,
        notes: { ...signals({ notes: 9, accounts: 3 }), relieved: 3 },
        ...history({ newWriters: 2, streakDays: 9 }),
      },
    );
    expect(kinds(input)).toEqual(['streak']);
  });

  it('say what three or more answers have in common, only if three or more wrote', () => {
    const shared = (participantCount: number) => {
      const input = day({ 1: [9] }, { participantCount, answers: { notes: 4, feeling: 'JOY' } });
      return findFacts(input, [], ['커피', '산책', '비']).map(({ kind, topics }) => ({ kind, topics }));
    };
    expect(shared(3).slice(0, 2)).toEqual([{ kind: 'answersFelt' }, { kind: 'answersShared', topics: ['커피', '산책'] }]);
    expect(shared(2)).toEqual([]);
  });

  it('say nothing of the feeling of an hour, or of a change, if fewer than three wrote', () => {
    const before = day({ 1: [10, JOY] }).mood;
    const meaning = (participantCount: number) => {
      const input = day({ 1: [9, ANXIETY], 5: [3] }, { participantCount, earlier: [before, before] });
      const writersByHour = new Map(
        [...input.notes.writersByHour].map(([hour]) => [hour, new Set(['a', 'b', 'c'].slice(0, participantCount))]),
      );
      const { peak, trend } = meaningOf({ ...input, notes: { ...input.notes, writersByHour } });
      return { peak: peak !== null, change: typeof trend === 'object' ? trend?.change?.emotion : undefined };
    };
    expect(meaning(3).peak).toBe(true);
    expect(meaning(3).change).toBeDefined();
    expect(meaning(2)).toEqual({ peak: false, change: undefined });
  });

  it('name no hour in which one person wrote nearly everything', () => {
    const input = day({ 1: [40, ANXIETY], 5: [1, JOY], 7: [1, JOY] }, { participantCount: 3 });
    const writersByHour = new Map([...input.notes.writersByHour].map(([hour], i) => [hour, new Set([['a'], ['b'], ['c']][i])]));
    const alone = { ...input, notes: { ...input.notes, writersByHour } };
    expect(kinds(alone)).toEqual(['span']);
    expect(meaningOf(alone).peak).toBeNull();
  });
});
