import { EMOTIONS, type Emotion } from '../domain/emotion';
import { isPublic } from '../domain/room';
import type { Rooms } from '../flow/rooms';
import type { MoodService } from '../insights/mood/mood';
import type { Clock } from '../ports/clock';
import type { RoomPreviews } from '../servers/http/preview/room-preview';

const DAY_MINUTES = 24 * 60;
/** The feelings of a room are read this often. */
const KEEP_MS = 10 * 60_000;
/** Rooms whose feelings are kept. */
const MAX_KEPT = 1_000;
/** A feeling belongs to the mood if its mean score is at least this. */
const CLEAR = 0.1;

/** What links to public rooms show. While a store is unavailable they show what the page shows without a room. */
export function roomPreviews(rooms: Pick<Rooms, 'find'>, mood: Pick<MoodService, 'mood'>, clock: Clock): RoomPreviews {
  const kept = new Map<string, { readonly at: number; readonly emotions: Promise<readonly Emotion[]> }>();
  const read = async (id: string): Promise<readonly Emotion[]> => {
    const { scores } = await mood.mood(id, DAY_MINUTES);
    const scored = EMOTIONS.map((emotion, i) => ({ emotion, score: scores[i] ?? 0 })).filter(({ score }) => score >= CLEAR);
    return scored
      .sort((a, b) => b.score - a.score)
      .slice(0, 2)
      .map(({ emotion }) => emotion);
  };
  return {
    publicRoom: async (id) => {
      const room = await rooms.find(id).catch(() => undefined);
      return room && isPublic(room) ? room : undefined;
    },
    emotionsOf: (id) => {
      const known = kept.get(id);
      if (known && known.at > clock.now() - KEEP_MS) return known.emotions;
      if (kept.size >= MAX_KEPT) kept.clear();
      const emotions = read(id).catch(() => []);
      kept.set(id, { at: clock.now(), emotions });
      return emotions;
    },
  };
}
