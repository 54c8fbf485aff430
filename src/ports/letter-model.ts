import type { EmotionScores } from '../domain/emotion';

/** What a language model is asked. `data` holds what people wrote: it is JSON and never part of the instructions. */
export interface LetterRequest {
  readonly instructions: string;
  readonly data: string;
  readonly maxOutputTokens: number;
}

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The answer, of the right form; nothing else about it has been checked. */
export interface LetterDraft {
  readonly letter: string;
  readonly topics: readonly string[];
  readonly scores: EmotionScores;
  /** Undefined where the server does not tell. */
  readonly usage: TokenUsage | undefined;
}

/** Why there is no answer. The first six may be gone at the next try. */
export type LetterFault =
  | 'rate-limited'
  | 'server-error'
  | 'timeout'
  | 'network'
  /** The connection ended before the answer did. */
  | 'cut-off'
  | 'bad-json'
  /** JSON of another form: a field missing, an unknown emotion, a score that is no number from 0 to 1. */
  | 'bad-form'
  /** The answer reached the limit of output tokens. */
  | 'too-long'
  /** The body is larger than any letter. */
  | 'too-large'
  /** The model declined, or a filter of the server did. */
  | 'refused'
  /** The server will not take this request or this key. */
  | 'rejected';

export class LetterError extends Error {
  override readonly name = 'LetterError';
  constructor(
    readonly fault: LetterFault,
    readonly details: {
      /** What the server asked to wait. */
      readonly retryAfterMs?: number | undefined;
      /** What the failed call used, where the server said so. */
      readonly usage?: TokenUsage | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(`no letter: ${fault}`, { cause: details.cause });
  }
}

/** A language model that writes a letter. One call, no retries: those, the budget and all checks are the caller's. */
export interface LetterModel {
  readonly model: string;
  /** @throws LetterError; the signal's reason once it is aborted */
  write(request: LetterRequest, signal: AbortSignal): Promise<LetterDraft>;
}
