import { EMOTIONS, isPleasant, type Emotion } from '../../domain/emotion';
import type { Mood } from '../../domain/insight';
import type { AnalysisInput, EarlierMood } from '../analyzer';
import type { NoteStatistics } from '../job/note-counter';
import { mayTellChange, mayTellFeeling, mayTellOfHour } from './privacy';

/** Below so many notes the letter claims little: it compares nothing and names no hour. */
const ENOUGH_NOTES = 5;
const MANY_NOTES = 1_000;
/** Mean score from which a feeling is mentioned. */
const PRESENT = 0.05;
/** Two feelings are about equally strong if the second has this share of the first. */
const ABOUT_EQUAL = 0.75;
/** A second feeling is mentioned beside a dominant one from this share on. */
const BESIDE = 0.4;
/** Windows with notes before this one, from which on it can be the brightest of a week. */
const MIN_WINDOWS_OF_EXTREME = 6;
/** Changes of valence, and of a mean score, that are mentioned. */
const NOTABLE_SHIFT = 0.06;
const NOTABLE_CHANGE = 0.04;
/** A window that is like the mean of those before is compared with the last one alone if that differs by so much. */
const NOTABLE_SHIFT_SINCE_LAST = 0.12;
/** Heavy windows in a row that are told. */
const MIN_HEAVY_RUN = 3;
/** Two windows follow each other if their starts are at most so many lengths apart. */
const NEXT = 1.5;
/** The mean of an hour is shrunk by so many notes without feeling, so that a few notes at night are no peak. */
const SHRINKAGE = 5;

export type MeaningInput = Pick<AnalysisInput, 'mood' | 'hours' | 'earlier' | 'participantCount' | 'notes'>;

/** The windows that a trend compares with: the last one, two or those before a pause, or three and more up to the last one. */
export type Basis = 'yesterday' | 'days' | 'recent';

export interface Trend {
  readonly basis: Basis;
  /** 1 if the window is brighter than the mean of its basis, -1 if it is darker, 0 if there is no notable shift. */
  readonly direction: 1 | 0 | -1;
  /** Whether the window is the brightest, or the darkest, of a week in which no other was found to be so. */
  readonly isExtreme: boolean;
  /** Heavy windows in a row up to this one; 0 if there are fewer than three. */
  readonly heavyRun: number;
  /** The feeling that changed most, if the change is notable. */
  readonly change: { readonly emotion: Emotion; readonly grew: boolean } | null;
}

/** What the figures of a window mean. Every sentence of a letter states a part of this. */
export interface Meaning {
  readonly volume: 'one' | 'little' | 'alone' | 'some' | 'much';
  /** `unread`: so few notes, or notes of one person, that their feeling would be that of a person. */
  readonly kind: 'dominant' | 'slight' | 'mixed' | 'faint' | 'unread';
  /** The strongest feeling; leads unless `kind` is faint or unread. */
  readonly first: Emotion;
  /** The second strongest feeling, if it is worth a mention. */
  readonly second: Emotion | null;
  /** Whether the window is bright: by its leading feeling, or by its valence if none leads. */
  readonly bright: boolean;
  /** Null without notes to compare. */
  readonly trend: Trend | 'first' | null;
  /** Start of the hour in which the first feeling was strongest. */
  readonly peak: number | null;
}

export function meaningOf({ mood, hours, earlier, participantCount, notes }: MeaningInput): Meaning {
  const score = (emotion: Emotion) => mood.scores[EMOTIONS.indexOf(emotion)] ?? 0;
  const [first = 'JOY', second = 'LOVE'] = EMOTIONS.toSorted((a, b) => score(b) - score(a));
  const ratio = score(first) > 0 ? score(second) / score(first) : 0;
  const kind = !mayTellFeeling({ mood, participantCount })
    ? 'unread'
    : mood.dominant
      ? 'dominant'
      : score(first) < PRESENT
        ? 'faint'
        : ratio >= ABOUT_EQUAL
          ? 'mixed'
          : 'slight';
  const leads = kind === 'dominant' || kind === 'slight';
  const { messageCount } = mood;
  const compares = messageCount >= ENOUGH_NOTES && kind !== 'unread';
  const bright = leads ? isPleasant(first) : mood.valence >= 0;
  const isBeside = kind === 'dominant' && ratio >= BESIDE && score(second) >= PRESENT;
  return {
    volume: volumeOf(messageCount, participantCount),
    kind,
    first,
    second: kind === 'mixed' || isBeside ? second : null,
    bright,
    trend: compares ? trendOf(mood, earlier, bright, mayTellChange({ mood, participantCount })) : null,
    peak: !compares || kind === 'faint' ? null : peakOf(first, hours, notes),
  };
}

function volumeOf(messageCount: number, participantCount: number): Meaning['volume'] {
  if (messageCount < ENOUGH_NOTES) return messageCount === 1 ? 'one' : 'little';
  return participantCount < 2 ? 'alone' : messageCount < MANY_NOTES ? 'some' : 'much';
}

function trendOf(mood: Mood, earlier: readonly EarlierMood[], bright: boolean, tellsChange: boolean): Trend | 'first' | null {
  if (earlier.every(({ messageCount }) => messageCount === 0)) return 'first';
  const written = earlier.filter(({ messageCount, withheld }) => messageCount > 0 && !withheld);
  const [last] = written;
  if (!last) return null;
  const isYesterday = follows(mood, last);
  if (written.length === 1 && !isYesterday) return null;
  const mean = (moods: readonly Mood[], value: (mood: Mood) => number) =>
    moods.reduce((sum, before) => sum + value(before), 0) / moods.length;
  const shiftFrom = (moods: readonly Mood[]) => mood.valence - mean(moods, ({ valence }) => valence);
  const sinceLast =
    isYesterday &&
    last.messageCount >= ENOUGH_NOTES &&
    Math.abs(shiftFrom(written)) <= NOTABLE_SHIFT &&
    Math.abs(shiftFrom([last])) > NOTABLE_SHIFT_SINCE_LAST;
  const basis = sinceLast ? [last] : written;
  const shift = shiftFrom(basis);
  const direction = shift > NOTABLE_SHIFT ? 1 : shift < -NOTABLE_SHIFT ? -1 : 0;
  const changes = EMOTIONS.map((emotion, i) => ({
    emotion,
    by: (mood.scores[i] ?? 0) - mean(basis, ({ scores }) => scores[i] ?? 0),
  }));
  const [largest] = changes.toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const isNotable = tellsChange && largest !== undefined && Math.abs(largest.by) >= NOTABLE_CHANGE;
  return {
    basis: basis.length === 1 ? 'yesterday' : basis.length === 2 || !isYesterday ? 'days' : 'recent',
    direction,
    isExtreme: !sinceLast && direction > 0 === bright && isExtreme(mood, written, direction),
    heavyRun: bright ? 0 : heavyRunOf([mood, ...earlier]),
    change: isNotable ? { emotion: largest.emotion, grew: largest.by > 0 } : null,
  };
}

const follows = (mood: Mood, before: Mood): boolean => {
  const { start, end } = mood.window;
  return start - before.window.start < NEXT * (end - start);
};

/** A window before may have been called the brightest if none of the known ones before it was as bright. */
function isExtreme(mood: Mood, written: readonly Mood[], direction: number): boolean {
  const exceeds = (one: Mood, others: readonly Mood[]) =>
    others.every(({ valence }) => Math.sign(one.valence - valence) === direction);
  const { start, end } = mood.window;
  const wasExtreme = written.some(
    (before, i) =>
      i < written.length - 1 &&
      start - before.window.start < 7 * (end - start) &&
      isPleasant(strongestOf(before)) === direction > 0 &&
      exceeds(before, written.slice(i + 1)),
  );
  return direction !== 0 && written.length >= MIN_WINDOWS_OF_EXTREME && exceeds(mood, written) && !wasExtreme;
}

const strongestOf = ({ scores }: Mood): Emotion => {
  const [strongest = 'JOY'] = EMOTIONS.toSorted(
    (a, b) => (scores[EMOTIONS.indexOf(b)] ?? 0) - (scores[EMOTIONS.indexOf(a)] ?? 0),
  );
  return strongest;
};

/** @param moods newest first */
function heavyRunOf(moods: readonly EarlierMood[]): number {
  const isHeavy = (mood: EarlierMood) =>
    mood.messageCount >= ENOUGH_NOTES && !mood.withheld && mood.valence < 0 && !isPleasant(strongestOf(mood));
  const end = moods.findIndex((mood, i) => {
    const after = moods[i - 1];
    return !isHeavy(mood) || (after !== undefined && !follows(after, mood));
  });
  const run = end === -1 ? moods.length : end;
  return run < MIN_HEAVY_RUN ? 0 : run;
}

function peakOf(emotion: Emotion, hours: readonly Mood[], notes: NoteStatistics): number | null {
  const at = EMOTIONS.indexOf(emotion);
  const strength = ({ scores, messageCount }: Mood) => ((scores[at] ?? 0) * messageCount) / (messageCount + SHRINKAGE);
  const written = hours.filter((hour) => hour.messageCount > 0);
  const [strongest] = written.toSorted((a, b) => strength(b) - strength(a));
  if (!strongest || written.length < 2 || strength(strongest) === 0) return null;
  return mayTellOfHour(strongest, notes) ? strongest.window.start : null;
}
