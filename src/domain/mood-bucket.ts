import type { Chat } from './chat';
import { EMOTIONS, NO_EMOTION, type Emotion } from './emotion';

/** What a message counts as in moods: nothing if it is erased, else what its author says, else what the model reads. */
export type CountedAs = 'NOTHING' | Emotion | Chat['emotions'];

/** What one message adds to the sums of its minute, hour or day. */
export interface Contribution {
  readonly count: number;
  /** 1 if the author says what they feel. */
  readonly said: number;
  /** Whole percents, in the order of EMOTIONS. */
  readonly sums: readonly number[];
}

/** From some moment on the message counts as something else. */
export interface Correction {
  readonly to: CountedAs;
  /** A message keeps the correction with the highest revision: see `Chat.revision`. */
  readonly revision: number;
}

/** A correction and its message, as it is now or was before the correction. */
export interface MoodCorrection extends Correction {
  readonly chat: Chat;
}

/** Revision of an erasure, which is final. */
export const ERASED = Number.MAX_SAFE_INTEGER;

/** Sums over the messages of one room in one minute or hour. */
export interface MoodBucket {
  /** Milliseconds since 1970; a whole minute or hour in UTC. */
  readonly start: number;
  /** Number of messages that are not erased. */
  readonly count: number;
  /** Number of those whose author says what they feel. */
  readonly said: number;
  /** Sums of whole percents, in the order of EMOTIONS. */
  readonly sums: readonly number[];
  /** Highest offset included. A message of this room and minute (or hour) is included if and only if its offset is not higher. */
  readonly lastOffset: number;
  /** By offset. Of messages that are not included yet too: they will be included as corrected. */
  readonly corrected: Readonly<Record<string, Correction>>;
}

export const emptyBucket = (start: number): MoodBucket => ({
  ...{ start, count: 0, said: 0, sums: NO_EMOTION, lastOffset: 0, corrected: {} },
});

type Counted = Pick<Chat, 'hidden' | 'feeling' | 'emotions'>;

const countedAs = ({ hidden, feeling, emotions }: Counted): CountedAs => (hidden ? 'NOTHING' : (feeling ?? emotions));

/** A said feeling is certain: it counts as 100 % of that emotion, and what the model reads beside it counts nothing. */
function contributionOf(counted: CountedAs): Contribution {
  if (counted === 'NOTHING') return { count: 0, said: 0, sums: NO_EMOTION };
  if (typeof counted !== 'string') return { count: 1, said: 0, sums: counted };
  return { count: 1, said: 1, sums: EMOTIONS.map((emotion) => (emotion === counted ? 100 : 0)) };
}

/** @param corrected of the bucket of the message, if a bucket of the store is at hand */
export const contribution = (
  chat: Counted & { readonly offset?: number },
  corrected: MoodBucket['corrected'] = {},
): Contribution => contributionOf(corrected[String(chat.offset)]?.to ?? countedAs(chat));

/** The correction of a message that has changed. */
export const correctionOf = (before: Chat, after: Chat): MoodCorrection => ({
  ...{ chat: before, to: countedAs(after), revision: after.hidden ? ERASED : after.revision },
});

/** Adds messages that are in offset order. @returns the same bucket if it includes them all */
export function withChats(bucket: MoodBucket, chats: readonly Chat[]): MoodBucket {
  const fresh = chats.filter(({ offset }) => offset > bucket.lastOffset);
  const last = fresh.at(-1);
  if (!last) return bucket;
  const sum = new Sum(bucket);
  for (const chat of fresh) sum.add(contribution(chat, bucket.corrected), 1);
  return { ...bucket, ...sum.values(), lastOffset: last.offset };
}

/** @returns the same bucket if it has all of these corrections, or newer ones */
export function withCorrections(bucket: MoodBucket, corrections: readonly MoodCorrection[]): MoodBucket {
  const sum = new Sum(bucket);
  const corrected = { ...bucket.corrected };
  let changed = false;
  for (const { chat, to, revision } of corrections) {
    if ((corrected[chat.offset]?.revision ?? -1) >= revision) continue;
    if (chat.offset <= bucket.lastOffset) {
      sum.add(contribution(chat, corrected), -1);
      sum.add(contributionOf(to), 1);
    }
    corrected[chat.offset] = { to, revision };
    changed = true;
  }
  return changed ? { ...bucket, ...sum.values(), corrected } : bucket;
}

/** What concerns one bucket. */
export interface BucketGroup<T> {
  readonly room: string;
  readonly start: number;
  readonly items: T[];
}

/** @returns groups by room and start of the bucket */
export function groupByBucket<T>(items: readonly T[], chatOf: (item: T) => Chat, widthMs: number): Map<string, BucketGroup<T>> {
  const groups = new Map<string, BucketGroup<T>>();
  for (const item of items) {
    const { room, sentAt } = chatOf(item);
    const start = Math.floor(sentAt / widthMs) * widthMs;
    const id = `${room}:${start}`;
    const group = groups.get(id);
    if (group) group.items.push(item);
    else groups.set(id, { room, start, items: [item] });
  }
  return groups;
}

/** Copies the sums once for all messages of a batch. */
class Sum {
  private count: number;
  private said: number;
  private readonly sums: number[];

  constructor({ count, said, sums }: Contribution) {
    this.count = count;
    this.said = said;
    this.sums = [...sums];
  }

  add({ count, said, sums }: Contribution, sign: 1 | -1): void {
    this.count += sign * count;
    this.said += sign * said;
    for (const [i, percent] of sums.entries()) this.sums[i] = (this.sums[i] ?? 0) + sign * percent;
  }

  values(): Contribution {
    return { count: this.count, said: this.said, sums: this.sums };
  }
}
