import { isPleasant } from '../../domain/emotion';
import type { Mood } from '../../domain/insight';
import { dominantOf, HOUR_MS, MoodSum } from '../mood/mood';
import { Zone } from '../../util/zone';
import { hash } from '../text';
import type { Fact, FactsInput } from './fact';
import { meaningOf, type Meaning } from './meaning';
import { isCrowd, mayTell, mayTellOfHour, writersOf } from './privacy';
import { SIGNALS } from './signals';

/** Notes from which a day has a course worth telling. */
const ENOUGH_NOTES = 5;
/** From one to five o'clock. */
const NIGHT_HOURS = { from: 1, to: 5 } as const;
/** Topics named in one fact or sentence. */
export const MAX_TOPICS = 3;
const MAX_SHARED = 2;
const MIN_QUIET_DAYS = 3;
const MIN_STREAK = 4;
const MIN_LONGEST_STREAK = 5;
/** How far back rows of days are looked for. */
const YEAR_MS = 366 * 24 * HOUR_MS;
const MILESTONES = new Set([7, 14, 21, 30, 50, 100, 200, 300, 365]);
/** A single answer is told if there is little else. */
const LIGHT_ANSWER = 0.3;
const MIN_NOTES_OF_PART = 6;
/** How much the weight of a kind varies from day to day, so that neighbouring letters tell different things. */
const VARIATION = 0.3;
/** A day, for `busiestDay`; windows of other lengths have none. */
const DAY_HOURS = { from: 20, to: 28 } as const;

/**
 * The facts of a window that may be told, most telling first.
 * @param shared nouns that three or more people used in their answers to the question
 */
export function findFacts(input: FactsInput, topics: readonly string[], shared: readonly string[] = []): Fact[] {
  if (input.mood.messageCount === 0) return [];
  const meaning = meaningOf(input);
  const found = [
    ...ofTheRoom(input),
    ...ofThePeople(input, meaning),
    ...ofTheHours(input, meaning),
    ...listed(meaning, topics),
    ...(shared.length > 0 ? [{ kind: 'answersShared', weight: 0.9, topics: shared.slice(0, MAX_SHARED) } as const] : []),
  ].filter((fact) => mayTell(input, fact));
  const day = Math.round(input.window.start / (24 * HOUR_MS));
  // What is told of answers stays together.
  const varies = (kind: Fact['kind']) => (kind.startsWith('answers') ? 'answers' : kind);
  const varied = ({ kind, weight }: Fact) =>
    weight * (1 - VARIATION / 2 + (VARIATION * (hash(`${input.room.id}:${varies(kind)}:${day}`) % 1_000)) / 1_000);
  return found.sort((a, b) => varied(b) - varied(a) || (a.kind < b.kind ? -1 : 1));
}

/** Facts about the room as a whole, which point to nobody however few wrote. */
function ofTheRoom({ room, history, mood, earlier, window, answers, empathies }: FactsInput): Fact[] {
  const { streakDays, isLongestStreak, quietDays } = history;
  const facts: Fact[] = [];
  if (quietDays !== null && quietDays >= MIN_QUIET_DAYS && streakDays === 1) {
    facts.push({ kind: 'back', weight: 0.9, count: quietDays + 1 });
  }
  if (isLongestStreak && streakDays >= MIN_LONGEST_STREAK) {
    const kind = window.start - room.createdAt > YEAR_MS ? 'longestStreakOfYear' : 'longestStreak';
    facts.push({ kind, weight: MILESTONES.has(streakDays) ? 0.9 : 0.24, count: streakDays });
  } else if (streakDays >= MIN_STREAK) {
    facts.push({ kind: 'streak', weight: MILESTONES.has(streakDays) ? 0.8 : 0.2, count: streakDays });
  }
  const hours = (window.end - window.start) / HOUR_MS;
  const most = Math.max(...earlier.map(({ messageCount }) => messageCount));
  const written = earlier.filter(({ messageCount }) => messageCount > 0);
  if (hours >= DAY_HOURS.from && hours <= DAY_HOURS.to && written.length >= 4 && mood.messageCount > 1.2 * most) {
    facts.push({ kind: 'busiestDay', weight: 0.7 });
  }
  if (answers.notes > 0) {
    facts.push(
      answers.feeling === null
        ? { kind: 'answers', weight: answers.notes === 1 ? LIGHT_ANSWER : 0.95, count: answers.notes }
        : { kind: 'answersFelt', weight: 0.95, count: answers.notes, emotion: answers.feeling },
    );
  }
  facts.push({ kind: 'empathies', weight: Math.min(0.75, 0.4 + empathies / mood.messageCount / 2), count: empathies });
  return facts;
}

function ofThePeople({ history, participantCount, mood, notes }: FactsInput, { bright }: Meaning): Fact[] {
  const facts: Fact[] = [];
  const { newWriters } = history;
  // On the first day of a room everybody is new.
  if (newWriters !== null && newWriters < participantCount) {
    facts.push({ kind: 'newWriters', weight: 0.85, count: newWriters });
  }
  facts.push({ kind: 'returned', weight: 0.8, count: history.returned });
  facts.push({ kind: 'eased', weight: 0.8, count: notes.relieved });
  for (const signal of SIGNALS) {
    const { notes: count } = notes.signals[signal];
    const share = count / mood.messageCount;
    if (signal === 'laughter' && !bright) continue;
    const base = signal === 'congratulations' ? 0.65 : signal === 'laughter' ? 0.35 : 0.5;
    facts.push({ kind: signal, weight: Math.min(0.85, base + share), count });
  }
  return facts;
}

function ofTheHours(input: FactsInput, meaning: Meaning): Fact[] {
  const { mood, hours, timeZone, notes } = input;
  const written = hours.filter(({ messageCount }) => messageCount > 0);
  const [first] = written;
  if (!first) return [];
  const zone = new Zone(timeZone);
  const hourOf = ({ window: { start } }: Mood) => zone.local(start).hour;
  const facts: Fact[] = [];
  const nightly = written.filter((hour) => hourOf(hour) >= NIGHT_HOURS.from && hourOf(hour) < NIGHT_HOURS.to);
  const [lone] = nightly;
  if (lone && nightly.length === 1 && lone.messageCount === 1) {
    facts.push({ kind: 'loneNight', weight: 0.7, hour: hourOf(lone) });
  }
  const [busiest, next] = written.toSorted((a, b) => b.messageCount - a.messageCount);
  if (
    busiest &&
    mayTellOfHour(busiest, notes) &&
    busiest.messageCount >= ENOUGH_NOTES &&
    busiest.messageCount > (next?.messageCount ?? 0) &&
    busiest.window.start !== meaning.peak
  ) {
    const share = busiest.messageCount / mood.messageCount;
    facts.push({ kind: 'busiestHour', weight: share >= 0.25 ? 0.5 : 0.3, hour: hourOf(busiest), count: busiest.messageCount });
  }
  const last = written.at(-1);
  if (last && hourOf(last) !== hourOf(first) && !facts.some(({ kind }) => kind === 'loneNight'))
    facts.push({ kind: 'span', weight: 0.28, hour: hourOf(first), until: hourOf(last) });
  const turn = turnOf(input);
  return turn ? [...facts, turn] : facts;
}

/** A pleasant feeling that led the first half of the notes and gave way to an unpleasant one in the second half, or the reverse. */
function turnOf({ mood, hours, notes, timeZone }: FactsInput): Fact | undefined {
  let before = 0;
  const split = hours.findIndex(({ messageCount }) => (before += messageCount) * 2 >= mood.messageCount) + 1;
  const parts = [hours.slice(0, split), hours.slice(split)].map((part) => {
    const sum = new MoodSum();
    const writers = new Set<string>();
    for (const hour of part) {
      const { messageCount, scores } = hour;
      sum.add({ count: messageCount, said: 0, sums: scores.map((score) => Math.round(score * messageCount * 100)) });
      for (const writer of writersOf(notes, hour)) writers.add(writer);
    }
    const isTold = sum.count >= MIN_NOTES_OF_PART && isCrowd(writers.size);
    return isTold ? dominantOf(sum.mood('', { start: 0, end: 0 }).scores) : null;
  });
  const [from, to] = parts;
  const at = hours[split]?.window.start;
  if (!from || !to || at === undefined || isPleasant(from) === isPleasant(to)) return undefined;
  return { kind: 'turn', weight: 0.75, before: from, emotion: to, hour: new Zone(timeZone).local(at).hour };
}

function listed({ trend }: Meaning, topics: readonly string[]): Fact[] {
  const change = trend === null || trend === 'first' ? null : trend.change;
  return [
    ...(topics.length > 0 ? [{ kind: 'topics', weight: 0.6, topics: topics.slice(0, MAX_TOPICS) } as const] : []),
    ...(change ? [{ kind: change.grew ? 'more' : 'less', weight: 0.55, emotion: change.emotion } as const] : []),
  ];
}
