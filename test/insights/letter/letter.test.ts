import { composeLetter } from '../../../src/insights/letter/letter';
import { MoodSum } from '../../../src/insights/mood/mood';
import type { Locale, Mood, Window } from '../../../src/domain/insight';
import type { Fact } from '../../../src/insights/letter/fact';
import { notesOf, roomOf } from '../../support/insight-rig';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FIRST = Date.parse('2026-11-20T00:50:00Z');
const windowOf = (day: number): Window => ({ start: FIRST + day * DAY, end: FIRST + (day + 1) * DAY });

function moodOf(window: Window, count: number, percents: readonly number[]): Mood {
  const sum = new MoodSum();
  for (let i = 0; i < count; i++) sum.add({ count: 1, said: 0, sums: percents });
  return sum.mood('main', window);
}
const JOYFUL = [40, 10, 10, 5, 2, 0, 3, 0];
const SAD = [3, 5, 2, 5, 40, 10, 3, 0];

interface Day {
  readonly day?: number;
  readonly count?: number;
  readonly percents?: readonly number[];
  readonly locale?: Locale;
  readonly earlier?: readonly Mood[];
  readonly title?: string;
  readonly topics?: readonly string[];
  readonly timeZone?: string;
  readonly facts?: readonly Fact[];
}

function letter(of: Day = {}) {
  const { day = 0, count = 50, percents = JOYFUL, locale = 'ko', earlier = [], title = '정글', topics = [] } = of;
  const window = windowOf(day);
  const hours = Array.from({ length: 24 }, (_, i) => {
    const hour = { start: window.start + i * HOUR, end: window.start + (i + 1) * HOUR };
    return i === 12 ? moodOf(hour, count, percents) : moodOf(hour, i === 3 ? 1 : 0, percents);
  });
  const input = {
    room: roomOf('main', title),
    window,
    timeZone: of.timeZone ?? 'Asia/Seoul',
    mood: moodOf(window, count, percents),
    hours,
    earlier,
    participantCount: 7,
    notes: notesOf(hours),
    previous: undefined,
  };
  return composeLetter(input, of.facts ?? [], topics, locale);
}
const sentences = (text: string) => text.split('\n\n').flatMap((paragraph) => paragraph.split(/(?<=[.!?]) /));

describe('the local letter', () => {
  it('is the same for the same day', () => {
    expect(letter()).toBe(letter());
  });

  it.each([
    ['ko', '모두의 담벼락'],
    ['en', 'Everyone’s wall'],
  ] as const)('names the main room as people see it (%s)', (locale, title) => {
    const greetings = Array.from({ length: 10 }, (_, day) =>
      sentences(letter({ locale, day, title: 'Jungle Buzz' }))
        .slice(0, 2)
        .join(' '),
    );
    expect(greetings.filter((greeting) => !greeting.includes(title))).toEqual([]);
  });

  it.each(['ko', 'en'] as const)('repeats no sentence on the next day, and no greeting within a week (%s)', (locale) => {
    const week = Array.from({ length: 7 }, (_, day) =>
      sentences(letter({ day, locale, earlier: [moodOf(windowOf(day - 1), 5, JOYFUL)] })),
    );
    for (let day = 1; day < 7; day++) expect(week[day]?.filter((sentence) => week[day - 1]?.includes(sentence))).toEqual([]);
    expect(new Set(week.map(([greeting]) => greeting)).size).toBe(7);
  });

  it('is prose without a heading or a table', () => {
    for (const locale of ['ko', 'en'] as const) expect(letter({ locale })).not.toMatch(/[#|]/);
  });

  it('greets differently on the same weekday of eight weeks', () => {
    const greetings = Array.from({ length: 8 }, (_, week) => sentences(letter({ day: 7 * week }))[0]);
    expect(new Set(greetings).size).toBe(8);
  });

  it('states the strongest feeling, the trend and the hour in the zone', () => {
    const earlier = [moodOf(windowOf(-1), 10, SAD)];
    expect(letter({ earlier })).toMatch(/기쁨|즐거|신나/);
    expect(letter({ earlier })).toMatch(/밝아|환해|밝은 글이 많아|분위기가 좋아/);
    expect(letter({ earlier })).toContain('밤 9시');
    expect(letter({ locale: 'en', earlier })).toContain('9 pm');
    expect(letter({ timeZone: 'UTC' })).toContain('낮 12시');
    expect(letter({ timeZone: 'UTC', locale: 'en' })).toContain('noon');
    expect(letter({ timeZone: 'Pacific/Auckland' })).toContain('새벽 1시');
    expect(letter({ timeZone: 'Pacific/Noumea' })).toContain('밤 11시');
    expect(letter({ timeZone: 'Asia/Kamchatka', locale: 'en' })).toContain('midnight');
    expect(letter({ percents: SAD, earlier: [moodOf(windowOf(-1), 10, JOYFUL)] })).toMatch(/무거|구름|낮게|한숨|어두워/);
  });

  it('names the topics it was given', () => {
    expect(letter({ topics: ['커피', '시험'] })).toContain('커피, 시험');
    expect(letter({ topics: ['rain', 'tea', 'exams'], locale: 'en' })).toContain('rain, tea and exams');
  });

  it('names room and date once', () => {
    expect(letter().match(/11월 20일 금요일/g)).toHaveLength(1);
    expect(letter({ locale: 'en', title: 'Jungle' }).match(/Friday 20 November/g)).toHaveLength(1);
    expect(letter({ locale: 'en', title: 'Jungle' }).match(/Jungle/g)).toHaveLength(1);
    expect(letter({ count: 0 }).match(/11월 20일 금요일/g)).toHaveLength(1);
  });

  it('tells up to three facts of weight, and only some of the many', () => {
    const facts: Fact[] = [
      { kind: 'newWriters', weight: 0.8, count: 2 },
      { kind: 'thanks', weight: 0.6, count: 11 },
      { kind: 'loneNight', weight: 0.5, hour: 3 },
      { kind: 'laughter', weight: 0.4, count: 77 },
      { kind: 'streak', weight: 0.2, count: 99 },
    ];
    expect(letter({ facts })).toMatch(/두 분.*열한 [번개].*새벽 3시/);
    expect(letter({ facts, locale: 'en' })).toMatch(/two people.*eleven (?:times|notes).*3 am/i);
    for (const locale of ['ko', 'en'] as const) expect(letter({ facts, locale })).not.toMatch(/77|일흔|99/);
  });

  it('says that little was written', () => {
    expect(letter({ count: 3 })).toMatch(/3개/);
    expect(letter({ count: 1, locale: 'en' })).toMatch(/\bone note\b/i);
    expect(letter({ count: 1 })).toMatch(/글 하나|글은 하나/);
  });

  it('says that the day was empty and guesses no feeling', () => {
    expect(letter({ count: 0 })).toMatch(/고요|새 글이 없|쉼|하얀 종이|비어/);
    expect(letter({ count: 0, locale: 'en' })).toMatch(/Quiet|No new|rest|white|bare/);
  });

  it('escapes Markdown and HTML in a title', () => {
    const text = letter({ title: '<b>*[x](http://y)*</b>' });
    expect(text).not.toContain('<b>');
    expect(text).toContain('&lt;b>\\*\\[x\\]\\(http://y\\)\\*&lt;/b>');
  });

  it('is in one language', () => {
    expect(letter({ locale: 'en', title: 'The Jungle' })).not.toMatch(/[가-힣]/);
    expect(sentences(letter()).join(' ')).not.toMatch(/[a-z]/i);
    expect(letter()).not.toContain('{');
    expect(letter({ locale: 'en' })).not.toContain('{');
  });
});
