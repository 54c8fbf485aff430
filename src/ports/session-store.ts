/** One login of one user. Refreshes prolong it until it is revoked or expires. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  /** Increases by one with each refresh. A refresh token names the generation it was issued for. */
  readonly generation: number;
  /** Milliseconds since 1970. The session cannot be refreshed after that. */
  readonly expiresAt: number;
  /** When the session was revoked, in milliseconds since 1970. Set once. */
  readonly endedAt: number | null;
}

export type Rotation =
  | { readonly outcome: 'rotated'; readonly session: Session }
  /** The generation was used before. This call has revoked the session unless it was revoked already. */
  | { readonly outcome: 'reused'; readonly session: Session }
  /** The session is revoked, expired or unknown. */
  | { readonly outcome: 'invalid' };

/**
 * The source of truth about sessions. All changes are durable when resolved.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface SessionStore {
  create(session: Session): Promise<void>;
  byId(id: string): Promise<Session | undefined>;
  /** Atomic: of two rotations of one generation, one is 'rotated' and the other 'reused'. */
  rotate(id: string, generation: number, now: number, expiresAt: number): Promise<Rotation>;
  /** Revokes a session. @returns false if it was already revoked or does not exist */
  end(id: string, now: number): Promise<boolean>;
  /** Revokes all active sessions of a user except the one with the id `except`. @returns their ids */
  endAll(userId: string, now: number, except?: string): Promise<readonly string[]>;
  /** Sessions of a user that are neither revoked nor expired, oldest first. */
  activeSessions(userId: string, now: number): Promise<readonly Session[]>;
  /** Ids of sessions with an endedAt of at least `since`. */
  endedSince(since: number): Promise<readonly string[]>;
}
