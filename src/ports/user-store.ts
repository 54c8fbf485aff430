import type { User } from '../domain/user';

/** A user with what only accounts/ may see. */
export interface UserRecord extends User {
  /** Folded forms, unique each: domain/user `usernameKey` and `emailKey`. */
  readonly usernameKey: string;
  readonly emailKey: string | null;
  readonly passwordHash: string;
}

/** A username that somebody has, or that a deleted account had. */
export interface NameEntry {
  readonly id: string;
  readonly usernameKey: string;
  /** Undefined for a deleted account. */
  readonly user: UserRecord | undefined;
}

export type CreateUser = 'created' | 'username-taken' | 'email-taken';

/** @throws DomainError UNAVAILABLE from any method while the store cannot be reached */
export interface UserStore {
  /** Atomic: of two users with one key, one is created. Resolves when durable. A taken username wins over a taken e-mail. */
  create(user: UserRecord): Promise<CreateUser>;
  byId(id: string): Promise<UserRecord | undefined>;
  byUsernameKey(key: string): Promise<UserRecord | undefined>;
  byEmailKey(key: string): Promise<UserRecord | undefined>;
  /** Whether somebody has the name or had it: the name of a deleted account stays reserved. */
  isUsernameTaken(key: string): Promise<boolean>;
  /** @returns false if there is no such user */
  setPasswordHash(id: string, passwordHash: string): Promise<boolean>;
  /**
   * Forgets all of the user but id and username key: nobody finds them any more, the name stays taken, the e-mail becomes free.
   * Durable when resolved. @returns false if there is no such user
   */
  remove(id: string): Promise<boolean>;
  /** All names, taken and reserved, in one order of their keys that is the adapter's own: those after `afterKey`, at most `limit`. */
  names(afterKey: string, limit: number): Promise<readonly NameEntry[]>;
}
