import { EMOTIONS } from '../../../src/domain/emotion';
import { letterIn, type Locale } from '../../../src/domain/insight';
import { hourName } from '../../../src/insights/letter/phrases';
import { WORDINGS } from '../../../src/insights/letter/wording';
import { Zone } from '../../../src/util/zone';
import { simulateMonth, type SimulatedDay } from '../../../tools/letters/month';
import { ROOMS } from '../../../tools/letters/rooms';

const DAY = 86_400_000;
const zone = new Zone('Asia/Seoul');
const LOCALES: readonly Locale[] = ['ko', 'en'];

const sentences = (text: string | null) => (text ?? '').split(/\n\n|(?<=[.!?]) /);
const hourOf = (instant: number) => zone.local(instant).hour;
/** Values of the short fact of a kind, or undefined without one. */
function factOf({ insight }: SimulatedDay, kind: keyof (typeof WORDINGS)['ko']['short']): Record<string, string> | undefined {
  const template = WORDINGS[insight.locale].short[kind];
  const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>.+?)')}$`, 'i');
  const match = insight.facts?.map((fact) => pattern.exec(fact)).find((found) => found !== null);
  return match ? { ...match.groups } : undefined;
}

describe('the letters of a simulated month', () => {
  let days: readonly SimulatedDay[];
  const ofRoom = (id: string) => days.filter(({ room }) => room.id === id);
  beforeAll(async () => {
    days = await simulateMonth();
  }, 120_000);

  it('are written in both languages for every day with notes', () => {
    expect(days.length).toBeGreaterThan(80);
    for (const { insight, notes } of days) {
      expect(notes.length).toBeGreaterThan(0);
      for (const locale of LOCALES) expect(letterIn(insight, locale)).toMatch(/\S/);
    }
  });

  it('share no sentence with the letter before', () => {
    for (const { id } of ROOMS) {
      for (const locale of LOCALES) {
        const letters = ofRoom(id).map(({ insight }) => sentences(letterIn(insight, locale)));
        const shared = letters.flatMap((letter, i) => letter.filter((sentence) => letters[i - 1]?.includes(sentence)));
        expect(shared).toEqual([]);
      }
    }
  });

  it('state the numbers of notes and people, and have the mean scores of all notes', () => {
    for (const { insight, notes } of days) {
      const people = new Set(notes.map(({ authorId }) => authorId)).size;
      expect(insight).toMatchObject({ messageCount: notes.length, participantCount: people });
      EMOTIONS.forEach((_, i) => {
        const mean = notes.reduce((sum, { emotions }) => sum + (emotions[i] ?? 0), 0) / notes.length / 100;
        expect(insight.mood.scores[i]).toBeCloseTo(mean, 10);
      });
      const stated = sentences(letterIn(insight, 'ko')).flatMap((sentence) => /(\d+)개/.exec(sentence)?.[1] ?? []);
      if (notes.length > 1) expect(stated[0]).toBe(String(notes.length));
      else expect(letterIn(insight, 'ko')).toMatch(/글은? 하나/);
      expect(letterIn(insight, 'en')).toMatch(notes.length > 1 ? new RegExp(`\\b${notes.length} notes\\b`) : /\bone note\b/i);
    }
  });

  it('compare with the day before only if its letter could tell its feeling', () => {
    const patterns = { ko: /전날[보과]|하루 전[보과]/, en: /the day before|the previous day/ };
    let compared = 0;
    for (const { id } of ROOMS) {
      ofRoom(id).forEach(({ insight }, i) => {
        const before = ofRoom(id)[i - 1];
        for (const locale of LOCALES) {
          if (!patterns[locale].test(letterIn(insight, locale) ?? '')) continue;
          compared++;
          expect(before?.insight.window.end).toBe(insight.window.start);
          expect(new Set(before?.notes.map(({ authorId }) => authorId)).size).toBeGreaterThan(1);
          expect(before?.notes.length).toBeGreaterThan(2);
        }
      });
    }
    expect(compared).toBeGreaterThan(0);
  });

  it('state facts that follow from the notes', () => {
    for (const { id } of ROOMS) {
      const before = new Set<string>();
      const counts: number[] = [];
      let previous: SimulatedDay | undefined;
      for (const day of ofRoom(id)) {
        const { insight, notes } = day;
        const writers = new Set(notes.map(({ authorId }) => authorId));
        const added = [...writers].filter((writer) => !before.has(writer)).length;
        const greeted = factOf(day, 'newWriters');
        if (greeted) expect(greeted['n']).toBe(String(added));
        else expect(added < 3 || added === writers.size).toBe(true);
        const night = notes.filter(({ sentAt }) => hourOf(sentAt) >= 1 && hourOf(sentAt) < 5);
        const lone = factOf(day, 'loneNight');
        expect(lone?.['hour']).toBe(
          night.length === 1 && night[0] && notes.length >= 5 && writers.size >= 3
            ? hourName(hourOf(night[0].sentAt), insight.locale)
            : undefined,
        );
        const span = factOf(day, 'span');
        if (span) {
          expect(span['hour']).toBe(hourName(hourOf(notes[0]?.sentAt ?? 0), insight.locale));
          expect(span['until']).toBe(hourName(hourOf(notes.at(-1)?.sentAt ?? 0), insight.locale));
        }
        const gap = previous ? (insight.window.start - previous.insight.window.start) / DAY : 1;
        const back = factOf(day, 'back');
        if (back) expect(back['n']).toBe(String(gap));
        if (factOf(day, 'busiestDay') && gap === 1) expect(notes.length).toBeGreaterThan(Math.max(0, ...counts.slice(-1)));
        for (const writer of writers) before.add(writer);
        counts.push(notes.length);
        previous = day;
      }
    }
  });

  it('name topics that are nouns and that three people used', () => {
    for (const { insight, notes } of days) {
      for (const topic of insight.topics) {
        const writers = notes
          .filter(({ text }) => text.toLowerCase().includes(topic.toLowerCase()))
          .map(({ authorId }) => authorId);
        expect(new Set(writers).size).toBeGreaterThanOrEqual(3);
      }
    }
    // Read by a person: each is a noun, and a subject to talk about.
    expect(days.flatMap(({ insight }) => insight.topics).filter((topic) => !NOUNS.has(topic))).toEqual([]);
  });

  it('call a day the brightest or the heaviest of a week at most once in seven days, and only after a week', () => {
    for (const { id } of ROOMS) {
      for (const locale of LOCALES) {
        for (const list of ['brightest', 'darkest'] as const) {
          const extremes = WORDINGS[locale].trend[list];
          const at = ofRoom(id)
            .filter(({ insight }) => sentences(letterIn(insight, locale)).some((sentence) => extremes.includes(sentence)))
            .map(({ insight }) => insight.window.start);
          at.forEach((start, i) => {
            expect(start - (at[i - 1] ?? 0)).toBeGreaterThanOrEqual(7 * DAY);
            expect(ofRoom(id).filter(({ insight }) => insight.window.start < start).length).toBeGreaterThanOrEqual(6);
          });
        }
      }
    }
  });

  it('use no sentence in more than a third of the letters of a room', () => {
    for (const { id } of ROOMS) {
      for (const locale of LOCALES) {
        const letters = ofRoom(id).map(({ insight }) => sentences(letterIn(insight, locale)));
        const uses = (sentence: string) => letters.filter((letter) => letter.includes(sentence)).length;
        const frequent = [...new Set(letters.flat())].filter((sentence) => uses(sentence) > letters.length / 3);
        expect(frequent).toEqual([]);
      }
    }
  });

  it('have facts on nearly every day with five notes by three people', () => {
    const told = days.filter(({ insight }) => insight.messageCount >= 5 && insight.participantCount >= 3);
    const bare = told.filter(({ insight }) => (insight.facts ?? []).length === 0);
    expect(bare.length).toBeLessThan(told.length / 10);
  });
});

const NOUNS = new Set([
  ...['API', 'cake', 'demo', 'kitchen', 'migration', 'planning meeting', 'release', 'rollback', 'team', 'vendor', 'window'],
  ...[
    '공연',
    '공지',
    '과제',
    '김장',
    '데모',
    '동기',
    '무대',
    '서버',
    '시험',
    '연습',
    '제출',
    '코드',
    '통과',
    '할머니',
    '합격',
    '허리',
  ],
]);
