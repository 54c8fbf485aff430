import type { Claim, ClaimUser, CreateUser, NameEntry, UserRecord, UserStore } from '../../ports/user-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

export interface LmdbUserStoreOptions {
  readonly env: Environment;
  readonly users: Table<UserRecord, string>;
  /** Id by usernameKey. Those of deleted accounts stay. */
  readonly usernames: Table<string, string>;
  /** Id by emailKey. */
  readonly emails: Table<string, string>;
  /** Ids of the guests. */
  readonly guests: KeySet<string>;
}

export class LmdbUserStore implements UserStore {
  constructor(private readonly options: LmdbUserStoreOptions) {}

  create(user: UserRecord): Promise<CreateUser> {
    const { env, users, usernames, emails, guests } = this.options;
    return env.write(() => {
      if (usernames.has(user.usernameKey)) return 'username-taken';
      if (user.emailKey !== null && emails.has(user.emailKey)) return 'email-taken';
      users.put(user.id, user);
      usernames.put(user.usernameKey, user.id);
      if (user.emailKey !== null) emails.put(user.emailKey, user.id);
      if (user.passwordHash === null) guests.add(user.id);
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

  claim(id: string, claim: Claim): Promise<ClaimUser> {
    const { env, users, usernames, emails, guests } = this.options;
    return env.write(() => {
      const guest = this.load(id);
      if (guest?.passwordHash !== null) return 'no-guest';
      if ((usernames.get(claim.usernameKey) ?? id) !== id) return 'username-taken';
      if (claim.emailKey !== null && emails.has(claim.emailKey)) return 'email-taken';
      usernames.remove(guest.usernameKey);
      usernames.put(claim.usernameKey, id);
      if (claim.emailKey !== null) emails.put(claim.emailKey, id);
      guests.remove(id);
      users.put(id, { ...guest, ...claim });
      return 'claimed';
    });
  }

  setPasswordHash(id: string, passwordHash: string): Promise<boolean> {
    return this.options.env.write(() => {
      const user = this.load(id);
      if (!user || user.passwordHash === null) return false;
      this.options.users.put(id, { ...user, passwordHash });
      return true;
    });
  }

  isUsernameTaken(key: string): Promise<boolean> {
    return this.options.env.read(() => this.options.usernames.has(key));
  }

  remove(id: string): Promise<boolean> {
    const { env, users, usernames, emails, guests } = this.options;
    return env.write(() => {
      const user = this.load(id);
      if (!user) return false;
      users.remove(id);
      if (user.emailKey !== null) emails.remove(user.emailKey);
      if (user.passwordHash === null) {
        usernames.remove(user.usernameKey);
        guests.remove(id);
      }
      return true;
    });
  }

  guests(afterId: string, limit: number): Promise<readonly UserRecord[]> {
    return this.options.env.read(() => {
      // The start is included.
      const range = { ...(afterId !== '' && { start: afterId }), limit: limit + 1 };
      const ids = this.options.guests.keys(range).filter((id) => id !== afterId);
      return ids.slice(0, limit).flatMap((id) => this.options.users.getIntact(id) ?? []);
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
