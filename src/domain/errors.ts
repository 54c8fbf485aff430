/**
 * All error codes that clients get, each with its default message and whether a retry can help. Any other error is reported to
 * clients as INTERNAL_SERVER_ERROR with an id that is in the log.
 */
export const ERRORS = {
  BAD_USER_INPUT: { message: 'The input is not valid.', retryable: false },
  UNAUTHENTICATED: { message: 'Please log in.', retryable: false },
  FORBIDDEN: { message: 'You are not allowed to do this.', retryable: false },
  NOT_FOUND: { message: 'Not found.', retryable: false },
  USERNAME_TAKEN: { message: 'This username is taken.', retryable: false },
  CONFLICT: { message: 'This conflicts with existing data.', retryable: false },
  RATE_LIMITED: { message: 'Too many requests. Please wait and try again.', retryable: true },
  UNAVAILABLE: { message: 'The service is unavailable right now. Please try again.', retryable: true },
  CURSOR_EXPIRED: { message: 'This position is no longer in the log. Load the newest messages again.', retryable: false },
  OPERATION_TOO_COMPLEX: { message: 'The operation is too complex.', retryable: false },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Why a request is unauthenticated. Clients refresh on TOKEN_EXPIRED and log in again for the other reasons. */
export type UnauthenticatedReason =
  'NO_TOKEN' | 'TOKEN_INVALID' | 'TOKEN_EXPIRED' | 'SESSION_ENDED' | 'WRONG_CREDENTIALS' | 'REFRESH_INVALID' | 'REFRESH_REUSED';

/** Why an action is forbidden that the account may normally do. */
export type ForbiddenReason = 'MUTED';

/** What is known of a message after a send failed: it was not stored, or it may have been stored. */
export type Stored = 'no' | 'unknown';

export interface ErrorDetails {
  /** The invalid input field, as the client named it. */
  readonly field?: string;
  readonly reason?: UnauthenticatedReason | ForbiddenReason;
  /** When the action is allowed again, in milliseconds since 1970. */
  readonly until?: number;
  /** Seconds after which a retry may succeed; always present with RATE_LIMITED and UNAVAILABLE. */
  readonly retryAfter?: number;
  /** With UNAVAILABLE on sends: after 'unknown' the message may only be sent again with the same clientMessageId. */
  readonly stored?: Stored;
  /** For the log only; clients never get it. */
  readonly cause?: unknown;
}

const DEFAULT_RETRY_AFTER_SECONDS = 5;

export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly field: string | undefined;
  readonly reason: UnauthenticatedReason | ForbiddenReason | undefined;
  readonly until: number | undefined;
  readonly retryAfter: number | undefined;
  readonly stored: Stored | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string = ERRORS[code].message,
    details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.field = details.field;
    this.reason = details.reason;
    this.until = details.until;
    this.stored = details.stored;
    this.retryAfter = details.retryAfter ?? (ERRORS[code].retryable ? DEFAULT_RETRY_AFTER_SECONDS : undefined);
  }
}

export const badInput = (field: string, message: string): DomainError => new DomainError('BAD_USER_INPUT', message, { field });

export const unauthenticated = (reason: UnauthenticatedReason, message?: string): DomainError =>
  new DomainError('UNAUTHENTICATED', message, { reason });

export const unavailable = (message: string, retryAfter: number = DEFAULT_RETRY_AFTER_SECONDS, cause?: unknown): DomainError =>
  new DomainError('UNAVAILABLE', message, { retryAfter, cause });

export const isUnavailable = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code === 'UNAVAILABLE';

/** @returns the error; UNAVAILABLE says what is known of the message, unless it does already */
export function withStored(error: unknown, stored: Stored): unknown {
  if (!(error instanceof DomainError) || error.code !== 'UNAVAILABLE' || error.stored !== undefined) return error;
  const { message, retryAfter, cause } = error;
  return new DomainError('UNAVAILABLE', message, { ...(retryAfter !== undefined && { retryAfter }), stored, cause });
}
