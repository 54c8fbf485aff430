import type { Model } from 'mongoose';
import type { LogChange, LogChangeStore } from '../../ports/log-change-store';
import type { LogChangeDocument } from './change-documents';
import { earlierThan } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

export class MongoLogChangeStore implements LogChangeStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly changes: Model<LogChangeDocument>,
  ) {}

  async record({ id, partition, hidden, authorship, feeling, at }: LogChange): Promise<void> {
    const fields = { at, ...(partition > 0 && { partition }), ...(hidden && { hidden }), ...authorship };
    for (;;) {
      try {
        await this.gate.run(() => this.changes.updateOne({ _id: id }, { $set: fields }, { upsert: true }));
        if (feeling) await this.gate.run(() => this.changes.updateOne({ _id: id, ...earlierThan(feeling) }, { $set: feeling }));
        return;
      } catch (error) {
        // Another process inserted it at the same time; it exists now.
        if (!isDuplicate(error)) throw error;
      }
    }
  }

  async page(partition: number, after: string, limit: number): Promise<readonly LogChange[]> {
    const recorded = partition > 0 ? { partition } : { partition: { $exists: false } };
    const found = await this.gate.run(() =>
      this.changes
        .find({ ...recorded, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean(),
    );
    return found.map(({ _id: id, hidden = false, authorId, author, feeling = null, revision, at }) => {
      const authorship = authorId !== undefined && author !== undefined ? { authorId, author } : undefined;
      return { id, partition, hidden, authorship, feeling: revision === undefined ? undefined : { feeling, revision }, at };
    });
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.gate.run(() => this.changes.deleteMany({ _id: { $in: ids } }));
  }
}
