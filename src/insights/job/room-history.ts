import type { Chat } from '../../domain/chat';
import type { Mood, Window } from '../../domain/insight';
import type { ChatStore } from '../../ports/chat-store';
import { HOUR_MS, type MoodService } from '../mood/mood';

/** What a window is for a room that has been written in before. */
export interface RoomHistory {
  /** Accounts whose first note in the room lies in the window. Null if too many wrote to look them up. */
  readonly newWriters: number | null;
  /** Accounts that had written in the room, but nowhere in the two weeks before the window. */
  readonly returned: number;
  /** Days (of the zone) with notes in a row, the day on which the window starts being the last. */
  readonly streakDays: number;
  /** Whether there was an earlier row of days in the last year, and none as long. */
  readonly isLongestStreak: boolean;
  /** Days without notes between the last note before and the day on which the window starts; null without an earlier note. */
  readonly quietDays: number | null;
}

const DAY_MS = 24 * HOUR_MS;
const YEAR_DAYS = 366;
const AWAY_MS = 14 * DAY_MS;
/** Each author costs one read of the store, or two. */
const MAX_AUTHORS = 5_000;
/** Earlier notes of an account in which the room is looked for. If all are of other rooms, the account is not counted as new. */
const EARLIER_NOTES = 100;

export interface RoomHistoryDeps {
  readonly chats: Pick<ChatStore, 'byAuthor'>;
  /** Messages of a room that the store may not have yet. */
  readonly tail: { of(room: string): Promise<readonly Chat[]> };
  readonly mood: Pick<MoodService, 'timeline'>;
}

/** @param writers the accounts that wrote, with the offset of their first note in the window */
export async function roomHistory(
  room: string,
  window: Window,
  writers: ReadonlyMap<string, number>,
  deps: RoomHistoryDeps,
): Promise<RoomHistory> {
  const days = await deps.mood.timeline(room, window.start - YEAR_DAYS * DAY_MS, window.start + 1, 'DAY');
  const writersOf = writers.size > MAX_AUTHORS ? { newWriters: null, returned: 0 } : await compare(room, window, writers, deps);
  return { ...writersOf, ...streakOf(days) };
}

async function compare(
  room: string,
  window: Window,
  writers: ReadonlyMap<string, number>,
  { chats, tail }: RoomHistoryDeps,
): Promise<Pick<RoomHistory, 'newWriters' | 'returned'>> {
  const before = (await tail.of(room)).filter(({ sentAt }) => sentAt < window.start);
  const known = new Set(before.map(({ authorId }) => authorId));
  let newWriters = 0;
  let returned = 0;
  for (const [authorId, offset] of writers) {
    if (known.has(authorId)) continue;
    const [last] = await chats.byAuthor(authorId, [{ before: offset }], 0, 1);
    if (!last) newWriters++;
    else if (last.room === room) returned += last.sentAt < window.start - AWAY_MS ? 1 : 0;
    else {
      const earlier = await chats.byAuthor(authorId, [{ before: offset }], 1, EARLIER_NOTES);
      if (earlier.length < EARLIER_NOTES && earlier.every((chat) => chat.room !== room)) newWriters++;
    }
  }
  return { newWriters, returned };
}

/** @param days oldest first; the last one is the day on which the window starts */
export function streakOf(days: readonly Mood[]): Pick<RoomHistory, 'streakDays' | 'isLongestStreak' | 'quietDays'> {
  const rows = [0];
  for (const { messageCount } of days) {
    if (messageCount > 0) rows.push((rows.pop() ?? 0) + 1);
    else if (rows.at(-1) !== 0) rows.push(0);
  }
  const streakDays = rows.pop() ?? 0;
  const lastBefore = days.slice(0, -1).findLastIndex(({ messageCount }) => messageCount > 0);
  return {
    streakDays,
    isLongestStreak: rows.some((row) => row > 0) && streakDays > Math.max(...rows),
    quietDays: lastBefore === -1 ? null : days.length - 2 - lastBefore,
  };
}
