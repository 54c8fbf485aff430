import type { Membership, RoomRole } from '../domain/membership';

/**
 * Hosts and members of rooms. All changes are atomic, and durable when resolved.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface MembershipStore {
  /**
   * Adds a member unless the account is one already, whatever its role, or was removed by a host.
   * @returns 'barred' for a removed account
   */
  join(membership: Membership): Promise<'joined' | 'present' | 'barred'>;
  /** @returns the membership; 'barred' for a removed account; undefined for any other account */
  find(room: string, userId: string): Promise<Membership | 'barred' | undefined>;
  /**
   * Changes the role of a member, or lets a removed account in again.
   * @param since of a membership that begins anew, milliseconds since 1970
   * @returns 'last-host' if the room would have no host; undefined for an account that is neither member nor barred
   */
  setRole(room: string, userId: string, role: RoomRole, since: number): Promise<Membership | 'last-host' | undefined>;
  /**
   * Ends a membership.
   * @param barred whether the account cannot join again until `setRole` names it
   * @returns 'last-host' if the room would have no host; 'absent' if there is no membership
   */
  end(room: string, userId: string, barred: boolean): Promise<'ended' | 'last-host' | 'absent'>;
  /** Longest membership first. @param after user id of a member: only later ones @param limit at most this many */
  ofRoom(room: string, after: string | undefined, limit: number): Promise<readonly Membership[]>;
  /** Newest membership first. */
  ofUser(userId: string): Promise<readonly Membership[]>;
  /** Forgets all members and removed accounts of the room. */
  removeRoom(room: string): Promise<void>;
}
