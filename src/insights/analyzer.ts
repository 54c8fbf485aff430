import type { Chat } from '../domain/chat';
import type { Emotion } from '../domain/emotion';
import type { Insight, InsightSource, Locale, Mood, Window } from '../domain/insight';
import type { Room } from '../domain/room';
import type { NoteStatistics } from './job/note-counter';
import type { RoomHistory } from './job/room-history';

/** How notes of the window answered the questions that stood in it. */
export interface Answers {
  readonly notes: number;
  /** The dominant emotion of the answers; null without one or with answers by fewer than three accounts. */
  readonly feeling: Emotion | null;
}

export interface EarlierMood extends Mood {
  /** The feeling is that of so few people that no letter tells it, nor compares with it. */
  readonly withheld?: true;
}

/** The figures that a letter about one room and window is written from. */
export interface AnalysisInput {
  readonly room: Room;
  readonly window: Window;
  readonly locale: Locale;
  /** IANA name of the zone that hours and days of the letter are given in. */
  readonly timeZone: string;
  readonly mood: Mood;
  /** One mood per hour of the window, oldest first. */
  readonly hours: readonly Mood[];
  /** Moods of up to seven windows of the same length before this one, newest first, if the same model read their messages. */
  readonly earlier: readonly EarlierMood[];
  readonly participantCount: number;
  readonly notes: NoteStatistics;
  readonly history: RoomHistory;
  readonly answers: Answers;
  /** Empathies pressed on the notes of the window. */
  readonly empathies: number;
  /** The window's visible messages in log order, in chunks; each call reads them again. */
  messages(): AsyncIterable<readonly Chat[]>;
  /** Those of them that answered a question which stood in the window. */
  answering(): AsyncIterable<readonly Chat[]>;
  /** The room's letter before this one, whose sentences a letter does not repeat. */
  readonly previous: Insight | undefined;
  /** Messages of the windows before, for comparing topics; may be a sample. */
  earlierMessages(): AsyncIterable<readonly Chat[]>;
}

export interface Analysis {
  /** Markdown; docs/insight.md lists the rules of the letter. */
  readonly letter: string;
  /** The letter in other languages. */
  readonly translations: Readonly<Partial<Record<Locale, string>>>;
  /** Short facts in the language of the letter, most telling first. */
  readonly facts: readonly string[];
  readonly topics: readonly string[];
  /** A question to the room; undefined to have one chosen from the list. */
  readonly question?: string | undefined;
  readonly source: InsightSource;
  /** Name and version of the model that wrote the letter. */
  readonly model: string;
}

/** Writes the letter of one room and window. */
export interface Analyzer {
  /** @throws Error if no letter can be written; the signal's reason soon after it is aborted */
  analyze(input: AnalysisInput, signal: AbortSignal): Promise<Analysis>;
}
