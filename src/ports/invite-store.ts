import type { Invite } from '../domain/membership';

/**
 * Open invitations. All changes are atomic, and durable when resolved.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface InviteStore {
  /** @returns false if the code is taken */
  add(invite: Invite): Promise<boolean>;
  /** @returns undefined for a code that is unknown, used up, revoked or expired at `now`: the four are not told apart */
  find(code: string, now: number): Promise<Invite | undefined>;
  /** Uses the invitation once, never more often than its `usesLeft` said at first. @returns undefined as `find` */
  use(code: string, now: number): Promise<Invite | undefined>;
  /** Gives one use back, for an account that was a member already. */
  giveBack(code: string): Promise<void>;
  /** Open at `now`, newest first. */
  ofRoom(room: string, now: number): Promise<readonly Invite[]>;
  /** @returns whether there was such an invitation */
  revoke(code: string): Promise<boolean>;
  revokeAll(room: string): Promise<void>;
}
