import { badInput, DomainError } from '../domain/errors';
import type { Membership, RoomRole } from '../domain/membership';
import { parsePageSize } from '../domain/page';
import type { Room } from '../domain/room';
import { usernameKey, type Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { InviteStore } from '../ports/invite-store';
import type { MembershipStore } from '../ports/membership-store';
import type { UserStore } from '../ports/user-store';
import type { Access } from './access';
import type { Memberships } from './memberships';
import type { Rooms } from './rooms';

export interface RoomMembersDeps {
  readonly store: MembershipStore;
  readonly memberships: Memberships;
  readonly invites: Pick<InviteStore, 'revokeAll'>;
  readonly rooms: Pick<Rooms, 'find'>;
  readonly users: Pick<UserStore, 'byId' | 'byUsernameKey'>;
  readonly access: Access;
  readonly isAdmin: (username: string) => boolean;
  readonly clock: Clock;
  /** The date of a time, as YYYY-MM-DD. */
  readonly dayOf: (ms: number) => string;
}

export interface MemberView {
  readonly username: string;
  readonly role: RoomRole;
  /** Milliseconds since 1970; in an anonymous room only the day. */
  readonly since: number;
}

export interface MemberPage {
  readonly edges: readonly { readonly cursor: string; readonly member: MemberView }[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Rooms of one account that are listed. */
export const MAX_ROOMS_OF_USER = 1_000;

const lastHost = (): DomainError => new DomainError('CONFLICT', 'A room needs a host. Make another member a host first.');
const noSuchMember = (): DomainError =>
  new DomainError('NOT_FOUND', 'There is no such member in this room.', { field: 'username' });

/** Members of rooms and their roles. */
export class RoomMembers {
  constructor(private readonly deps: RoomMembersDeps) {}

  /** Rooms in which the viewer is host or member, newest membership first. @throws DomainError UNAVAILABLE */
  async roomsOf({ userId }: Viewer): Promise<readonly Room[]> {
    const memberships = (await this.deps.store.ofUser(userId)).slice(0, MAX_ROOMS_OF_USER);
    const rooms = await Promise.all(memberships.map(({ room }) => this.deps.rooms.find(room)));
    return rooms.filter((room) => room !== undefined);
  }

  /** For hosts. A cursor is the room and the name of a member in base64url. @throws DomainError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, UNAVAILABLE */
  async page(viewer: Viewer, roomId: string, first: number, after?: string | null): Promise<MemberPage> {
    const { access, store, users } = this.deps;
    const room = await access.requireHost(viewer, roomId);
    const size = parsePageSize(first, 'first');
    const found = await store.ofRoom(room.id, after == null ? undefined : await this.positionOf(room.id, after), size + 1);
    const named = await Promise.all(
      found.slice(0, size).map(async (membership) => ({ membership, user: await users.byId(membership.userId) })),
    );
    // An account that is being deleted has no name any more.
    const edges = named.flatMap(({ membership, user }) =>
      user ? [{ cursor: encode(room.id, user.username), member: this.view(room, membership, user.username) }] : [],
    );
    return { edges, hasNextPage: found.length > size, endCursor: edges.at(-1)?.cursor ?? null };
  }

  /** @returns false if the viewer was no member @throws DomainError NOT_FOUND, CONFLICT (last host), UNAVAILABLE */
  async leave(viewer: Viewer, roomId: string): Promise<boolean> {
    const room = await this.deps.access.requireReader(viewer, roomId);
    return this.end(room.id, viewer.userId, false);
  }

  /**
   * For hosts. Ends the membership, keeps the account from joining again and revokes all invitations of the room.
   * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT (last host), UNAVAILABLE
   */
  async remove(viewer: Viewer, roomId: string, username: string): Promise<void> {
    const room = await this.deps.access.requireHost(viewer, roomId);
    const user = await this.deps.users.byUsernameKey(usernameKey(username));
    if (!user) throw noSuchMember();
    // An interrupted removal is completed by repeating it.
    const isRemoved = (await this.end(room.id, user.id, true)) || (await this.deps.store.since(room.id, user.id)) !== undefined;
    if (!isRemoved) throw noSuchMember();
    await this.deps.invites.revokeAll(room.id);
  }

  /**
   * For hosts: changes the role of a member, or lets a removed account in again. For administrators: names the host of a room that
   * has none and is not private.
   * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT (last host, a guest as host), UNAVAILABLE
   */
  async setRole(viewer: Viewer, roomId: string, username: string, role: RoomRole): Promise<MemberView> {
    const { access, store, memberships, users, isAdmin, clock } = this.deps;
    const room = await access.requireReader(viewer, roomId);
    const mayFound = role === 'HOST' && room.settings.visibility !== 'PRIVATE' && isAdmin(viewer.username);
    const isHost = (await access.roleOf(viewer, room.id)) === 'HOST';
    if (!isHost && !mayFound) await access.requireHost(viewer, room.id);
    const user = await users.byUsernameKey(usernameKey(username));
    if (!user) throw noSuchMember();
    if (role === 'HOST' && user.passwordHash === null) throw new DomainError('CONFLICT', 'A guest cannot be a host.');
    if (!isHost && !(await store.found(room.id, user.id, clock.now()))) {
      throw new DomainError('FORBIDDEN', 'Only hosts of the room may do this.');
    }
    const changed = await store.setRole(room.id, user.id, role, clock.now());
    if (changed === 'last-host') throw lastHost();
    if (!changed) throw noSuchMember();
    memberships.changed(room.id, user.id);
    return this.view(room, changed, user.username);
  }

  private async end(room: string, userId: string, barred: boolean): Promise<boolean> {
    const outcome = await this.deps.store.end(room, userId, barred);
    if (outcome === 'last-host') throw lastHost();
    if (outcome === 'ended') this.deps.memberships.changed(room, userId);
    return outcome === 'ended';
  }

  private view({ anonymous }: Room, { role, since }: Membership, username: string): MemberView {
    return { username, role, since: anonymous ? Date.parse(`${this.deps.dayOf(since)}T00:00:00.000Z`) : since };
  }

  private async positionOf(room: string, cursor: string): Promise<Pick<Membership, 'userId' | 'since'>> {
    const [, name = ''] = /^m1\.[a-z0-9-]+\.(.+)$/u.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
    const user = encode(room, name) === cursor ? await this.deps.users.byUsernameKey(usernameKey(name)) : undefined;
    const since = user && (await this.deps.store.since(room, user.id));
    if (!user || since === undefined) throw badInput('after', 'after is not a cursor of this list. Load it again.');
    return { userId: user.id, since };
  }
}

const encode = (room: string, username: string): string => Buffer.from(`m1.${room}.${username}`).toString('base64url');
