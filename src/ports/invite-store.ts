import type { Invite, InviteClaim } from '../domain/membership';

/**
 * Open invitations. All changes are atomic, and durable when resolved.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface InviteStore {
  /** @returns false if the code is taken */
  add(invite: Invite): Promise<boolean>;
  /** Also one that is used up. @returns undefined for a code that is unknown, revoked or expired at `now`: the three are not told apart */
  find(code: string, now: number): Promise<Invite | undefined>;
  /**
   * Takes a use for the account, before its membership is stored: of all accounts together no more than `usesLeft` said at first. An
   * account that has a claim keeps it. Without a limit nothing is taken and stored.
   * @param claim made at the present time
   * @returns the claim of the account, undefined if it gets none
   */
  claim(code: string, claim: InviteClaim): Promise<InviteClaim | undefined>;
  /** Ends a claim, if there is such a one. @param used false gives the use back */
  settle(code: string, claimId: string, used: boolean): Promise<void>;
  /** Not expired at `now`, and not used up unless there are claims; newest first. */
  ofRoom(room: string, now: number): Promise<readonly Invite[]>;
  /** @returns whether there was such an invitation */
  revoke(code: string): Promise<boolean>;
  revokeAll(room: string): Promise<void>;
}
