import type { EmotionScores } from '../domain/emotion';

/** One request to a language model. */
export interface LetterRequest {
  readonly instructions: string;
  /** JSON with the text that people wrote. It is never part of the instructions. */
  readonly data: string;
  readonly maxOutputTokens: number;
}

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** An answer of the right form. Nothing else about it has been checked. */
export interface LetterDraft {
  readonly letter: string;
  /** Empty if the model asks none. */
  readonly question: string;
  readonly topics: readonly string[];
  readonly scores: EmotionScores;
  /** Undefined if the server does not report it. */
  readonly usage: TokenUsage | undefined;
}

/** Why there is no answer. The first six faults may be gone at the next try. */
export type LetterFault =
  | 'rate-limited'
  | 'server-error'
  | 'timeout'
  | 'network'
  /** The connection ended before the answer did. */
  | 'cut-off'
  | 'bad-json'
  /** JSON of another form: a missing field, an unknown emotion, or a score that is not a number from 0 to 1. */
  | 'bad-form'
  /** The answer reached the limit of output tokens. */
  | 'too-long'
  /** The body exceeds the size of any letter. */
  | 'too-large'
  /** The model or a filter of the server declined. */
  | 'refused'
  /** The server does not accept this request or this key. */
  | 'rejected';

export class LetterError extends Error {
  override readonly name = 'LetterError';
  constructor(
    readonly fault: LetterFault,
    readonly details: {
      /** How long the server asked to wait. */
      readonly retryAfterMs?: number | undefined;
      /** Tokens that the failed call used, if the server reported them. */
      readonly usage?: TokenUsage | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(`no letter: ${fault}`, { cause: details.cause });
  }
}

/** A language model that writes a letter. It makes one call; retries, the budget and all checks are up to the caller. */
export interface LetterModel {
  readonly model: string;
  /** @throws LetterError, or the reason of the signal once it is aborted */
  write(request: LetterRequest, signal: AbortSignal): Promise<LetterDraft>;
}
