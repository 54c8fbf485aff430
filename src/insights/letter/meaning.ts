import { EMOTIONS, isPleasant, type Emotion } from '../../domain/emotion';
import type { Mood } from '../../domain/insight';
import type { AnalysisInput } from '../analyzer';
import type { NoteStatistics } from '../job/note-counter';
import { HOUR_MS } from '../mood/mood';

/** Below so many notes the letter claims little: it compares nothing and names no hour. */
const ENOUGH_NOTES = 5;
const MANY_NOTES = 1_000;
const MIN_NOTES_OF_FEELING = 3;
/** Mean score from which a feeling is mentioned. */
const PRESENT = 0.05;
/** Two feelings are about equally strong if the second has this share of the first. */
const ABOUT_EQUAL = 0.75;
/** A second feeling is mentioned beside a dominant one from this share on. */
const BESIDE = 0.4;
/** Windows with notes from which one can be the brightest of all. */
const MIN_WINDOWS_OF_EXTREME = 5;
/** Changes of valence, and of a mean score, that are mentioned. */
const NOTABLE_SHIFT = 0.06;
const NOTABLE_CHANGE = 0.04;
/** Fewer notes or accounts in an hour could point to an author. */
const MIN_OF_HOUR = 3;
/** The mean of an hour is shrunk by so many notes without feeling, so that a few notes at night are no peak. */
const SHRINKAGE = 5;

export type MeaningInput = Pick<AnalysisInput, 'mood' | 'hours' | 'earlier' | 'participantCount' | 'notes'>;

export interface Trend {
  /** 1 if the window is brighter than the mean of the windows before, -1 if it is darker, 0 if there is no notable shift. */
  readonly direction: 1 | 0 | -1;
  /** Whether no window before was as bright, or as dark, as this one. */
  readonly isExtreme: boolean;
  /** The feeling that changed most, if the change is notable. */
  readonly change: { readonly emotion: Emotion; readonly grew: boolean } | null;
}

/** What the figures of a window mean. Every sentence of a letter states a part of this. */
export interface Meaning {
  readonly volume: 'little' | 'alone' | 'some' | 'much';
  /** `unread`: so few notes that their feeling would be that of a person. */
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
  const kind =
    mood.messageCount < MIN_NOTES_OF_FEELING
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
  const isBeside = kind === 'dominant' && ratio >= BESIDE && score(second) >= PRESENT;
  return {
    volume: messageCount < ENOUGH_NOTES ? 'little' : participantCount < 2 ? 'alone' : messageCount < MANY_NOTES ? 'some' : 'much',
    kind,
    first,
    second: kind === 'mixed' || isBeside ? second : null,
    bright: leads ? isPleasant(first) : mood.valence >= 0,
    trend: messageCount < ENOUGH_NOTES ? null : trendOf(mood, earlier),
    peak: messageCount < ENOUGH_NOTES || kind === 'faint' ? null : peakOf(first, hours, notes),
  };
}

function trendOf(mood: Mood, earlier: readonly Mood[]): Trend | 'first' {
  const written = earlier.filter((before) => before.messageCount > 0);
  if (written.length === 0) return 'first';
  const mean = (value: (mood: Mood) => number) => written.reduce((sum, before) => sum + value(before), 0) / written.length;
  const shift = mood.valence - mean(({ valence }) => valence);
  const changes = EMOTIONS.map((emotion, i) => ({ emotion, by: (mood.scores[i] ?? 0) - mean(({ scores }) => scores[i] ?? 0) }));
  const [largest] = changes.toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const isNotable = largest !== undefined && Math.abs(largest.by) >= NOTABLE_CHANGE;
  return {
    isExtreme:
      written.length >= MIN_WINDOWS_OF_EXTREME &&
      Math.abs(shift) > NOTABLE_SHIFT &&
      written.every(({ valence }) => Math.sign(mood.valence - valence) === Math.sign(shift)),
    direction: shift > NOTABLE_SHIFT ? 1 : shift < -NOTABLE_SHIFT ? -1 : 0,
    change: isNotable ? { emotion: largest.emotion, grew: largest.by > 0 } : null,
  };
}

function peakOf(emotion: Emotion, hours: readonly Mood[], { writersByHour }: NoteStatistics): number | null {
  const at = EMOTIONS.indexOf(emotion);
  const strength = ({ scores, messageCount }: Mood) => ((scores[at] ?? 0) * messageCount) / (messageCount + SHRINKAGE);
  const written = hours.filter((hour) => hour.messageCount > 0);
  const [strongest] = written.toSorted((a, b) => strength(b) - strength(a));
  if (!strongest || written.length < 2 || strength(strongest) === 0) return null;
  const { start } = strongest.window;
  const writers = writersByHour.get(Math.floor(start / HOUR_MS) * HOUR_MS)?.size ?? 0;
  return Math.min(strongest.messageCount, writers) < MIN_OF_HOUR ? null : start;
}
