import type { Database } from 'lmdb';
import type { CreateUser, NameEntry, UserRecord, UserStore } from '../../ports/user-store';
import { lookUp, type Environment } from './environment';

/** username, usernameKey, email, emailKey, joinedAt, passwordHash; stored under the id. */
export type UserTuple = readonly [string, string, string | null, string | null, number, string];

export interface LmdbUserStoreOptions {
  readonly env: Environment;
  readonly users: Database<UserTuple, string>;
  readonly usernames: Database<string, string>;
  readonly emails: Database<string, string>;
}

export class LmdbUserStore implements UserStore {
  constructor(private readonly options: LmdbUserStoreOptions) {}

  create(user: UserRecord): Promise<CreateUser> {
    const { env, users, usernames, emails } = this.options;
    return env.write(() => {
      if (usernames.get(user.usernameKey) !== undefined) return 'username-taken';
      if (user.emailKey !== null && emails.get(user.emailKey) !== undefined) return 'email-taken';
      void users.put(user.id, toTuple(user));
      void usernames.put(user.usernameKey, user.id);
      if (user.emailKey !== null) void emails.put(user.emailKey, user.id);
      return 'created';
    });
  }

  byId(id: string): Promise<UserRecord | undefined> {
    return this.options.env.read(() => this.load(id));
  }

  byUsernameKey(key: string): Promise<UserRecord | undefined> {
    return this.options.env.read(() => this.load(lookUp(this.options.usernames, key)));
  }

  byEmailKey(key: string): Promise<UserRecord | undefined> {
    return this.options.env.read(() => this.load(lookUp(this.options.emails, key)));
  }

  setPasswordHash(id: string, passwordHash: string): Promise<boolean> {
    return this.options.env.write(() => {
      const user = this.load(id);
      if (user) void this.options.users.put(id, toTuple({ ...user, passwordHash }));
      return user !== undefined;
    });
  }

  isUsernameTaken(key: string): Promise<boolean> {
    return this.options.env.read(() => lookUp(this.options.usernames, key) !== undefined);
  }

  remove(id: string): Promise<boolean> {
    const { env, users, emails } = this.options;
    return env.write(() => {
      const user = this.load(id);
      if (!user) return false;
      void users.remove(id);
      if (user.emailKey !== null) void emails.remove(user.emailKey);
      return true;
    });
  }

  names(afterKey: string, limit: number): Promise<readonly NameEntry[]> {
    return this.options.env.read(() => {
      // The start of a range is part of it.
      const range = { start: afterKey, limit: limit + 1 };
      return [...this.options.usernames.getRange(range)]
        .filter(({ key }) => key !== afterKey)
        .slice(0, limit)
        .map(({ key, value: id }) => ({ id, usernameKey: key, user: this.load(id) }));
    });
  }

  private load(id: string | undefined): UserRecord | undefined {
    const tuple = id === undefined ? undefined : lookUp(this.options.users, id);
    return id === undefined || !tuple ? undefined : fromTuple(id, tuple);
  }
}

const toTuple = ({ username, usernameKey, email, emailKey, joinedAt, passwordHash }: UserRecord): UserTuple => [
  username,
  usernameKey,
  email,
  emailKey,
  joinedAt,
  passwordHash,
];

function fromTuple(id: string, tuple: UserTuple): UserRecord {
  const [username, usernameKey, email, emailKey, joinedAt, passwordHash] = tuple;
  return { id, username, usernameKey, email, emailKey, joinedAt, passwordHash };
}
