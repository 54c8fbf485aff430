import type { EmotionScores, Emotion } from './emotion';

/** Start-inclusive and end-exclusive, both in milliseconds since 1970. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Mean scores of a room's messages over a window; all zero when there are none. */
export interface Mood {
  readonly room: string;
  readonly window: Window;
  readonly messageCount: number;
  readonly scores: EmotionScores;
  readonly dominant: Emotion | null;
  readonly valence: number;
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
  readonly mood: Mood;
  readonly topics: readonly string[];
  readonly messageCount: number;
  readonly participantCount: number;
  readonly scheduled: boolean;
  readonly source: InsightSource;
  readonly model: string;
}

/** One scheduled insight per room and window: the id says so. The room id holds no ':'. */
export const scheduledInsightId = (room: string, window: Window): string => `${room}:${window.start}`;
