/** One log-in: lives through its refreshes until it is ended or expires. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  /** Grows by one with each refresh; the refresh token names the generation it was made for. */
  readonly generation: number;
  /** Milliseconds since 1970 after which it can no longer be refreshed. */
  readonly expiresAt: number;
  /** Set once, when the log-in was ended. */
  readonly endedAt: number | null;
}

export type Rotation =
  | { readonly outcome: 'rotated'; readonly session: Session }
  /** The generation was used before: the session has been ended by this call, if it was not ended already. */
  | { readonly outcome: 'reused'; readonly session: Session }
  /** Ended, expired or unknown. */
  | { readonly outcome: 'invalid' };

/** The truth about which log-ins are over. @throws DomainError UNAVAILABLE while the store cannot be reached */
export interface SessionStore {
  create(session: Session): Promise<void>;
  byId(id: string): Promise<Session | undefined>;
  /** Atomic: of two rotations of one generation, one wins and the other is a reuse. Durable when resolved. */
  rotate(id: string, generation: number, now: number, expiresAt: number): Promise<Rotation>;
  /** @returns false if it was over already or never was */
  end(id: string, now: number): Promise<boolean>;
  /** Ends all sessions of a user that are not over, but `except`. @returns their ids */
  endAll(userId: string, now: number, except?: string): Promise<readonly string[]>;
  /** Sessions of a user that are not over, oldest first. */
  activeSessions(userId: string, now: number): Promise<readonly Session[]>;
  /** Ids of sessions with endedAt >= `since`. */
  endedSince(since: number): Promise<readonly string[]>;
}
