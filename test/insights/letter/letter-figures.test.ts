import { EMOTIONS, isPleasant, type Emotion } from '../../../src/domain/emotion';
import type { Locale, Mood, Window } from '../../../src/domain/insight';
import { findFacts } from '../../../src/insights/letter/facts';
import { composeLetter } from '../../../src/insights/letter/letter';
import { counted, hourName, listed } from '../../../src/insights/letter/phrases';
import { WORDINGS } from '../../../src/insights/letter/wording';
import { MoodSum } from '../../../src/insights/mood/mood';
import { notesOf, roomOf } from '../../support/insight-rig';
import { seededRandom } from '../../../tools/emotions/random';

const DAYS = 700;
const DAY = 86_400_000;
const HOUR = 3_600_000;
const FIRST = Date.parse('2026-11-20T00:50:00Z');
const random = seededRandom(18);

/** Percents of one note: most notes carry one feeling or none. */
function note(leading: number): number[] {
  const percents = EMOTIONS.map(() => (random() < 0.2 ? Math.floor(random() * 30) : 0));
  if (random() < 0.6) percents[random() < 0.7 ? leading : Math.floor(random() * 8)] = 30 + Math.floor(random() * 70);
  return random() < 0.2 ? EMOTIONS.map(() => 0) : percents;
}

/** Moods, newest first, of which the newest is the palest. */
const towardsNeutral = (moods: readonly Mood[]): Mood[] =>
  moods
    .toSorted((a, b) => Math.abs(a.valence) - Math.abs(b.valence))
    .map((mood, i) => ({ ...mood, window: moods[i]?.window ?? mood.window }));

function randomDay(day: number, locale: Locale) {
  const window: Window = { start: FIRST + day * DAY, end: FIRST + (day + 1) * DAY };
  const count = Math.floor(
    [1 + random() * 12, 10 + random() * 90, 10 + random() * 90, 10 + random() * 90, 1_000][day % (day < 60 ? 5 : 4)] ?? 1,
  );
  // On every sixth day an unpleasant feeling comes up beside a pleasant one.
  const mixes = day % 6 === 1;
  // On half of them little else changes.
  const rises = day % 12 === 1;
  const leading = Math.floor(random() * 8) % (mixes ? 4 : 8);
  /** A day on which most notes fall in a few hours and little else can be told. */
  const isPlain = day % 5 === 0;
  const all = new MoodSum();
  const sums = Array.from({ length: 24 }, () => new MoodSum());
  for (let i = 0; i < count; i++) {
    const hour = Math.floor(random() * (isPlain ? 4 : 24));
    // On every tenth day another feeling leads the second half.
    const percents = note(day % 10 === 2 && hour > 12 ? (leading + 3) % 8 : leading);
    if (mixes && random() < (rises ? 0.2 : 0.4)) percents[4 + (Math.floor(day / 6) % 4)] = 50;
    if (day % 23 === 7) percents.fill(0);
    all.add({ count: 1, said: 0, sums: percents });
    sums[hour]?.add({ count: 1, said: 0, sums: percents });
  }
  const hours = sums.map((sum, i) => sum.mood('main', { start: window.start + i * HOUR, end: window.start + (i + 1) * HOUR }));
  const before = Array.from({ length: Math.floor(random() * 8) }, (_, i) => {
    const sum = new MoodSum();
    // Some days are paler than others and some more intense.
    const intensity = rises ? 1 : random() * 2;
    for (let i = 0; i < 20; i++) {
      const percents = note(rises || random() < 0.5 ? leading : Math.floor(random() * 8));
      const scaled = percents.map((percent) => Math.min(100, Math.round(percent * intensity)));
      sum.add({ count: 1, said: 0, sums: scaled });
    }
    return sum.mood('main', { start: window.start - (i + 1) * DAY, end: window.end - (i + 1) * DAY });
  });
  // On some days the days before became ever paler, so that none of them was extreme.
  const earlier = day % 3 === 0 ? towardsNeutral(before) : before;
  const participantCount = random() < 0.3 ? 1 : Math.min(count, 2 + Math.floor(random() * 20));
  const mood = all.mood('main', window);
  const some = () => ({ notes: Math.floor(random() ** 2 * count), accounts: isPlain ? 0 : Math.floor(random() * 4) });
  const input = {
    ...{
      room: { ...roomOf('main', 'Main'), createdAt: day % 2 ? FIRST - 400 * DAY : FIRST },
      window,
      timeZone: 'Asia/Seoul',
      mood,
      hours,
      earlier,
      participantCount,
    },
    previous: undefined,
    notes: {
      ...notesOf(hours),
      signals: { thanks: some(), laughter: some(), congratulations: some(), encouragement: some() },
      relieved: isPlain ? 0 : Math.floor(random() * 6),
    },
    history: {
      newWriters: Math.floor(random() ** 2 * participantCount),
      returned: Math.floor(random() ** 4 * participantCount),
      streakDays: 1 + Math.floor(random() ** 3 * 60),
      isLongestStreak: random() < 0.4,
      quietDays: Math.floor(random() ** 3 * 12),
    },
    answers: { notes: isPlain ? 0 : Math.floor(random() ** 2 * 9), feeling: random() < 0.5 ? null : (EMOTIONS[leading] ?? null) },
    empathies: isPlain ? 0 : Math.floor(random() ** 2 * 20),
  };
  const shared = day % 3 === 0 && !isPlain && input.answers.notes >= 3 ? ['coffee', 'rain'] : [];
  const facts = findFacts(input, [], shared);
  const text = composeLetter(input, facts, [], locale).replaceAll('\n\n', ' ');
  return { ...input, locale, facts, text, statements: statements(text, locale) };
}
type Day = ReturnType<typeof randomDay>;

/** Every list of a wording by its path, such as feeling.JOY. */
function* lists(value: unknown, path = ''): Generator<readonly [path: string, sentences: readonly string[]]> {
  if (Array.isArray(value)) yield [path, value as string[]];
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* lists(inner, path ? `${path}.${key}` : key);
  }
}

/** The lists of whole sentences. */
const sentenceLists = (locale: Locale) => [...lists(WORDINGS[locale])].filter(([path]) => !/^(?:than|past|nth)/.test(path));

interface Statement {
  readonly path: string;
  /** What stands for {emotion}, {first} or {count}. */
  readonly values: Readonly<Record<string, string>>;
}

/** The longest part of a sentence without a value: a text without it holds no such sentence. */
const literalOf = (template: string): string =>
  template
    .toLowerCase()
    .split(/\{\w+\}/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest));

/** A pattern for each sentence of the wording, with the path of its list. */
function patternsOf(locale: Locale): (readonly [path: string, pattern: RegExp, literal: string])[] {
  const wording = WORDINGS[locale];
  const words = (of: Readonly<Record<Emotion, string>>) => EMOTIONS.map((emotion) => of[emotion]).join('|');
  const emotions = words(wording.subject);
  const phrases = ([...lists(wording.than), ...lists(wording.past)] as const).flatMap(([, found]) => found).join('|');
  return sentenceLists(locale).flatMap(([path, templates]) =>
    templates.map((template) => {
      const pattern = template
        .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
        .replace(/\{(emotion|first|second|before)\}/g, `(?<$1>${emotions})`)
        .replace(/\{(count|people)\}/g, path.startsWith('told') ? '(?<$1>[^.]+?)' : '(?<$1>[\\d,]+)(?: \\w+)?')
        .replace('{most}', `(?<most>${words(wording.most)})`)
        .replace('{notes}', `(?<notes>${words(wording.notes)})`)
        .replace(/\{(than|past)\}/, `(?<basis>${phrases})`)
        .replace('{nth}', `(?<nth>${wording.nth.join('|')})`)
        .replace(/\{(hour|until|room|topics|date|n|times|guests|pieces|answers)\}/g, '(?<$1>[^.]+?)');
      return [path, new RegExp(`(?:^| )${pattern}(?= |$)`, 'i'), literalOf(template)] as const;
    }),
  );
}
const PATTERNS = { ko: patternsOf('ko'), en: patternsOf('en') };

/** The statements of a letter, recognised by the templates of its sentences. */
const statements = (text: string, locale: Locale): Statement[] => {
  const lower = text.toLowerCase();
  return PATTERNS[locale].flatMap(([path, pattern, literal]) => {
    const match = lower.includes(literal) ? pattern.exec(text) : null;
    return match ? [{ path, values: { ...match.groups } }] : [];
  });
};

const named = (name: string | undefined, locale: Locale): Emotion => {
  const { subject, notes, most } = WORDINGS[locale];
  const found = EMOTIONS.find((emotion) => [subject, notes, most].some((of) => of[emotion] === name?.toLowerCase()));
  if (!found) throw new Error(`no emotion: ${name}`);
  return found;
};
const score = (mood: Mood, emotion: Emotion) => mood.scores[EMOTIONS.indexOf(emotion)] ?? NaN;
const mean = (moods: readonly Mood[], of: (mood: Mood) => number) =>
  moods.reduce((sum, mood) => sum + of(mood), 0) / moods.length;

/** Statements that contradict the figures of the day. */
function contradictions(day: Day): string[] {
  const { mood, hours, participantCount, locale } = day;
  const { than, past, nth } = WORDINGS[locale];
  const basis = day.statements.find(({ values }) => values['basis'] !== undefined)?.values['basis'] ?? '';
  const sinceYesterday = [...than.yesterday, ...past.yesterday].includes(basis);
  const isFalseScale = [...than.recent, ...past.recent].includes(basis)
    ? day.earlier.length < ([...than.days, ...past.days].includes(basis) ? 2 : 3)
    : !sinceYesterday && basis !== '' && day.earlier.length < 2;
  const earlier = sinceYesterday ? day.earlier.slice(0, 1) : day.earlier;
  const strongest = Math.max(...mood.scores);
  const change = (name: string | undefined) => {
    const emotion = named(name, locale);
    return score(mood, emotion) - mean(earlier, (before) => score(before, emotion));
  };
  const shift = mood.valence - mean(earlier, ({ valence }) => valence);
  const brightens = (name: string | undefined) => isPleasant(named(name, locale)) === change(name) > 0;
  const isSecond = (emotion: Emotion) => mood.scores.filter((one) => one > score(mood, emotion)).length === 1;
  const holds = ({ path, values }: Statement): boolean => {
    const [part = '', detail = ''] = path.split('.');
    switch (part) {
      case 'greeting':
        return true;
      case 'volume': {
        if (detail === 'one') return mood.messageCount === 1;
        const counts = values['count'] === mood.messageCount.toLocaleString(locale);
        const people = values['people'] === undefined || values['people'] === participantCount.toLocaleString(locale);
        return (
          counts && people && (detail === 'little' ? mood.messageCount < 5 : (detail === 'alone') === (participantCount === 1))
        );
      }
      case 'feeling':
        return mood.dominant === detail && participantCount > 1;
      case 'slight':
      case 'mixed':
        return (
          (mood.dominant === null || (detail === '' && mood.messageCount < 5)) &&
          score(mood, named(values['first'], locale)) === strongest
        );
      case 'faint':
        return strongest < 0.05;
      case 'unread':
        return mood.messageCount < 3 || participantCount === 1;
      case 'beside': {
        const second = named(values['second'] ?? values['notes'], locale);
        const leads = mood.dominant !== null && isPleasant(mood.dominant);
        const kind = leads === isPleasant(second) ? 'same' : leads ? 'heavy' : 'pleasant';
        return detail === kind && score(mood, second) >= 0.05 && second !== mood.dominant;
      }
      case 'trend':
        if (isFalseScale) return false;
        if (detail === 'first') return earlier.length === 0;
        if (detail === 'brighter' || detail === 'easier') return shift > 0;
        if (detail === 'dimmer' || detail === 'heavier') return shift < 0;
        if (detail === 'brightest') return earlier.length >= 6 && earlier.every(({ valence }) => mood.valence > valence);
        if (detail === 'darkest') return earlier.length >= 6 && earlier.every(({ valence }) => mood.valence < valence);
        if (detail === 'heavyRun') {
          const others = nth.indexOf(values['nth'] ?? '') + 2;
          return others > 1 && [mood, ...day.earlier.slice(0, others)].every(({ valence }) => valence < 0);
        }
        if (detail === 'alikeButMore') return Math.abs(shift) < 0.07 && change(values['emotion']) > 0;
        if (detail === 'alikeButLess') return Math.abs(shift) < 0.07 && change(values['emotion']) < 0;
        return Math.abs(shift) < 0.07;
      case 'more':
      case 'less': {
        const emotion = named(values['emotion'], locale);
        if (change(values['emotion']) > 0 !== (part === 'more')) return false;
        if (detail === 'second') return isSecond(emotion);
        const isTurn = day.statements.some(({ path: other }) => other === 'told.turn');
        const isNamed = score(mood, emotion) === strongest || isSecond(emotion) || isTurn;
        if (detail === 'leading') return part === 'less' ? score(mood, emotion) === strongest : isNamed;
        // A feeling that leads the letter is not said to have shrunk without saying that it leads.
        if (part === 'less' && mood.dominant === emotion && !isTurn) return false;
        return (
          (brightens(values['emotion']) === shift > 0) === (detail === 'other') ||
          day.statements.some(({ path: other }) => other === 'trend.heavyRun')
        );
      }
      case 'care':
        return (
          !isPleasant(detail as Emotion) &&
          day.statements.some(({ values: { emotion } }) => emotion && named(emotion, locale) === detail)
        );
      case 'hour':
        return hours.some((hour) => hour.messageCount >= 3 && score(hour, named(values['most'], locale)) > 0);
      case 'told': {
        const fact = day.facts.find(({ kind }) => kind === detail);
        if (!fact) return false;
        const expected: Record<string, string | undefined> = {
          ...(fact.count !== undefined && counted(fact.count, locale)),
          hour: fact.hour === undefined ? undefined : hourName(fact.hour, locale),
          until: fact.until === undefined ? undefined : hourName(fact.until, locale),
          emotion: fact.emotion && WORDINGS[locale].subject[fact.emotion],
          before: fact.before && WORDINGS[locale].subject[fact.before],
          topics: fact.topics && listed(fact.topics, locale),
        };
        return Object.entries(values).every(([name, value]) => value.toLowerCase() === expected[name]?.toLowerCase());
      }
      case 'wish':
        if (participantCount === 1) return detail === 'faint';
        if (detail === 'mixed') return mood.dominant === null;
        return detail === 'faint' ? strongest < 0.05 || mood.messageCount < 3 : score(mood, detail as Emotion) === strongest;
      default:
        return false;
    }
  };
  return day.statements.filter((statement) => !holds(statement)).map(({ path }) => path);
}

const SEVERAL =
  /서로|여러 사람|여럿|저마다|사람들|모두가|\d명|several of you|each of you|one another|each other|\d people|everybody/i;

describe.each(['ko', 'en'] as const)('letters of randomised days (%s)', (locale) => {
  const days = Array.from({ length: DAYS }, (_, day) => randomDay(day, locale));

  it('state nothing that contradicts the figures', () => {
    expect(days.flatMap((day) => contradictions(day).map((path) => `${path}: ${day.text}`))).toEqual([]);
  });

  it('consist of recognised statements, among them every list of the wording', () => {
    const seen = new Set(days.flatMap((day) => day.statements.map(({ path }) => path)));
    const expected = sentenceLists(locale)
      .map(([path]) => path)
      .filter((path) => !/^(?:empty|topics)/.test(path));
    expect(expected.filter((path) => !seen.has(path))).toEqual([]);
    for (const day of days) expect(day.statements.length).toBeGreaterThanOrEqual(4);
  });

  it('close with a wish for the leading feeling and never cheer on a sad day', () => {
    for (const { mood, participantCount, statements: found } of days) {
      const closings = found.filter(({ path }) => path.startsWith('wish'));
      expect(closings).toHaveLength(1);
      if (mood.dominant && mood.messageCount > 2 && participantCount > 1) expect(closings[0]?.path).toBe(`wish.${mood.dominant}`);
    }
  });

  it('say nothing about several people if one person wrote', () => {
    for (const { participantCount, text } of days) {
      if (participantCount === 1) expect(text).not.toMatch(SEVERAL);
    }
  });

  it('name no feeling if one person wrote', () => {
    const feelings = /^(?:feeling|slight|mixed|faint|beside|trend|more|less|hour|care|told\.answersFelt)/;
    for (const { participantCount, statements: found, text } of days) {
      if (participantCount === 1) expect([text, found.filter(({ path }) => feelings.test(path))]).toEqual([text, []]);
    }
  });

  it('care for an unpleasant feeling that grew before they close with another one', () => {
    let cared = 0;
    for (const { statements: found, text } of days) {
      const risen = found.find(({ path }) => path.startsWith('more.') || path === 'trend.alikeButMore')?.values['emotion'];
      const closing = found.find(({ path }) => path.startsWith('wish'))?.path.slice('wish.'.length);
      const heavy = ['SADNESS', 'ANGER', 'ANXIETY', 'WEARINESS'];
      if (!risen || isPleasant(named(risen, locale)) || heavy.includes(closing ?? '')) continue;
      expect([text, found.some(({ path }) => path.startsWith('care'))]).toEqual([text, true]);
      cared++;
    }
    expect(cared).toBeGreaterThan(5);
  });

  it('begin every sentence with a capital, or with Korean', () => {
    for (const { text } of days) expect(text).not.toMatch(/(?:^|[.!?] )\p{Ll}/u);
  });

  it('speak of thanks in a sentence of its own alone', () => {
    const { feeling } = WORDINGS[locale];
    expect(
      Object.values(feeling)
        .flat()
        .filter((sentence) => /고맙|고마운|고마움|감사|gratitude|in thanks/i.test(sentence)),
    ).toEqual([]);
  });

  it('share no sentence with the next day', () => {
    const sentences = days.map(({ text }) => text.split(/(?<=[.!?]) /));
    for (let day = 1; day < DAYS; day++) {
      expect(sentences[day]?.filter((sentence) => sentences[day - 1]?.includes(sentence))).toEqual([]);
    }
  });
});
