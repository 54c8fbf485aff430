import type { Model } from 'mongoose';
import type { Claim, ClaimUser, CreateUser, NameEntry, UserRecord, UserStore } from '../../ports/user-store';
import type { UserDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

export class MongoUserStore implements UserStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly users: Model<UserDocument>,
  ) {}

  async create(user: UserRecord): Promise<CreateUser> {
    try {
      await this.gate.run(() => this.users.insertMany([toDocument(user)]));
      return 'created';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Of two taken keys the server may name either.
      return (await this.isUsernameTaken(user.usernameKey)) ? 'username-taken' : 'email-taken';
    }
  }

  byId(id: string): Promise<UserRecord | undefined> {
    return this.find({ _id: id });
  }

  byUsernameKey(key: string): Promise<UserRecord | undefined> {
    return this.find({ usernameKey: key });
  }

  byEmailKey(key: string): Promise<UserRecord | undefined> {
    return this.find({ emailKey: key });
  }

  async claim(id: string, { email, emailKey, ...rest }: Claim): Promise<ClaimUser> {
    const change = { ...rest, ...(email !== null && { email }), ...(emailKey !== null && { emailKey }) };
    try {
      const { matchedCount } = await this.gate.run(() =>
        this.users.updateOne({ _id: id, guest: true }, { $set: change, $unset: { guest: 1 } }),
      );
      return matchedCount === 1 ? 'claimed' : 'no-guest';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Of two taken keys the server may name either.
      const holder = await this.gate.run(() => this.users.findOne({ usernameKey: rest.usernameKey }, { _id: 1 }).lean());
      return holder && holder._id !== id ? 'username-taken' : 'email-taken';
    }
  }

  async setPasswordHash(id: string, passwordHash: string): Promise<boolean> {
    const { matchedCount } = await this.gate.run(() =>
      this.users.updateOne({ _id: id, removed: null, guest: null }, { $set: { passwordHash } }),
    );
    return matchedCount === 1;
  }

  async isUsernameTaken(key: string): Promise<boolean> {
    return (await this.gate.run(() => this.users.exists({ usernameKey: key }))) !== null;
  }

  async remove(id: string): Promise<boolean> {
    const { deletedCount } = await this.gate.run(() => this.users.deleteOne({ _id: id, guest: true }));
    if (deletedCount === 1) return true;
    const { matchedCount } = await this.gate.run(() =>
      this.users.updateOne(
        { _id: id, removed: null },
        { $set: { removed: true, username: '-', passwordHash: '-' }, $unset: { email: 1, emailKey: 1 } },
      ),
    );
    return matchedCount === 1;
  }

  async guests(afterId: string, limit: number): Promise<readonly UserRecord[]> {
    const found = await this.gate.run(() =>
      this.users
        .find({ guest: true, _id: { $gt: afterId } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean(),
    );
    return found.map(fromDocument);
  }

  async names(afterKey: string, limit: number): Promise<readonly NameEntry[]> {
    const found = await this.gate.run(() =>
      this.users
        .find({ usernameKey: { $gt: afterKey } })
        .sort({ usernameKey: 1 })
        .limit(limit)
        .lean(),
    );
    return found.map((user) => ({
      id: user._id,
      usernameKey: user.usernameKey,
      user: user.removed ? undefined : fromDocument(user),
    }));
  }

  private async find(key: { _id: string } | { usernameKey: string } | { emailKey: string }): Promise<UserRecord | undefined> {
    const user = await this.gate.run(() => this.users.findOne({ ...key, removed: null }).lean());
    return user ? fromDocument(user) : undefined;
  }
}

const toDocument = ({ id, email, emailKey, passwordHash, ...rest }: UserRecord): UserDocument => ({
  _id: id,
  ...rest,
  ...(email !== null && { email }),
  ...(emailKey !== null && { emailKey }),
  ...(passwordHash === null ? { guest: true as const } : { passwordHash }),
});

const fromDocument = ({ _id: id, email, emailKey, passwordHash, removed: _, guest: __, ...rest }: UserDocument): UserRecord => ({
  id,
  passwordHash: passwordHash ?? null,
  email: email ?? null,
  emailKey: emailKey ?? null,
  ...rest,
});
