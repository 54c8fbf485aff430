import type { Chat } from '../../domain/chat';
import { EMOTIONS, strongest, valence, type Emotion, type EmotionScores } from '../../domain/emotion';
import { badInput } from '../../domain/errors';
import type { Mood, Window } from '../../domain/insight';
import type { Clock } from '../../ports/clock';
import { contribution, type Contribution, type MoodBucket } from '../../domain/mood-bucket';
import type { MoodStore } from '../../ports/mood-store';
import { Zone } from '../../util/zone';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
const MAX_MINUTES = 10_080;
const MAX_BUCKETS = 2_400;
/** Two days before the last instant a Date can hold, so that the neighbouring days exist. */
const MAX_INSTANT = 8.64e15 - 2 * 24 * HOUR_MS;

const DOMINANT_AT_LEAST = 0.15;
const DOMINANT_LEAD = 1.1;

/**
 * The dominant emotion of a mood: its mean score is at least 0.15 and at least 1.1 times the second highest; null without one.
 * The threshold is low because most messages express one feeling or none, so means are lower than scores of single messages.
 */
export function dominantOf(scores: EmotionScores): Emotion | null {
  let first = 0;
  let second = 0;
  for (const score of scores) {
    if (score > first) [first, second] = [score, first];
    else if (score > second) second = score;
  }
  return first >= second * DOMINANT_LEAD ? strongest(scores, DOMINANT_AT_LEAST) : null;
}

/** Sums of whole percents over messages: integers, so the result does not depend on the order. */
export class MoodSum {
  count = 0;
  private said = 0;
  readonly sums = EMOTIONS.map(() => 0);

  add({ count, said, sums }: Contribution): void {
    this.count += count;
    this.said += said;
    for (let i = 0; i < this.sums.length; i++) this.sums[i] = (this.sums[i] ?? 0) + (sums[i] ?? 0);
  }

  mood(room: string, window: Window): Mood {
    const scores = this.sums.map((sum) => (this.count === 0 ? 0 : sum / this.count / 100));
    const figures = { scores, dominant: dominantOf(scores), valence: valence(scores) };
    const saidShare = this.count === 0 ? 0 : this.said / this.count;
    return { room, window, messageCount: this.count, ...figures, saidShare };
  }
}

/** What a mood needs of a message. */
export type TailEntry = Pick<Chat, 'offset' | 'sentAt' | 'emotions' | 'feeling' | 'hidden'>;

export interface MoodDeps {
  readonly store: MoodStore;
  /** Messages of a room that the store may not have yet, oldest first. */
  readonly tail: { scoresOf(room: string): Promise<readonly TailEntry[]> };
  readonly clock: Clock;
  /** IANA name of the zone whose days the timeline uses. */
  readonly timeZone: string;
}

/** Mean scores over any window, from the stored sums per minute and hour and from the messages not yet summed. */
export class MoodService {
  private readonly zone: Zone;

  constructor(private readonly deps: MoodDeps) {
    this.zone = new Zone(deps.timeZone);
  }

  /**
   * The mood of the last `minutes` whole minutes, the current one included.
   * @throws DomainError BAD_USER_INPUT unless minutes is 1 to 10,080
   */
  async mood(room: string, minutes: number): Promise<Mood> {
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) {
      throw badInput('minutes', `minutes must be 1 to ${MAX_MINUTES}.`);
    }
    const end = floor(this.deps.clock.now(), MINUTE_MS) + MINUTE_MS;
    return this.moodOf(room, { start: end - minutes * MINUTE_MS, end });
  }

  /** The mood of a window, widened to whole minutes (UTC). */
  async moodOf(room: string, window: Window): Promise<Mood> {
    const [mood] = await this.moods(room, [floor(window.start, MINUTE_MS), ceil(window.end, MINUTE_MS)]);
    return mood ?? new MoodSum().mood(room, window);
  }

  /**
   * One mood per whole hour (UTC) or day (of the zone) that overlaps from..to, oldest first, empty ones included.
   * @throws DomainError BAD_USER_INPUT unless from is before to and there are at most 2,400
   */
  async timeline(room: string, from: number, to: number, bucket: 'HOUR' | 'DAY'): Promise<readonly Mood[]> {
    if (!(Math.abs(from) <= MAX_INSTANT)) throw badInput('from', 'from is out of range.');
    if (!(Math.abs(to) <= MAX_INSTANT)) throw badInput('to', 'to is out of range.');
    if (from >= to) throw badInput('to', 'to must be later than from.');
    const next = bucket === 'HOUR' ? (start: number) => start + HOUR_MS : (start: number) => this.zone.nextDay(start);
    const edges = [bucket === 'HOUR' ? floor(from, HOUR_MS) : this.zone.startOfDayOf(from)];
    for (let edge = edges[0] ?? from; edge < to; edges.push(edge)) {
      if (edges.length > MAX_BUCKETS) throw badInput('to', `from and to may span at most ${MAX_BUCKETS} buckets.`);
      edge = next(edge);
    }
    return this.moods(room, edges);
  }

  /**
   * One mood per interval between successive edges (whole minutes, ascending). An hour within one interval is read as its hourly
   * sum, an hour with an edge inside as sums per minute. The tail is read before the store, so that a message moved to the store
   * in between is seen at least once; `lastOffset` of each bucket drops it where it is seen twice.
   */
  private async moods(room: string, edges: readonly number[]): Promise<Mood[]> {
    const { store } = this.deps;
    const start = edges[0] ?? 0;
    const end = edges.at(-1) ?? 0;
    const tail = (await this.deps.tail.scoresOf(room)).filter((chat) => chat.sentAt >= start && chat.sentAt < end);

    const split = new Set(edges.filter((edge) => edge % HOUR_MS !== 0).map((edge) => floor(edge, HOUR_MS)));
    const hours = await store.hours(room, { start: floor(start, HOUR_MS), end: ceil(end, HOUR_MS) });
    const buckets = new Map<number, MoodBucket>(hours.filter((hour) => !split.has(hour.start)).map((hour) => [hour.start, hour]));
    for (const hour of split) {
      const window = { start: Math.max(hour, start), end: Math.min(hour + HOUR_MS, end) };
      for (const minute of await store.minutes(room, window)) buckets.set(minute.start, minute);
    }

    const sums = edges.slice(1).map(() => new MoodSum());
    const intervalOf = intervalFinder(edges);
    for (const bucket of buckets.values()) sums[intervalOf(bucket.start)]?.add(bucket);
    for (const chat of tail) {
      const hour = floor(chat.sentAt, HOUR_MS);
      const bucket = buckets.get(split.has(hour) ? floor(chat.sentAt, MINUTE_MS) : hour);
      if (chat.offset <= (bucket?.lastOffset ?? 0)) continue;
      sums[intervalOf(chat.sentAt)]?.add(contribution(chat, bucket?.corrected));
    }
    return sums.map((sum, i) => sum.mood(room, { start: edges[i] ?? 0, end: edges[i + 1] ?? 0 }));
  }
}

/** Index of the interval that contains an instant (binary search). */
const intervalFinder = (edges: readonly number[]) => (instant: number) => {
  let low = 0;
  for (let high = edges.length - 1; low < high;) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] ?? Infinity) <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
};

const floor = (instant: number, unit: number): number => Math.floor(instant / unit) * unit;
const ceil = (instant: number, unit: number): number => Math.ceil(instant / unit) * unit;
