/** How often each member has joined each room. */
export class JoinCounts {
  private readonly rooms = new Map<string, Map<string, number>>();

  /** @returns true if it is the member's first join */
  add(room: string, member: string): boolean {
    const members = this.rooms.get(room) ?? new Map<string, number>();
    this.rooms.set(room, members);
    const joins = members.get(member) ?? 0;
    members.set(member, joins + 1);
    return joins === 0;
  }

  /** Undoes one join; the room stays, even without members. @returns true if it was the member's last join */
  remove(room: string, member: string): boolean {
    const members = this.rooms.get(room);
    const joins = members?.get(member) ?? 0;
    if (joins > 1) members?.set(member, joins - 1);
    return joins === 1 && members?.delete(member) === true;
  }

  /** Removes the room if it has no members. */
  dropIfEmpty(room: string): void {
    if (this.members(room).length === 0) this.rooms.delete(room);
  }

  /** Removes all members; the rooms stay. */
  clear(): void {
    for (const members of this.rooms.values()) members.clear();
  }

  roomNames(): string[] {
    return [...this.rooms.keys()];
  }

  members(room: string): string[] {
    return [...(this.rooms.get(room)?.keys() ?? [])];
  }

  size(room: string): number {
    return this.rooms.get(room)?.size ?? 0;
  }
}
