import type { Chat } from '../../domain/chat';
import { EMOTIONS } from '../../domain/emotion';
import type { Window } from '../../domain/insight';
import type { MoodBucket, MoodStore } from '../../ports/mood-store';
import type { Environment } from './environment';
import type { Table } from './table';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Chats of one transaction. They take the event loop some ten milliseconds. */
const ADD_CHUNK = 1_000;

/** Room and start of the bucket. */
export type MoodKey = [string, number];
type Buckets = Table<MoodBucket, MoodKey>;

export class LmdbMoodStore implements MoodStore {
  constructor(
    private readonly env: Environment,
    private readonly minuteBuckets: Buckets,
    private readonly hourBuckets: Buckets,
  ) {}

  async add(chats: readonly Chat[]): Promise<void> {
    for (let i = 0; i < chats.length; i += ADD_CHUNK) {
      const chunk = chats.slice(i, i + ADD_CHUNK);
      await this.env.write(() => {
        addTo(this.minuteBuckets, MINUTE_MS, chunk);
        addTo(this.hourBuckets, HOUR_MS, chunk);
      });
    }
  }

  minutes(room: string, window: Window): Promise<readonly MoodBucket[]> {
    return this.env.read(() => within(this.minuteBuckets, room, window));
  }

  hours(room: string, window: Window): Promise<readonly MoodBucket[]> {
    return this.env.read(() => within(this.hourBuckets, room, window));
  }
}

function addTo(buckets: Buckets, widthMs: number, chats: readonly Chat[]): void {
  const changed = new Map<string, { key: MoodKey; count: number; lastOffset: number; sums: number[] }>();
  for (const chat of chats) {
    const start = Math.floor(chat.sentAt / widthMs) * widthMs;
    const key: MoodKey = [chat.room, start];
    const name = key.join(':');
    let bucket = changed.get(name);
    if (!bucket) {
      // A damaged bucket begins anew: its sums are lost, the messages are not.
      const empty = (): MoodBucket => ({ start, count: 0, lastOffset: 0, sums: EMOTIONS.map(() => 0) });
      const { count, lastOffset, sums } = buckets.get(key, empty) ?? empty();
      bucket = { key, count, lastOffset, sums: [...sums] };
      changed.set(name, bucket);
    }
    if (chat.offset <= bucket.lastOffset) continue;
    bucket.count++;
    bucket.lastOffset = chat.offset;
    for (const [i, percent] of chat.emotions.entries()) bucket.sums[i] = (bucket.sums[i] ?? 0) + percent;
  }
  for (const { key, ...bucket } of changed.values()) buckets.put(key, { start: key[1], ...bucket });
}

const within = (buckets: Buckets, room: string, { start, end }: Window): readonly MoodBucket[] =>
  buckets.values({ start: [room, start], end: [room, end] });
