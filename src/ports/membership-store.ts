import type { Membership, Removal, RoomRole } from '../domain/membership';

/**
 * Hosts and members of rooms. All changes are atomic, and durable when resolved.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface MembershipStore {
  /**
   * Makes the account host of a room that has none, also if it was no member or removed. In a room with a host it changes nothing.
   * @param since of a membership that begins, milliseconds since 1970
   * @returns whether the room had no host
   */
  found(room: string, userId: string, since: number): Promise<boolean>;
  /**
   * Adds a member unless the account is one already, whatever its role, or was removed by a host.
   * @returns 'barred' for a removed account
   */
  join(membership: Membership): Promise<'joined' | 'present' | 'barred'>;
  /** @returns undefined for an account that is no member, also for a removed one */
  find(room: string, userId: string): Promise<Membership | undefined>;
  /** Start of the membership of a member or removed account, milliseconds since 1970; undefined for any other account. */
  since(room: string, userId: string): Promise<number | undefined>;
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
  /** Longest membership first. @param after only memberships that began later, or then with a greater user id @param limit at most this many */
  ofRoom(room: string, after: Pick<Membership, 'userId' | 'since'> | undefined, limit: number): Promise<readonly Membership[]>;
  /** Accounts that hosts removed from the room, by user id. */
  removedFrom(room: string): Promise<readonly Removal[]>;
  /** Newest membership first. */
  ofUser(userId: string): Promise<readonly Membership[]>;
  /** Forgets all members and removed accounts of the room. */
  removeRoom(room: string): Promise<void>;
}
