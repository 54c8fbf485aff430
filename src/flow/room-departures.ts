import { MAIN_ROOM } from '../domain/room-title';
import type { Bus } from '../ports/bus';
import type { Clock } from '../ports/clock';
import type { MembershipStore } from '../ports/membership-store';
import type { ModerationStore } from '../ports/moderation-store';
import type { RoomStore } from '../ports/room-store';
import type { UserStore } from '../ports/user-store';

export interface RoomDeparturesDeps {
  readonly memberships: MembershipStore;
  readonly rooms: Pick<RoomStore, 'byId' | 'update'>;
  readonly users: Pick<UserStore, 'byId'>;
  readonly moderation: Pick<ModerationStore, 'beginErasure'>;
  readonly bus: Pick<Bus, 'publish'>;
  readonly clock: Clock;
}

const PAGE = 100;

/**
 * Ends the memberships of an account that is deleted. A room whose last host it was passes to the longest member with a password.
 * Without one it is archived, and a PRIVATE one is deleted. Every step is idempotent.
 */
export class RoomDepartures {
  constructor(private readonly deps: RoomDeparturesDeps) {}

  /** @throws DomainError UNAVAILABLE; repeating the call completes it */
  async leaveAll(userId: string): Promise<void> {
    for (const { room } of await this.deps.memberships.ofUser(userId)) await this.leave(room, userId);
  }

  private async leave(room: string, userId: string): Promise<void> {
    const { memberships, clock } = this.deps;
    // The successor may leave before it is the only host.
    while ((await memberships.end(room, userId, false)) === 'last-host') {
      const successor = await this.successorOf(room, userId);
      if (successor === undefined) return this.close(room, userId);
      await memberships.setRole(room, successor, 'HOST', clock.now());
      this.changed(room, successor);
    }
    this.changed(room, userId);
  }

  /** @returns id of the longest member that has a password */
  private async successorOf(room: string, userId: string): Promise<string | undefined> {
    const { memberships, users } = this.deps;
    for (let last; ;) {
      const page = await memberships.ofRoom(room, last, PAGE);
      for (const member of page) {
        if (member.userId !== userId && (await users.byId(member.userId))?.passwordHash != null) return member.userId;
      }
      last = page.at(-1);
      if (!last) return undefined;
    }
  }

  private async close(id: string, actorId: string): Promise<void> {
    const { memberships, rooms, moderation, bus, clock } = this.deps;
    const room = await rooms.byId(id);
    if (room?.settings.visibility === 'PRIVATE') {
      await moderation.beginErasure({ kind: 'room', id: `room.${id}`, at: clock.now(), actorId, actor: '', room: id });
    } else if (room && id !== MAIN_ROOM) {
      await rooms.update(id, { archived: true });
      bus.publish({ type: 'room-changed', room: id });
    }
    // Last, because an interrupted departure is found again by the membership.
    await memberships.removeRoom(id);
    this.changed(id, actorId);
  }

  private changed(room: string, userId: string): void {
    this.deps.bus.publish({ type: 'membership-changed', room, userId });
  }
}
