import { badInput } from './errors';
import { isBlank, normalizeText } from './text';

/** A question to a room, which notes can answer. That of a letter has the letter's id. */
export interface Question {
  readonly id: string;
  readonly room: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

export const MAX_QUESTION_CODE_POINTS = 200;

/** @throws DomainError BAD_USER_INPUT */
export function parseQuestion(raw: string): string {
  const text = normalizeText(raw);
  if (!raw.isWellFormed() || isBlank(text) || [...text].length > MAX_QUESTION_CODE_POINTS || /\p{Cc}/u.test(text)) {
    throw badInput('text', `text must be 1 to ${MAX_QUESTION_CODE_POINTS} characters on one line.`);
  }
  return text;
}
