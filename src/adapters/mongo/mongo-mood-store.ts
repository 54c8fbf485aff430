import { mongo, type Model } from 'mongoose';
import type { Chat } from '../../domain/chat';
import { EMOTIONS } from '../../domain/emotion';
import type { Window } from '../../domain/insight';
import type { MoodBucket, MoodStore } from '../../ports/mood-store';
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

  async add(chats: readonly Chat[]): Promise<void> {
    await this.addTo(this.minuteBuckets, MINUTE_MS, chats);
    await this.addTo(this.hourBuckets, HOUR_MS, chats);
  }

  minutes(room: string, window: Window): Promise<readonly MoodBucket[]> {
    return this.within(this.minuteBuckets, room, window);
  }

  hours(room: string, window: Window): Promise<readonly MoodBucket[]> {
    return this.within(this.hourBuckets, room, window);
  }

  /**
   * Reads the buckets, adds the chats that they do not include, and writes each bucket back if it is still the one that was read.
   * Repeats this for buckets that another writer has changed. Ends, because each such writer has added chats.
   */
  private async addTo(buckets: Buckets, widthMs: number, chats: readonly Chat[]): Promise<void> {
    const groups = groupByBucket(chats, widthMs);
    while (groups.size > 0) {
      const found = await this.gate.run(() => buckets.find({ _id: { $in: [...groups.keys()] } }).lean(), ADD_MS);
      const known = new Map(found.map((bucket) => [bucket._id, bucket]));
      const changes = [...groups].flatMap(([id, group]) => {
        const before = known.get(id);
        const after = withChats(before ?? emptyBucket(id, group, widthMs), group);
        if (before && after.upTo === before.upTo) {
          groups.delete(id);
          return [];
        }
        const { _id, ...fields } = after;
        return [{ updateOne: { filter: { _id, upTo: before?.upTo ?? 0 }, update: { $set: fields }, upsert: true } }];
      });
      if (changes.length > 0) await this.write(buckets, changes);
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
    return found.map(({ start, count, sums, upTo: lastOffset }) => ({ start, count, sums, lastOffset }));
  }
}

function groupByBucket(chats: readonly Chat[], widthMs: number): Map<string, Chat[]> {
  const groups = new Map<string, Chat[]>();
  for (const chat of chats) {
    const id = `${chat.room}:${startOf(chat, widthMs)}`;
    const group = groups.get(id);
    if (group) group.push(chat);
    else groups.set(id, [chat]);
  }
  return groups;
}

const startOf = ({ sentAt }: Chat, widthMs: number): number => Math.floor(sentAt / widthMs) * widthMs;

function emptyBucket(_id: string, [first]: readonly Chat[], widthMs: number): MoodDocument {
  const { room = '' } = first ?? {};
  return { _id, room, start: first ? startOf(first, widthMs) : 0, count: 0, sums: EMOTIONS.map(() => 0), upTo: 0 };
}

function withChats(bucket: MoodDocument, chats: readonly Chat[]): MoodDocument {
  const sums = [...bucket.sums];
  let { count, upTo } = bucket;
  for (const { offset, emotions } of chats) {
    if (offset <= upTo) continue;
    count++;
    upTo = offset;
    for (const [i, percent] of emotions.entries()) sums[i] = (sums[i] ?? 0) + percent;
  }
  return { ...bucket, count, sums, upTo };
}
