import { mongo, type Model } from 'mongoose';
import type { Chat } from '../../domain/chat';
import type { Window } from '../../domain/insight';
import {
  emptyBucket,
  groupByBucket,
  withChats,
  withCorrections,
  type BucketGroup,
  type MoodBucket,
  type MoodCorrection,
} from '../../domain/mood-bucket';
import type { MoodStore } from '../../ports/mood-store';
import type { MoodDocument } from './documents';
import type { MongoGate } from './mongo-gate';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Milliseconds, as many as for an insert of chats: the batch writer waits for both. */
const ADD_MS = 30_000;
const DUPLICATE_KEY = 11_000;

type Buckets = Model<MoodDocument>;

export class MongoMoodStore implements MoodStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly minuteBuckets: Buckets,
    private readonly hourBuckets: Buckets,
  ) {}

  add(chats: readonly Chat[]): Promise<void> {
    return this.change(chats, (chat) => chat, withChats);
  }

  correct(corrections: readonly MoodCorrection[]): Promise<void> {
    return this.change(corrections, ({ chat }) => chat, withCorrections);
  }

  minutes(room: string, window: Window): Promise<readonly MoodBucket[]> {
    return this.within(this.minuteBuckets, room, window);
  }

  hours(room: string, window: Window): Promise<readonly MoodBucket[]> {
    return this.within(this.hourBuckets, room, window);
  }

  async removeRoom(room: string): Promise<void> {
    for (const buckets of [this.minuteBuckets, this.hourBuckets]) await this.gate.run(() => buckets.deleteMany({ room }), ADD_MS);
  }

  private async change<T>(
    items: readonly T[],
    chatOf: (item: T) => Chat,
    apply: (bucket: MoodBucket, items: readonly T[]) => MoodBucket,
  ): Promise<void> {
    await this.changeEach(this.minuteBuckets, groupByBucket(items, chatOf, MINUTE_MS), apply);
    await this.changeEach(this.hourBuckets, groupByBucket(items, chatOf, HOUR_MS), apply);
  }

  /**
   * Reads the buckets, changes them, and writes each one back if it is still the one that was read. Repeats this for buckets that
   * another process has changed. Ends, because each such process has made progress.
   */
  private async changeEach<T>(
    buckets: Buckets,
    groups: Map<string, BucketGroup<T>>,
    apply: (bucket: MoodBucket, items: readonly T[]) => MoodBucket,
  ): Promise<void> {
    while (groups.size > 0) {
      const found = await this.gate.run(() => buckets.find({ _id: { $in: [...groups.keys()] } }).lean(), ADD_MS);
      const known = new Map(found.map((document) => [document._id, document]));
      const writes = [...groups].flatMap(([_id, { room, start, items }]) => {
        const document = known.get(_id);
        const before = document ? fromDocument(document) : emptyBucket(start);
        const after = apply(before, items);
        if (after === before) {
          groups.delete(_id);
          return [];
        }
        const { lastOffset: upTo, ...fields } = after;
        const { version } = document ?? {};
        const newVersion = after.corrected === before.corrected ? version : (version ?? 0) + 1;
        const $set = { ...fields, sums: [...fields.sums], room, upTo, ...(newVersion !== undefined && { version: newVersion }) };
        return [
          { updateOne: { filter: { _id, upTo: before.lastOffset, version: version ?? null }, update: { $set }, upsert: true } },
        ];
      });
      if (writes.length > 0) await this.write(buckets, writes);
    }
  }

  /** A bucket that another process has changed does not match, and inserting it then fails on its id. */
  private async write(buckets: Buckets, changes: Parameters<Buckets['bulkWrite']>[0]): Promise<void> {
    try {
      await this.gate.run(() => buckets.bulkWrite(changes, { ordered: false }), ADD_MS);
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
      if ([error.writeErrors].flat().some(({ code }) => code !== DUPLICATE_KEY)) throw error;
    }
  }

  private async within(buckets: Buckets, room: string, { start, end }: Window): Promise<readonly MoodBucket[]> {
    const found = await this.gate.run(() =>
      buckets
        .find({ room, start: { $gte: start, $lt: end } })
        .sort({ start: 1 })
        .lean(),
    );
    return found.map(fromDocument);
  }
}

const fromDocument = ({ start, count, said = 0, sums, upTo: lastOffset, corrected = {} }: MoodDocument): MoodBucket => ({
  ...{ start, count, said, sums, lastOffset, corrected },
});
