import type { Mood } from '../../domain/insight';
import type { NoteStatistics } from '../job/note-counter';
import { HOUR_MS } from '../mood/mood';
import { CROWD } from '../job/crowd';
import type { Fact, FactsInput } from './fact';

/**
 * What a letter may tell without pointing to one person. Facts and sentences follow the same rules. Topics follow theirs where they are
 * counted: three accounts must have used one (topics.ts).
 */

/** Notes from which the feeling of a window is told, and from which hours are. */
const NOTES_OF_FEELING = 3;
const NOTES_OF_HOURS = 5;

type Size = Pick<FactsInput, 'mood' | 'participantCount'>;

export const isCrowd = (accounts: number): boolean => accounts >= CROWD;

/** The feeling of one person alone is not told. */
export const mayTellFeeling = ({ mood, participantCount }: Size): boolean =>
  mood.messageCount >= NOTES_OF_FEELING && participantCount >= 2;

/** That a feeling grew or shrank could be read as a change of one of two people. */
export const mayTellChange = ({ participantCount }: Size): boolean => isCrowd(participantCount);

const mayTellHours = ({ mood, participantCount }: Size): boolean =>
  isCrowd(participantCount) && mood.messageCount >= NOTES_OF_HOURS;

/** Up to three accounts that wrote in the hour. */
export const writersOf = ({ writersByHour }: NoteStatistics, { window }: Mood): ReadonlySet<string> =>
  writersByHour.get(Math.floor(window.start / HOUR_MS) * HOUR_MS) ?? new Set();

/** Whether something may be said about the notes of one hour. */
export const mayTellOfHour = (hour: Mood, notes: NoteStatistics): boolean =>
  isCrowd(Math.min(hour.messageCount, writersOf(notes, hour).size));

type Rule = (input: FactsInput, fact: Fact) => boolean;

/** About the room as a whole. */
const always: Rule = () => true;
const ofManyWriters: Rule = ({ participantCount }) => isCrowd(participantCount);
const ofManyCounted: Rule = ({ participantCount }, { count = 0 }) => isCrowd(Math.min(participantCount, count));
const ofHours: Rule = mayTellHours;
const ofSignal: Rule = ({ participantCount, notes }, { kind }) =>
  isCrowd(Math.min(participantCount, notes.signals[kind as keyof NoteStatistics['signals']].accounts));

const RULES: Readonly<Record<Fact['kind'], Rule>> = {
  answers: always,
  answersFelt: ofManyWriters,
  answersShared: ofManyWriters,
  back: always,
  streak: always,
  longestStreak: always,
  longestStreakOfYear: always,
  busiestDay: always,
  empathies: (_, { count = 0 }) => isCrowd(count),
  newWriters: ofManyCounted,
  returned: ofManyCounted,
  eased: ofManyCounted,
  thanks: ofSignal,
  laughter: ofSignal,
  congratulations: ofSignal,
  encouragement: ofSignal,
  /** The hour alone: neither the feeling nor a topic of the note. */
  loneNight: ofHours,
  span: ofHours,
  busiestHour: ofHours,
  turn: ofHours,
  topics: ofManyWriters,
  more: mayTellChange,
  less: mayTellChange,
};

export const mayTell = (input: FactsInput, fact: Fact): boolean => RULES[fact.kind](input, fact);
