import { isPleasant, EMOTIONS, type Emotion } from '../../domain/emotion';
import type { Insight, Locale } from '../../domain/insight';
import { meaningOf, type MeaningInput } from '../letter/meaning';
import { hash } from '../text';
import en from './questions-en.json';
import ko from './questions-ko.json';

/** What a question is chosen by: the leading feeling, several feelings, or none. */
export type QuestionTheme = Emotion | 'MIXED' | 'QUIET';
type QuestionLists = Readonly<Record<QuestionTheme, readonly string[]>>;

/** Reviewed questions by theme, 24 for each. */
export const QUESTIONS: Readonly<Record<Locale, QuestionLists>> = { ko, en };

/** The theme for the question of a letter. */
export function themeOf(input: MeaningInput): QuestionTheme {
  const { kind, first } = meaningOf(input);
  if (kind === 'faint' || (kind === 'unread' && !input.mood.dominant)) return 'QUIET';
  return kind === 'mixed' ? 'MIXED' : first;
}

export interface QuestionChoice {
  /** Id of the letter. The same id gives the same question. */
  readonly id: string;
  readonly locale: Locale;
  readonly theme: QuestionTheme;
  /** Questions that the room had lately, newest first. They are repeated only if no other question is left. */
  readonly recent?: readonly string[];
}

/** Chooses a question of the theme or, if the room had all of them lately, of the themes next to it. */
export function chooseQuestion({ id, locale, theme, recent = [] }: QuestionChoice): string {
  const lists = QUESTIONS[locale];
  const had = new Set(recent);
  for (const next of themesFrom(theme)) {
    const free = lists[next].filter((question) => !had.has(question));
    if (free.length > 0) return firstByHash(id, free);
  }
  const longestAgo = recent.findLast((question) => lists[theme].includes(question));
  return longestAgo ?? firstByHash(id, lists[theme]);
}

/** The theme, then the neutral ones, then feelings that are as pleasant, then the others. */
function themesFrom(theme: QuestionTheme): QuestionTheme[] {
  const bright = theme === 'MIXED' || theme === 'QUIET' || isPleasant(theme);
  const isAlike = (emotion: Emotion) => isPleasant(emotion) === bright;
  const emotions = [...EMOTIONS.filter(isAlike), ...EMOTIONS.filter((emotion) => !isAlike(emotion))];
  return [...new Set<QuestionTheme>([theme, 'MIXED', 'QUIET', ...emotions])];
}

const firstByHash = (id: string, questions: readonly string[]): string =>
  questions.reduce((a, b) => (hash(`${id} ${b}`) < hash(`${id} ${a}`) ? b : a));

/** The question of a letter. Letters of versions without questions have one of the list, by their id. */
export function questionOf({ id, locale, mood, question }: Insight): string {
  return question ?? chooseQuestion({ id, locale, theme: mood.messageCount === 0 ? 'QUIET' : (mood.dominant ?? 'MIXED') });
}
