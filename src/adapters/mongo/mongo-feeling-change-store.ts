import type { Model } from 'mongoose';
import type { FeelingChangeStore, PendingFeeling } from '../../ports/feeling-change-store';
import type { PendingFeelingDocument } from './change-documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

export class MongoFeelingChangeStore implements FeelingChangeStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly changes: Model<PendingFeelingDocument>,
  ) {}

  async begin({ chatId, ...change }: PendingFeeling): Promise<PendingFeeling | undefined> {
    for (;;) {
      try {
        await this.gate.run(() => this.changes.insertMany([{ _id: chatId, ...change }]));
        return undefined;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const known = await this.gate.run(() => this.changes.findById(chatId).lean());
      // Otherwise it has ended meanwhile.
      if (known) return fromDocument(known);
    }
  }

  async pending(limit: number): Promise<readonly PendingFeeling[]> {
    return (await this.gate.run(() => this.changes.find().sort({ at: 1 }).limit(limit).lean())).map(fromDocument);
  }

  async end({ chatId, revision }: Pick<PendingFeeling, 'chatId' | 'revision'>): Promise<void> {
    await this.gate.run(() => this.changes.deleteOne({ _id: chatId, revision }));
  }
}

const fromDocument = ({ _id: chatId, feeling = null, revision, at }: PendingFeelingDocument): PendingFeeling => ({
  ...{ chatId, feeling, revision, at },
});
