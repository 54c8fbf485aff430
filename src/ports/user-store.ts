import type { User } from '../domain/user';

/** A user with the fields that only accounts/ may see. */
export interface UserRecord extends User {
  /** Unique. See domain/user `usernameKey` and `emailKey`. */
  readonly usernameKey: string;
  readonly emailKey: string | null;
  readonly passwordHash: string;
}

/** A username in use, or the reserved username of a deleted account. */
export interface NameEntry {
  readonly id: string;
  readonly usernameKey: string;
  /** Undefined for a deleted account. */
  readonly user: UserRecord | undefined;
}

export type CreateUser = 'created' | 'username-taken' | 'email-taken';

/** @throws DomainError UNAVAILABLE from any method while the store is unreachable */
export interface UserStore {
  /** Atomic and durable when resolved: of two users with one key, one is created. 'username-taken' takes precedence. */
  create(user: UserRecord): Promise<CreateUser>;
  byId(id: string): Promise<UserRecord | undefined>;
  byUsernameKey(key: string): Promise<UserRecord | undefined>;
  byEmailKey(key: string): Promise<UserRecord | undefined>;
  /** Whether the name is in use or reserved by a deleted account. */
  isUsernameTaken(key: string): Promise<boolean>;
  /** @returns false if there is no such user */
  setPasswordHash(id: string, passwordHash: string): Promise<boolean>;
  /**
   * Deletes everything about the user except id and username key: the name stays reserved and the e-mail address becomes free.
   * Durable when resolved. @returns false if there is no such user
   */
  remove(id: string): Promise<boolean>;
  /** Names in use and reserved names after `afterKey`, at most `limit`, in a stable order of keys that the adapter chooses. */
  names(afterKey: string, limit: number): Promise<readonly NameEntry[]>;
}
