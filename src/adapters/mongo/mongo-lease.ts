import type { Model } from 'mongoose';
import type { Grant, Lease } from '../../ports/lease';
import type { LeaseDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/** Leases by the server's clock, so that a process with a wrong clock cannot take the lease of another. */
export class MongoLease implements Lease {
  constructor(
    private readonly gate: MongoGate,
    private readonly leases: Model<LeaseDocument>,
  ) {}

  async acquire(name: string, holder: string, ttlMs: number): Promise<Grant | undefined> {
    // Read before the update, so that no lease is taken over before it has expired.
    const now = await this.serverTime();
    const endsAt = now + ttlMs;
    const renewed = await this.update({ _id: name, holder }, { $set: { endsAt } });
    if (renewed) return renewed;
    const taken = await this.update({ _id: name, endsAt: { $lte: now } }, { $set: { endsAt, holder }, $inc: { fence: 1 } });
    if (taken) return taken;
    try {
      await this.gate.run(() => this.leases.insertMany([{ _id: name, holder, endsAt, fence: 1 }]));
      return { fence: 1 };
    } catch (error) {
      if (isDuplicate(error)) return undefined;
      throw error;
    }
  }

  async release(name: string, holder: string): Promise<void> {
    await this.gate.run(() => this.leases.updateOne({ _id: name, holder }, { $set: { holder: '', endsAt: 0 } }));
  }

  private async update(filter: object, change: object): Promise<Grant | undefined> {
    const lease = await this.gate.run(() => this.leases.findOneAndUpdate(filter, change, { returnDocument: 'after' }).lean());
    return lease ? { fence: lease.fence } : undefined;
  }

  /** By `isMaster`, the older name of `hello`: not every compatible server knows `hello`. */
  private async serverTime(): Promise<number> {
    const { localTime } = await this.gate.run(() => this.gate.command({ isMaster: 1 }));
    if (!(localTime instanceof Date)) throw new Error('isMaster of this MongoDB returns no localTime');
    return localTime.getTime();
  }
}
