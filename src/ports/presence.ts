/** Who is in a room. Members are log-ins or anonymous sockets; a member that joins twice is still one. */
export interface Presence {
  /** @returns true if the member was not there before */
  join(room: string, memberId: string): Promise<boolean>;
  /** Undoes one join. @returns true if the member is gone now */
  leave(room: string, memberId: string): Promise<boolean>;
  /** Members in the room over all processes; those of a process that died stop counting within a minute. */
  online(room: string): Promise<number>;
}
