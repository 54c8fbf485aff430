import { randomInt, randomUUID } from 'node:crypto';
import { badInput, DomainError } from '../domain/errors';
import { claimOf, type Invite, type InviteClaim } from '../domain/membership';
import { parseCode, randomCode } from '../domain/nicknames';
import type { Room } from '../domain/room';
import type { Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { InviteStore } from '../ports/invite-store';
import type { MembershipStore } from '../ports/membership-store';
import type { Rate, RateLimiter } from '../ports/rate-limiter';
import type { Access } from './access';
import type { Memberships } from './memberships';
import type { Rooms } from './rooms';

export interface InvitationsDeps {
  readonly invites: InviteStore;
  readonly store: MembershipStore;
  readonly memberships: Memberships;
  readonly rooms: Pick<Rooms, 'find'>;
  readonly access: Pick<Access, 'requireHost' | 'readable'>;
  readonly limiter: RateLimiter;
  /** Codes that are not good, of one address. */
  readonly wrongPerAddress: Rate;
  readonly clock: Clock;
}

const HOUR_MS = 3_600_000;
const MAX_HOURS = 8_760;
const MAX_USES = 100_000;
/** Open invitations of one room. */
export const MAX_INVITES = 100;
/** Codes that are not good, of all addresses together. Of 8.5 × 10^11 codes, this finds one of a thousand open ones in 4,000 years. */
const WRONG: Rate = { name: 'wrong-invites', points: 20_000, seconds: 3_600 };
const ALL = 'all';
/** A claim that is older belongs to a join that was interrupted: a store answers, or fails, much sooner. */
const CLAIM_MS = 30_000;
/** Random codes that are tried for one invitation. */
const CODE_TRIES = 5;

const noSuchInvite = (): DomainError => new DomainError('NOT_FOUND', 'There is no such invitation.', { field: 'code' });

/** Invitations to rooms, and joining with them. Codes are neither logged nor shown in metrics. */
export class Invitations {
  constructor(private readonly deps: InvitationsDeps) {}

  /** @throws DomainError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, CONFLICT (too many), UNAVAILABLE */
  async create(viewer: Viewer, roomId: string, expiresInHours: number, maxUses?: number | null): Promise<Invite> {
    const { access, invites, clock } = this.deps;
    const { id: room } = await access.requireHost(viewer, roomId);
    requireRange('expiresInHours', expiresInHours, MAX_HOURS);
    if (maxUses != null) requireRange('maxUses', maxUses, MAX_USES);
    const now = clock.now();
    if ((await invites.ofRoom(room, now)).length >= MAX_INVITES) {
      throw new DomainError('CONFLICT', `This room has ${MAX_INVITES} open invitations. Revoke one first.`);
    }
    for (let tries = 0; tries < CODE_TRIES; tries++) {
      const invite: Invite = {
        ...{ code: randomCode(randomInt), room, createdBy: viewer.userId, createdAt: now },
        expiresAt: now + expiresInHours * HOUR_MS,
        ...(maxUses != null && { usesLeft: maxUses }),
      };
      if (await invites.add(invite)) return invite;
    }
    throw new DomainError('UNAVAILABLE', 'No free code was found. Please try again.');
  }

  /** Open ones, newest first. @throws DomainError NOT_FOUND, FORBIDDEN, UNAVAILABLE */
  async ofRoom(viewer: Viewer, roomId: string): Promise<readonly Invite[]> {
    const { access, invites, clock } = this.deps;
    const { id } = await access.requireHost(viewer, roomId);
    const found = await Promise.all((await invites.ofRoom(id, clock.now())).map((invite) => this.settled(invite)));
    return found.flatMap((invite) => (invite && invite.usesLeft !== 0 ? [invite] : []));
  }

  /** @throws DomainError NOT_FOUND (also for a code of a room that the viewer cannot read), FORBIDDEN, RATE_LIMITED, UNAVAILABLE */
  async revoke(viewer: Viewer, code: string, address: string): Promise<void> {
    const invite = await this.require(code, address);
    if (!(await this.deps.access.readable(viewer, invite.room))) throw noSuchInvite();
    await this.deps.access.requireHost(viewer, invite.room);
    await this.deps.invites.revoke(invite.code);
  }

  /** The room of an open invitation. @throws DomainError RATE_LIMITED, UNAVAILABLE */
  async preview(code: string, address: string): Promise<Room | undefined> {
    const invite = await this.find(code, address);
    return invite && this.deps.rooms.find(invite.room);
  }

  /** @throws DomainError NOT_FOUND, RATE_LIMITED, UNAVAILABLE */
  async requireOpen(code: string, address: string): Promise<void> {
    await this.require(code, address);
  }

  /**
   * Makes the account a member. The use of the invitation is claimed first, so that an interrupted join takes no use: repeating it
   * completes it, and without that the claim ends by itself.
   * @throws DomainError NOT_FOUND (also for a removed account), RATE_LIMITED, UNAVAILABLE
   */
  async join(userId: string, code: string, address: string): Promise<Room> {
    const { invites, store, rooms, memberships, clock } = this.deps;
    const invite = await this.require(code, address, userId);
    const room = await rooms.find(invite.room);
    if (!room) throw noSuchInvite();
    if (await memberships.roleIn(room, userId)) {
      const interrupted = claimOf(invite, userId);
      if (interrupted) await this.settle(invite, interrupted);
      return room;
    }
    const claim = await invites.claim(invite.code, { id: randomUUID(), userId, at: clock.now() });
    if (!claim) throw noSuchInvite();
    const outcome = await store.join({ room: room.id, userId, role: 'MEMBER', since: clock.now(), claim: claim.id });
    if (invite.usesLeft !== undefined) await this.settle(invite, claim);
    if (outcome === 'barred') throw noSuchInvite();
    if ((await rooms.find(room.id))?.createdAt !== room.createdAt) {
      // The room was deleted meanwhile. A later one with its id must not have this member.
      await store.end(room.id, userId, false);
      throw noSuchInvite();
    }
    memberships.changed(room.id, userId);
    return room;
  }

  private async isKnownTo(invite: Invite, userId: string | undefined): Promise<boolean> {
    if (userId === undefined) return false;
    if (claimOf(invite, userId)) return true;
    const room = await this.deps.rooms.find(invite.room);
    return room !== undefined && (await this.deps.memberships.roleIn(room, userId)) !== undefined;
  }

  /** Ends a claim. It was used if the membership of the account began with it. */
  private async settle({ code, room }: Invite, { id, userId }: InviteClaim): Promise<void> {
    const { invites, store } = this.deps;
    await invites.settle(code, id, (await store.find(room, userId))?.claim === id);
  }

  /** The invitation without claims of interrupted joins. */
  private async settled(invite: Invite): Promise<Invite | undefined> {
    const { invites, clock } = this.deps;
    const interrupted = invite.claims?.filter(({ at }) => at < clock.now() - CLAIM_MS) ?? [];
    if (interrupted.length === 0) return invite;
    for (const claim of interrupted) await this.settle(invite, claim);
    return invites.find(invite.code, clock.now());
  }

  /** @param userId of an account for which also a used-up code is good, if it joined or began to join with one */
  private async require(code: string, address: string, userId?: string): Promise<Invite> {
    const invite = await this.find(code, address, userId);
    if (!invite) throw noSuchInvite();
    return invite;
  }

  /** Counts a code that is not good. After too many of them, good ones are refused too, because an answer would tell which they are. */
  private async find(raw: string, address: string, userId?: string): Promise<Invite | undefined> {
    const { invites, limiter, wrongPerAddress, clock } = this.deps;
    await limiter.check(wrongPerAddress, address);
    await limiter.check(WRONG, ALL);
    const code = parseCode(raw);
    const known = code === undefined ? undefined : await invites.find(code, clock.now());
    const invite = known && (await this.settled(known));
    if (invite && (invite.usesLeft !== 0 || (await this.isKnownTo(invite, userId)))) return invite;
    await limiter.consume(wrongPerAddress, address);
    await limiter.consume(WRONG, ALL);
    return undefined;
  }
}

function requireRange(field: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 1 || value > max) throw badInput(field, `${field} must be 1 to ${max}.`);
}
