export type RoomRole = 'HOST' | 'MEMBER';

/** The relation of an account to a room. */
export interface Membership {
  readonly room: string;
  readonly userId: string;
  readonly role: RoomRole;
  /** Start of the membership, milliseconds since 1970. */
  readonly since: number;
}

/** An invitation to a room. */
export interface Invite {
  /** 8 characters without look-alikes, in capitals. */
  readonly code: string;
  readonly room: string;
  readonly createdBy: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** How many accounts may still join with it; undefined: any number. */
  readonly usesLeft?: number;
}
