import type { Membership, Removal, RoomRole } from '../../domain/membership';
import type { MembershipStore } from '../../ports/membership-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

export interface MembershipRecord {
  readonly role: RoomRole;
  readonly since: number;
  /** Id of the claim of an invitation that it began with. */
  readonly claim?: string;
  /** Removed by a host. The record is then in none of the key sets. */
  readonly barred?: true;
}

export interface LmdbMembershipStoreOptions {
  readonly env: Environment;
  /** By room and user. */
  readonly memberships: Table<MembershipRecord, [string, string]>;
  /** Room, since and user. */
  readonly byRoom: KeySet<[string, number, string]>;
  /** User, since and room. */
  readonly byUser: KeySet<[string, number, string]>;
  /** Room and user. */
  readonly hosts: KeySet<[string, string]>;
}

export class LmdbMembershipStore implements MembershipStore {
  constructor(private readonly options: LmdbMembershipStoreOptions) {}

  found(room: string, userId: string, since: number): Promise<boolean> {
    return this.options.env.write(() => {
      if (this.hostCount(room) > 0) return false;
      this.put({ since, ...this.current(room, userId), room, userId, role: 'HOST' });
      return true;
    });
  }

  join(membership: Membership): Promise<'joined' | 'present' | 'barred'> {
    const { env, memberships } = this.options;
    return env.write(() => {
      const known = memberships.get([membership.room, membership.userId]);
      if (known) return known.barred ? 'barred' : 'present';
      this.put(membership);
      return 'joined';
    });
  }

  find(room: string, userId: string): Promise<Membership | undefined> {
    return this.options.env.read(() => this.current(room, userId));
  }

  since(room: string, userId: string): Promise<number | undefined> {
    return this.options.env.read(() => this.options.memberships.get([room, userId])?.since);
  }

  setRole(room: string, userId: string, role: RoomRole, since: number): Promise<Membership | 'last-host' | undefined> {
    const { env, memberships } = this.options;
    return env.write(() => {
      const known = memberships.get([room, userId]);
      if (!known) return undefined;
      if (role === 'MEMBER' && this.isLastHost(room, userId)) return 'last-host';
      const membership = { since, ...this.current(room, userId), room, userId, role };
      this.put(membership);
      return membership;
    });
  }

  end(room: string, userId: string, barred: boolean): Promise<'ended' | 'last-host' | 'absent'> {
    const { env, memberships } = this.options;
    return env.write(() => {
      const current = this.current(room, userId);
      if (!current) return 'absent';
      if (this.isLastHost(room, userId)) return 'last-host';
      this.remove(current);
      if (barred) memberships.put([room, userId], { role: 'MEMBER', since: current.since, barred });
      return 'ended';
    });
  }

  ofRoom(room: string, after: Pick<Membership, 'userId' | 'since'> | undefined, limit: number): Promise<readonly Membership[]> {
    const { env, byRoom } = this.options;
    const start: [string, number, string] = after ? [room, after.since, `${after.userId}\0`] : [room, 0, ''];
    return env.read(() =>
      byRoom.keys({ start, end: [room, Infinity, ''], limit }).flatMap(([, , userId]) => this.current(room, userId) ?? []),
    );
  }

  removedFrom(room: string): Promise<readonly Removal[]> {
    const { env, memberships } = this.options;
    return env.read(() =>
      [...memberships.entries({ start: [room, ''], end: [room, '\uffff'] })].flatMap(({ key: [, userId], value }) =>
        value.barred ? [{ room, userId, since: value.since }] : [],
      ),
    );
  }

  ofUser(userId: string): Promise<readonly Membership[]> {
    const { env, byUser } = this.options;
    return env.read(() =>
      byUser
        .keys({ start: [userId, 0, ''], end: [userId, Infinity, ''] })
        .reverse()
        .flatMap(([, , room]) => this.current(room, userId) ?? []),
    );
  }

  removeRoom(room: string): Promise<void> {
    const { env, memberships } = this.options;
    return env.write(() => {
      for (const { key, value } of memberships.entries({ start: [room, ''], end: [room, '\uffff'] })) {
        this.remove({ room, userId: key[1], ...value });
      }
    });
  }

  private current(room: string, userId: string): Membership | undefined {
    const record = this.options.memberships.get([room, userId]);
    if (!record || record.barred) return undefined;
    const { role, since, claim } = record;
    return { room, userId, role, since, ...(claim !== undefined && { claim }) };
  }

  private hostCount(room: string): number {
    return this.options.hosts.keys({ start: [room, ''], end: [room, '\uffff'], limit: 2 }).length;
  }

  private isLastHost(room: string, userId: string): boolean {
    return this.options.hosts.has([room, userId]) && this.hostCount(room) === 1;
  }

  private put({ room, userId, ...record }: Membership): void {
    const { memberships, byRoom, byUser, hosts } = this.options;
    const { role, since } = record;
    memberships.put([room, userId], record);
    byRoom.add([room, since, userId]);
    byUser.add([userId, since, room]);
    if (role === 'HOST') hosts.add([room, userId]);
    else hosts.remove([room, userId]);
  }

  private remove({ room, userId, since }: Membership): void {
    const { memberships, byRoom, byUser, hosts } = this.options;
    memberships.remove([room, userId]);
    byRoom.remove([room, since, userId]);
    byUser.remove([userId, since, room]);
    hosts.remove([room, userId]);
  }
}
