import type { Model } from 'mongoose';
import { withNewerFields, type Insight } from '../../domain/insight';
import type { InsightStore, ScheduleState } from '../../ports/insight-store';
import type { InsightDocument, ScheduleDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/** The id of the only document of the schedule. */
const SCHEDULE = 'schedule';

export interface MongoInsightStoreOptions {
  readonly gate: MongoGate;
  readonly insights: Model<InsightDocument>;
  readonly schedule: Model<ScheduleDocument>;
}

export class MongoInsightStore implements InsightStore {
  constructor(private readonly options: MongoInsightStoreOptions) {}

  async put(insight: Insight, fence: number): Promise<'stored' | 'exists' | 'fenced'> {
    if (!(await this.changeSchedule(fence, {}, {}))) return 'fenced';
    const { gate, insights } = this.options;
    const { id, room, scheduled, window } = insight;
    try {
      await gate.run(() => insights.insertMany([{ _id: id, room, scheduled, windowEnd: window.end, insight }]));
      return 'stored';
    } catch (error) {
      if (isDuplicate(error)) return 'exists';
      throw error;
    }
  }

  async byId(id: string): Promise<Insight | undefined> {
    const { gate, insights } = this.options;
    const found = await gate.run(() => insights.findById(id).lean());
    return found ? withNewerFields(found.insight) : undefined;
  }

  async latest(room: string): Promise<Insight | undefined> {
    const [newest] = await this.page(room, undefined, 1);
    return newest;
  }

  async page(room: string, before: number | undefined, limit: number): Promise<readonly Insight[]> {
    if (limit < 1) return [];
    const { gate, insights } = this.options;
    const filter = { room, scheduled: true, ...(before !== undefined && { windowEnd: { $lt: before } }) };
    const found = await gate.run(() => insights.find(filter).sort({ windowEnd: -1 }).limit(limit).lean());
    return found.map(({ insight }) => withNewerFields(insight));
  }

  async removeRoom(room: string): Promise<void> {
    const { gate, insights } = this.options;
    await gate.run(() => insights.deleteMany({ room }));
  }

  async schedule(): Promise<ScheduleState | undefined> {
    const { gate, schedule } = this.options;
    const doneUntil = (await gate.run(() => schedule.findById(SCHEDULE).lean()))?.doneUntil;
    return doneUntil === undefined ? undefined : { doneUntil };
  }

  advance({ doneUntil }: ScheduleState, fence: number): Promise<boolean> {
    return this.changeSchedule(fence, { doneUntil: { $not: { $gt: doneUntil } } }, { doneUntil });
  }

  /** Updates one document. @returns false if a higher fence has been seen or the condition does not hold */
  private async changeSchedule(
    fence: number,
    condition: { doneUntil?: { $not: { $gt: number } } },
    change: { doneUntil?: number },
  ): Promise<boolean> {
    const { gate, schedule } = this.options;
    const update = { $set: { fence, ...change } };
    const filter = { _id: SCHEDULE, fence: { $lte: fence }, ...condition };
    const { matchedCount } = await gate.run(() => schedule.updateOne(filter, update));
    if (matchedCount === 1) return true;
    try {
      // The first change creates the document.
      await gate.run(() => schedule.insertMany([{ _id: SCHEDULE, fence, ...change }]));
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // It exists, or another process has created it at the same time.
      return (await gate.run(() => schedule.updateOne(filter, update))).matchedCount === 1;
    }
  }
}
