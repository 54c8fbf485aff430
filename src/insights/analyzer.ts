import type { Chat } from '../domain/chat';
import type { InsightSource, Locale, Mood, Window } from '../domain/insight';
import type { Room } from '../domain/room';

export interface AnalysisInput {
  readonly room: Room;
  readonly window: Window;
  readonly locale: Locale;
  /** IANA zone in which hours and days are told. */
  readonly timeZone: string;
  readonly mood: Mood;
  /** One Mood per hour of the window, oldest first. */
  readonly hours: readonly Mood[];
  /** Moods of up to seven windows of the same length before this one, newest first. */
  readonly earlier: readonly Mood[];
  readonly participantCount: number;
  /** The window's messages in log order, hidden ones left out, in chunks; the consumer decides the pace. */
  messages(): AsyncIterable<readonly Chat[]>;
  /** Whether a message speaks to the writer of the letter instead of to the room: it counts, but the letter takes nothing from it. */
  isPlanted(chat: Chat): boolean;
  /** Messages of the windows before, for comparing topics; may be a sample. */
  earlierMessages(): AsyncIterable<readonly Chat[]>;
}

export interface Analysis {
  /** Markdown, see the rules of the letter in docs/insight.md. */
  readonly letter: string;
  readonly topics: readonly string[];
  readonly source: InsightSource;
  readonly model: string;
}

/** Writes the letter of one room and window. */
export interface Analyzer {
  /** @throws if it cannot; the caller falls back to another analyzer and counts it. Honours `signal` promptly. */
  analyze(input: AnalysisInput, signal: AbortSignal): Promise<Analysis>;
}
