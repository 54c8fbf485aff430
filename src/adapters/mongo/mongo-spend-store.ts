import type { Model } from 'mongoose';
import type { Spend, SpendStore } from '../../ports/spend-store';
import type { SpendDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

export class MongoSpendStore implements SpendStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly days: Model<SpendDocument>,
  ) {}

  async add(day: string, spend: Spend): Promise<Spend> {
    for (;;) {
      try {
        const { calls, inputTokens, outputTokens, microUsd } = await this.gate.run(() =>
          this.days.findByIdAndUpdate(day, { $inc: spend }, { upsert: true, returnDocument: 'after' }).lean().orFail(),
        );
        return { calls, inputTokens, outputTokens, microUsd };
      } catch (error) {
        // Another process created the day at the same time; it exists now.
        if (!isDuplicate(error)) throw error;
      }
    }
  }
}
