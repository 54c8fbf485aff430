import { ApiError, codeOf } from '../api';
import type { Emotion, Empathy } from '../generated/graphql';
import type { Refusal } from '../state/changes';
import { en } from './en';
import { fill, formatCount } from './fill';
import { ko } from './ko';

export { fill, formatCount };
export type Words = Readonly<Record<keyof typeof ko, string>>;

export const DICTIONARIES: Readonly<Record<'ko' | 'en', Words>> = { ko, en };

export const EMOTIONS: readonly Emotion[] = ['JOY', 'LOVE', 'CALM', 'HOPE', 'SADNESS', 'ANGER', 'ANXIETY', 'WEARINESS'];

export const EMPATHIES: readonly Empathy[] = ['ME_TOO', 'HUG', 'CHEER'];

const DAY_MS = 24 * 3_600_000;

/** Says in the reader's language why the API refused, and what to do next. */
export function sayError(words: Words, error: unknown): string {
  if (!(error instanceof ApiError)) return words.failed;
  const { code, details } = error;
  if (code === 'UNAUTHENTICATED' && details.reason !== 'WRONG_CREDENTIALS') return words['cut-off'];
  if (details.reason === 'MUTED' && details.until !== undefined) {
    const until = Date.parse(details.until);
    const isFar = until > Date.now() + DAY_MS / 2;
    const time = new Intl.DateTimeFormat(words === ko ? 'ko' : 'en', { ...(isFar && { dateStyle: 'long' }), timeStyle: 'short' });
    return fill(words.MUTED, { time: time.format(until) });
  }
  // The composer checks the length, so what remains is a word that the room's filter refuses.
  if (code === 'BAD_USER_INPUT' && details.field === 'text') return words['word-refused'];
  return /^[A-Z_]+$/.test(code) && code in words ? words[code as keyof Words] : words.failed;
}

/** Says why a change of a note was refused. */
export function sayRefusal(words: Words, { kind, error }: Refusal): string {
  const code = codeOf(error);
  if (kind === 'empathy' && code === 'NOT_FOUND') return words['empathy-late'];
  if (kind === 'feeling' && code === 'CONFLICT') return words['feeling-late'];
  return code === 'CONFLICT' ? words.failed : sayError(words, error);
}
