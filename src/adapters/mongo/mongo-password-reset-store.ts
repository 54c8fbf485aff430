import type { Model } from 'mongoose';
import { MAX_TOKENS, type PasswordResetStore, type ResetRequest, type ResetToken } from '../../ports/password-reset-store';
import type { ResetRequestDocument, ResetTokensDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/** All tokens of an account are one document, so that using one removes all of them at once. */
export class MongoPasswordResetStore implements PasswordResetStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly tokens: Model<ResetTokensDocument>,
    private readonly requests: Model<ResetRequestDocument>,
  ) {}

  async addToken({ hash, userId, expiresAt }: ResetToken, now: number): Promise<void> {
    await this.gate.run(() => this.tokens.deleteMany({ lastExpiresAt: { $lte: now } }));
    await this.upserted(() =>
      this.tokens.updateOne(
        { _id: userId },
        { $push: { tokens: { $each: [{ hash, expiresAt }], $slice: -MAX_TOKENS } }, $max: { lastExpiresAt: expiresAt } },
        { upsert: true },
      ),
    );
  }

  async findToken(hash: string, now: number): Promise<string | undefined> {
    return (await this.gate.run(() => this.tokens.findOne(valid(hash, now)).lean()))?._id;
  }

  async useToken(hash: string, now: number): Promise<string | undefined> {
    return (await this.gate.run(() => this.tokens.findOneAndDelete(valid(hash, now)).lean()))?._id;
  }

  async enqueue({ userId, ...rest }: ResetRequest, limit: number): Promise<boolean> {
    if ((await this.gate.run(() => this.requests.countDocuments({}))) >= limit) return false;
    await this.upserted(() => this.requests.updateOne({ _id: userId }, { $set: rest }, { upsert: true }));
    return true;
  }

  async due(now: number, limit: number): Promise<readonly ResetRequest[]> {
    const found = await this.gate.run(() =>
      this.requests
        .find({ dueAt: { $lte: now } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean(),
    );
    return found.map(({ _id: userId, ...rest }) => ({ userId, ...rest }));
  }

  async settle({ userId, requestedAt }: ResetRequest, next?: ResetRequest): Promise<void> {
    const current = { _id: userId, requestedAt };
    if (!next) {
      await this.gate.run(() => this.requests.deleteOne(current));
      return;
    }
    const { userId: _, ...rest } = next;
    await this.gate.run(() => this.requests.updateOne(current, { $set: rest }));
  }

  private async upserted(update: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await this.gate.run(update);
        return;
      } catch (error) {
        // Another process inserted the document at the same time; it exists now.
        if (!isDuplicate(error)) throw error;
      }
    }
  }
}

const valid = (hash: string, now: number) => ({ tokens: { $elemMatch: { hash, expiresAt: { $gt: now } } } });
