import type { Model } from 'mongoose';
import type { Partitions } from '../../domain/partition';
import type { PartitionStore } from '../../ports/partition-store';
import type { PartitionsDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/** There is one document. */
const ID = 'log';

export class MongoPartitionStore implements PartitionStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly partitions: Model<PartitionsDocument>,
  ) {}

  async read(): Promise<Partitions | undefined> {
    const found = await this.gate.run(() => this.partitions.findById(ID).lean());
    return found ? { first: found.first, count: found.count } : undefined;
  }

  async create({ first, count }: Partitions): Promise<Partitions> {
    try {
      await this.gate.run(() => this.partitions.insertMany([{ _id: ID, first, count }]));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    return (await this.read()) ?? { first, count };
  }

  async replace(from: Partitions, { first, count }: Partitions): Promise<boolean> {
    const recorded = { _id: ID, first: from.first, count: from.count };
    const { matchedCount } = await this.gate.run(() => this.partitions.updateOne(recorded, { $set: { first, count } }));
    return matchedCount === 1;
  }
}
