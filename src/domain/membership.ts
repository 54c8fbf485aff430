export type RoomRole = 'HOST' | 'MEMBER';

/** The relation of an account to a room. */
export interface Membership {
  readonly room: string;
  readonly userId: string;
  readonly role: RoomRole;
  /** Start of the membership, milliseconds since 1970. */
  readonly since: number;
  /** Id of the claim of an invitation that it began with. */
  readonly claim?: string;
}

/** An account that a host removed from a room. It cannot join again until a host names it. */
export type Removal = Pick<Membership, 'room' | 'userId' | 'since'>;

/** A use of an invitation by an account whose membership may not be stored yet. */
export interface InviteClaim {
  readonly id: string;
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
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
  /** Uses that are no longer in `usesLeft`, but may not have led to a membership yet. Absent without any. */
  readonly claims?: readonly InviteClaim[];
}

export const claimOf = ({ claims = [] }: Invite, userId: string): InviteClaim | undefined =>
  claims.find((claim) => claim.userId === userId);
