import type { Model } from 'mongoose';
import type { Rotation, Session, SessionStore } from '../../ports/session-store';
import type { SessionDocument } from './documents';
import type { MongoGate } from './mongo-gate';

/** Every change is an update of one document whose filter matches only the state that may be changed. */
export class MongoSessionStore implements SessionStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly sessions: Model<SessionDocument>,
  ) {}

  async create({ id, ...rest }: Session): Promise<void> {
    await this.gate.run(() => this.sessions.insertMany([{ _id: id, ...rest }]));
  }

  async byId(id: string): Promise<Session | undefined> {
    const session = await this.gate.run(() => this.sessions.findById(id).lean());
    return session ? fromDocument(session) : undefined;
  }

  async rotate(id: string, generation: number, now: number, expiresAt: number): Promise<Rotation> {
    const rotated = await this.gate.run(() =>
      this.sessions
        .findOneAndUpdate(
          { _id: id, generation, endedAt: null, expiresAt: { $gt: now } },
          { $set: { expiresAt, generation: generation + 1 } },
          { returnDocument: 'after' },
        )
        .lean(),
    );
    if (rotated) return { outcome: 'rotated', session: fromDocument(rotated) };
    const session = await this.byId(id);
    if (!session || generation >= session.generation) return { outcome: 'invalid' };
    await this.finish([id], now);
    return { outcome: 'reused', session: (await this.byId(id)) ?? session };
  }

  async end(id: string, now: number): Promise<boolean> {
    const { modifiedCount } = await this.gate.run(() =>
      this.sessions.updateOne({ _id: id, endedAt: null, expiresAt: { $gt: now } }, { $set: { endedAt: now } }),
    );
    return modifiedCount === 1;
  }

  async endAll(userId: string, now: number, except?: string): Promise<readonly string[]> {
    const ids = (await this.activeSessions(userId, now)).map(({ id }) => id).filter((id) => id !== except);
    await this.finish(ids, now);
    return ids;
  }

  async activeSessions(userId: string, now: number): Promise<readonly Session[]> {
    const open = await this.gate.run(() =>
      this.sessions
        .find({ userId, endedAt: null, expiresAt: { $gt: now } })
        .sort({ createdAt: 1 })
        .lean(),
    );
    return open.map(fromDocument);
  }

  async endedSince(since: number): Promise<readonly string[]> {
    const ended = await this.gate.run(() => this.sessions.find({ endedAt: { $gte: since } }, { _id: 1 }).lean());
    return ended.map(({ _id }) => _id);
  }

  private async finish(ids: readonly string[], now: number): Promise<void> {
    if (ids.length === 0) return;
    await this.gate.run(() => this.sessions.updateMany({ _id: { $in: ids }, endedAt: null }, { $set: { endedAt: now } }));
  }
}

const fromDocument = ({ _id: id, ...rest }: SessionDocument): Session => ({ id, ...rest });
