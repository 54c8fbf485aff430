import { hash, randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock';
import type { PasswordResetStore } from '../ports/password-reset-store';

/** Time for which a link is good. */
const LINK_MS = 3_600_000;
const TOKEN_BYTES = 32;

/** A link that sets a new password once. */
export interface ResetLink {
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The store gets only this hash, so that whoever reads the store cannot use the token. */
export const hashOfToken = (token: string): string => hash('sha256', token, 'base64url');

/**
 * @param pageUrl address of the page, without a path
 * @throws DomainError UNAVAILABLE
 */
export async function makeResetLink(
  { resets, clock }: { readonly resets: Pick<PasswordResetStore, 'addToken'>; readonly clock: Clock },
  userId: string,
  pageUrl: string,
): Promise<ResetLink> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const now = clock.now();
  const expiresAt = now + LINK_MS;
  await resets.addToken({ hash: hashOfToken(token), userId, expiresAt }, now);
  return { url: `${pageUrl}/reset?token=${token}`, expiresAt };
}
