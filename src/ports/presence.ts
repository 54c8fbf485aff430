/** Counts the members of rooms. A member is a session or an anonymous socket; a member that joins twice counts once. */
export interface Presence {
  /** @returns true if the member was not in the room before */
  join(room: string, memberId: string): Promise<boolean>;
  /** Undoes one join. @returns true if the member is no longer in the room */
  leave(room: string, memberId: string): Promise<boolean>;
  /** Members in the room over all processes. Members of a process that died are dropped within a minute. */
  online(room: string): Promise<number>;
}
