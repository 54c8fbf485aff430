import type { Emotion } from '../../domain/emotion';
import type { AnalysisInput } from '../analyzer';
import type { SIGNALS } from './signals';

/** Kinds that a sentence of the letter can state. */
export type ToldKind =
  | 'answers'
  | 'back'
  | 'newWriters'
  | 'eased'
  | 'turn'
  | 'streak'
  | 'longestStreak'
  | 'longestStreakOfYear'
  | 'empathies'
  | 'loneNight'
  | 'busiestDay'
  | 'busiestHour'
  | 'span'
  | 'returned'
  | 'answersFelt'
  | 'answersShared'
  | (typeof SIGNALS)[number];

/** Kinds that stand in the list of facts alone: the letter states them in sentences of its own. */
export type ListedKind = 'topics' | 'more' | 'less';

export interface Fact {
  readonly kind: ToldKind | ListedKind;
  /** How much the fact tells of this room and day, 0 to 1. */
  readonly weight: number;
  readonly count?: number;
  /** Hour of the day in the zone. */
  readonly hour?: number;
  readonly until?: number;
  readonly emotion?: Emotion;
  readonly before?: Emotion;
  readonly topics?: readonly string[];
}

export type FactsInput = Pick<
  AnalysisInput,
  | 'room'
  | 'window'
  | 'timeZone'
  | 'mood'
  | 'hours'
  | 'earlier'
  | 'participantCount'
  | 'notes'
  | 'history'
  | 'answers'
  | 'empathies'
>;
