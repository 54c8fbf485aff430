import type { Emotion } from '../generated/graphql';

/** Notes of the last while. */
const RECENT = 30;
/** A mood is clear from this share on. */
const CLEAR = 0.3;

/** The feeling that colours most of the newest notes, or null where none is clear. */
export function dominantOf(emotions: readonly (Emotion | null)[]): Emotion | null {
  const recent = emotions.slice(-RECENT);
  const counts = new Map<Emotion, number>();
  for (const emotion of recent) if (emotion) counts.set(emotion, (counts.get(emotion) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] >= recent.length * CLEAR ? most[0] : null;
}
