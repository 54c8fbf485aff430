import type { Chat } from '../../domain/chat';
import { badInput } from '../../domain/errors';
import type { Mood } from '../../domain/insight';
import { contribution } from '../../domain/mood-bucket';
import type { Slice } from '../../domain/page';
import type { Clock } from '../../ports/clock';
import { MoodSum } from './mood';
import { Zone, addDays } from '../../util/zone';

export interface OwnMoodDeps {
  /** A page of the author's messages, newest first; pages start at 1. */
  readonly ownLog: (authorId: string, page: number, pageSize: number) => Promise<Slice<Chat>>;
  readonly clock: Clock;
  readonly timeZone: string;
}

const MAX_DAYS = 90;
const PAGE = 100;
/** One request reads at most this many messages, the newest. */
const MAX_MESSAGES = 10_000;

/** Mood per day of one person's own messages, over all rooms. */
export class OwnMood {
  private readonly zone: Zone;

  constructor(private readonly deps: OwnMoodDeps) {
    this.zone = new Zone(deps.timeZone);
  }

  /**
   * One mood per day of the zone, today last, from the author's newest 10,000 messages. Its room is ''.
   * @throws DomainError BAD_USER_INPUT unless days is 1 to 90
   */
  async days(authorId: string, days: number): Promise<readonly Mood[]> {
    if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) throw badInput('days', `days must be 1 to ${MAX_DAYS}.`);
    const today = this.zone.local(this.deps.clock.now());
    const starts = Array.from({ length: days + 1 }, (_, i) => this.zone.startOfDay(addDays(today, i + 1 - days)));
    const sums = Array.from({ length: days }, () => new MoodSum());
    let day = days - 1;
    for (let page = 1; page * PAGE <= MAX_MESSAGES && day >= 0; page++) {
      const { items, hasMore } = await this.deps.ownLog(authorId, page, PAGE);
      for (const chat of items) {
        while (day >= 0 && chat.sentAt < (starts[day] ?? 0)) day--;
        sums[day]?.add(contribution(chat));
      }
      if (!hasMore) break;
    }
    return sums.map((sum, i) => sum.mood('', { start: starts[i] ?? 0, end: starts[i + 1] ?? 0 }));
  }
}
