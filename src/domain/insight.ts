import type { EmotionScores, Emotion } from './emotion';

/** A time span in milliseconds since 1970. The start is inclusive, the end exclusive. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Mean scores of the messages of a room in a window. All are 0 if there are no messages. */
export interface Mood {
  readonly room: string;
  readonly window: Window;
  readonly messageCount: number;
  readonly scores: EmotionScores;
  readonly dominant: Emotion | null;
  readonly valence: number;
  /** Share of the messages whose feeling their author said, 0 to 1. */
  readonly saidShare: number;
}

export type InsightSource = 'LOCAL' | 'OPENAI';
export type Locale = 'ko' | 'en';

export interface Insight {
  readonly id: string;
  readonly room: string;
  readonly window: Window;
  readonly createdAt: number;
  /** Markdown. */
  readonly letter: string;
  readonly locale: Locale;
  /** The letter in other languages; letters of before have none. */
  readonly translations?: Readonly<Partial<Record<Locale, string>>>;
  /** Short facts in the language of the letter, most telling first; letters of before have none. */
  readonly facts?: readonly string[];
  readonly mood: Mood;
  readonly topics: readonly string[];
  readonly messageCount: number;
  readonly participantCount: number;
  readonly scheduled: boolean;
  readonly source: InsightSource;
  readonly model: string;
  /** The question to the room at the end of the letter. Absent, like `answerCount`, in letters of versions without it. */
  readonly question?: string;
  /** Messages of the window that answered a question which stood in it. */
  readonly answerCount?: number;
}

/** The letter in a language, or null if it was not written in it. */
export const letterIn = (insight: Insight, locale: string): string | null =>
  locale === insight.locale ? insight.letter : (insight.translations?.[locale as Locale] ?? null);

/** The same room and window have the same id, so each has one scheduled insight. A room id contains no ':'. */
export const scheduledInsightId = (room: string, window: Window): string => `${room}:${window.start}`;

/** Absent in moods of older versions. */
const NEWER_IN_MOOD: Pick<Mood, 'saidShare'> = { saidShare: 0 };

/** A stored insight with the fields that older versions did not store. */
export const withNewerFields = (stored: Insight): Insight => ({ ...stored, mood: { ...NEWER_IN_MOOD, ...stored.mood } });
