import type { Chat } from '../../domain/chat';
import type { Window } from '../../domain/insight';
import {
  emptyBucket,
  groupByBucket,
  withChats,
  withCorrections,
  type MoodBucket,
  type MoodCorrection,
} from '../../domain/mood-bucket';
import type { MoodStore } from '../../ports/mood-store';
import type { Environment } from './environment';
import type { Table } from './table';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Messages of one transaction. They take the event loop some ten milliseconds. */
const CHUNK = 1_000;

/** Room and start of the bucket. */
export type MoodKey = [string, number];
/** Buckets of older versions have neither `said` nor `corrected`. */
export type StoredBucket = Omit<MoodBucket, 'said' | 'corrected'> & Partial<MoodBucket>;
type Buckets = Table<StoredBucket, MoodKey>;

export class LmdbMoodStore implements MoodStore {
  constructor(
    private readonly env: Environment,
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
    return this.env.read(() => within(this.minuteBuckets, room, window));
  }

  hours(room: string, window: Window): Promise<readonly MoodBucket[]> {
    return this.env.read(() => within(this.hourBuckets, room, window));
  }

  async removeRoom(room: string): Promise<void> {
    for (const buckets of [this.minuteBuckets, this.hourBuckets]) {
      const removeSome = (): number => {
        const keys = buckets.keys({ start: [room, 0], end: [room, Number.MAX_SAFE_INTEGER], limit: CHUNK });
        for (const key of keys) buckets.remove(key);
        return keys.length;
      };
      while ((await this.env.write(removeSome)) > 0);
    }
  }

  private async change<T>(
    items: readonly T[],
    chatOf: (item: T) => Chat,
    change: (bucket: MoodBucket, items: readonly T[]) => MoodBucket,
  ): Promise<void> {
    for (let i = 0; i < items.length; i += CHUNK) {
      const chunk = items.slice(i, i + CHUNK);
      await this.env.write(() => {
        for (const [buckets, widthMs] of [
          [this.minuteBuckets, MINUTE_MS],
          [this.hourBuckets, HOUR_MS],
        ] as const) {
          for (const { room, start, items: group } of groupByBucket(chunk, chatOf, widthMs).values()) {
            // A damaged bucket begins anew: its sums are lost, the messages are not.
            const key: MoodKey = [room, start];
            const before = upToDate(buckets.get(key, () => emptyBucket(start)) ?? emptyBucket(start));
            const after = change(before, group);
            if (after !== before) buckets.put(key, after);
          }
        }
      });
    }
  }
}

const upToDate = (bucket: StoredBucket): MoodBucket => ({ said: 0, corrected: {}, ...bucket });

const within = (buckets: Buckets, room: string, { start, end }: Window): readonly MoodBucket[] =>
  buckets.values({ start: [room, start], end: [room, end] }).map(upToDate);
