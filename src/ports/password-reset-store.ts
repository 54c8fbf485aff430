import type { Locale } from '../domain/locale';

/** Allows setting a new password once. The store never holds the token itself. */
export interface ResetToken {
  /** SHA-256 of the token. */
  readonly hash: string;
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A mail with a reset link that is to be sent. Neither address nor token: both are looked up or made when it is sent. */
export interface ResetRequest {
  readonly userId: string;
  readonly locale: Locale;
  /** Milliseconds since 1970. */
  readonly requestedAt: number;
  /** Time of the next attempt. */
  readonly dueAt: number;
  /** Attempts that failed. */
  readonly failures: number;
}

/** Tokens that one account can have. A new one replaces the oldest. */
export const MAX_TOKENS = 10;

/**
 * Tokens of password resets, and the queue of mails with them. All changes are durable when resolved.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface PasswordResetStore {
  /** Keeps the newest MAX_TOKENS of the account. Tokens of all accounts are removed by a call some time after they have expired. */
  addToken(token: ResetToken, now: number): Promise<void>;
  /** @returns id of the account if the token is known and has not expired */
  findToken(hash: string, now: number): Promise<string | undefined>;
  /**
   * Removes all tokens of the account that the token belongs to. Atomic: of concurrent calls with tokens of one account, one succeeds.
   * @returns id of the account; undefined if the token is unknown or has expired, and nothing was removed
   */
  useToken(hash: string, now: number): Promise<string | undefined>;

  /**
   * Adds a request. It replaces an earlier one of the account.
   * @param limit requests that may wait; concurrent calls can exceed it by their number
   * @returns false if the queue is full, also for an account that is in it
   */
  enqueue(request: ResetRequest, limit: number): Promise<boolean>;
  /** Requests with a dueAt of at most `now`, the earliest first. */
  due(now: number, limit: number): Promise<readonly ResetRequest[]>;
  /** Replaces the request by `next`, or removes it. Changes nothing if a later request has replaced it. */
  settle(request: ResetRequest, next?: ResetRequest): Promise<void>;
}
