import type { Presence } from '../../ports/presence';

/** Presence of an installation that is one process: counts joins per member, and dies with its sockets. */
export class InProcessPresence implements Presence {
  private readonly rooms = new Map<string, Map<string, number>>();

  join(room: string, memberId: string): Promise<boolean> {
    const members = this.rooms.get(room) ?? new Map<string, number>();
    this.rooms.set(room, members);
    const joins = members.get(memberId) ?? 0;
    members.set(memberId, joins + 1);
    return Promise.resolve(joins === 0);
  }

  leave(room: string, memberId: string): Promise<boolean> {
    const members = this.rooms.get(room);
    const joins = members?.get(memberId);
    if (!members || joins === undefined) return Promise.resolve(false);
    if (joins > 1) {
      members.set(memberId, joins - 1);
      return Promise.resolve(false);
    }
    members.delete(memberId);
    if (members.size === 0) this.rooms.delete(room);
    return Promise.resolve(true);
  }

  online(room: string): Promise<number> {
    return Promise.resolve(this.rooms.get(room)?.size ?? 0);
  }
}
