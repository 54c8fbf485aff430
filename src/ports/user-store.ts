import type { User } from '../domain/user';

/** A user with the fields that only accounts/ may see. */
export interface UserRecord extends Omit<User, 'isGuest'> {
  /** Unique. See domain/user `usernameKey` and `emailKey`. */
  readonly usernameKey: string;
  readonly emailKey: string | null;
  /** Null for a guest, who has no password. */
  readonly passwordHash: string | null;
}

/** What makes a guest account a full one. */
export type Claim = Pick<UserRecord, 'username' | 'usernameKey' | 'email' | 'emailKey'> & { readonly passwordHash: string };

/** A username in use, or the reserved username of a deleted account. */
export interface NameEntry {
  readonly id: string;
  readonly usernameKey: string;
  /** Undefined for a deleted account. */
  readonly user: UserRecord | undefined;
}

export type ClaimUser = 'claimed' | 'no-guest' | 'username-taken' | 'email-taken';
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
  /**
   * Turns a guest into a full account; its former username becomes free. Atomic and durable when resolved. 'no-guest' takes precedence,
   * then 'username-taken'.
   */
  claim(id: string, claim: Claim): Promise<ClaimUser>;
  /** @returns false if there is no such user, or it is a guest */
  setPasswordHash(id: string, passwordHash: string): Promise<boolean>;
  /**
   * Deletes everything about the user except id and username key: the name stays reserved and the e-mail address becomes free.
   * The name of a guest becomes free too. Durable when resolved. @returns false if there is no such user
   */
  remove(id: string): Promise<boolean>;
  /** Guests with a larger id than `afterId`, at most `limit`, in order of their ids. */
  guests(afterId: string, limit: number): Promise<readonly UserRecord[]>;
  /** Names in use and reserved names after `afterKey`, at most `limit`, in a stable order of keys that the adapter chooses. */
  names(afterKey: string, limit: number): Promise<readonly NameEntry[]>;
}
