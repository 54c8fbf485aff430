import type { CreateUser, NameEntry, UserRecord, UserStore } from '../../ports/user-store';
import type { Environment } from './environment';
import type { Table } from './table';

export interface LmdbUserStoreOptions {
  readonly env: Environment;
  readonly users: Table<UserRecord, string>;
  /** Id by usernameKey. Those of deleted accounts stay. */
  readonly usernames: Table<string, string>;
  /** Id by emailKey. */
  readonly emails: Table<string, string>;
}

export class LmdbUserStore implements UserStore {
  constructor(private readonly options: LmdbUserStoreOptions) {}

  create(user: UserRecord): Promise<CreateUser> {
    const { env, users, usernames, emails } = this.options;
    return env.write(() => {
      if (usernames.has(user.usernameKey)) return 'username-taken';
      if (user.emailKey !== null && emails.has(user.emailKey)) return 'email-taken';
      users.put(user.id, user);
      usernames.put(user.usernameKey, user.id);
      if (user.emailKey !== null) emails.put(user.emailKey, user.id);
      return 'created';
    });
  }

  byId(id: string): Promise<UserRecord | undefined> {
    return this.options.env.read(() => this.load(id));
  }

  byUsernameKey(key: string): Promise<UserRecord | undefined> {
    return this.options.env.read(() => this.load(this.options.usernames.get(key)));
  }

  byEmailKey(key: string): Promise<UserRecord | undefined> {
    return this.options.env.read(() => this.load(this.options.emails.get(key)));
  }

  setPasswordHash(id: string, passwordHash: string): Promise<boolean> {
    return this.options.env.write(() => {
      const user = this.load(id);
      if (user) this.options.users.put(id, { ...user, passwordHash });
      return user !== undefined;
    });
  }

  isUsernameTaken(key: string): Promise<boolean> {
    return this.options.env.read(() => this.options.usernames.has(key));
  }

  remove(id: string): Promise<boolean> {
    const { env, users, emails } = this.options;
    return env.write(() => {
      const user = this.load(id);
      if (!user) return false;
      users.remove(id);
      if (user.emailKey !== null) emails.remove(user.emailKey);
      return true;
    });
  }

  names(afterKey: string, limit: number): Promise<readonly NameEntry[]> {
    return this.options.env.read(() => {
      // The start is included.
      const range = { start: afterKey, limit: limit + 1 };
      return this.options.usernames
        .entries(range)
        .filter(({ key }) => key !== afterKey)
        .slice(0, limit)
        .map(({ key, value: id }) => ({ id, usernameKey: key, user: this.options.users.getIntact(id) }));
    });
  }

  private load(id: string | undefined): UserRecord | undefined {
    return id === undefined ? undefined : this.options.users.get(id);
  }
}
