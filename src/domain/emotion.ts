/** Every list of scores in the system has this order. */
export const EMOTIONS = ['JOY', 'LOVE', 'CALM', 'HOPE', 'SADNESS', 'ANGER', 'ANXIETY', 'WEARINESS'] as const;
export type Emotion = (typeof EMOTIONS)[number];

/** Number of pleasant emotions; they come first in EMOTIONS. */
const PLEASANT = 4;

/** Whether an emotion is pleasant: JOY, LOVE, CALM and HOPE are. */
export const isPleasant = (emotion: Emotion): boolean => EMOTIONS.indexOf(emotion) < PLEASANT;

/** Eight scores in the order of EMOTIONS. Each is 0 to 1 and independent of the others. */
export type EmotionScores = readonly number[];

export const NO_EMOTION: EmotionScores = EMOTIONS.map(() => 0);

/** The emotions of a message. `dominant` is null if no emotion is clearly present. */
export interface Feeling {
  readonly scores: EmotionScores;
  readonly dominant: Emotion | null;
}

/**
 * Scores as whole percents, whose sums over many messages are exact in any order.
 * @param scores eight numbers; NaN counts as 0, other values are clamped to 0..1
 */
export const toPercents = (scores: readonly number[]): number[] =>
  EMOTIONS.map((_, i) => Math.round(100 * Math.min(1, Math.max(0, scores[i] || 0))));

export const fromPercents = (percents: readonly number[]): EmotionScores => EMOTIONS.map((_, i) => (percents[i] ?? 0) / 100);

/** The emotion with the highest score, or null if all scores are below `atLeast`. Of equal scores the earlier emotion wins. */
export function strongest(scores: EmotionScores, atLeast: number): Emotion | null {
  let best: Emotion | null = null;
  let bestScore = atLeast;
  EMOTIONS.forEach((emotion, i) => {
    const score = scores[i] ?? 0;
    if (score > bestScore || (score === bestScore && best === null && score > 0)) {
      best = emotion;
      bestScore = score;
    }
  });
  return best;
}

/**
 * Pleasantness from -1 to 1: (P - N) / max(1, P + N), where P is the sum of the pleasant scores (JOY, LOVE, CALM, HOPE) and N the
 * sum of the unpleasant ones (SADNESS, ANGER, ANXIETY, WEARINESS). The divisor of at least 1 keeps weak emotions near 0.
 */
export function valence(scores: EmotionScores): number {
  let pleasant = 0;
  let unpleasant = 0;
  scores.forEach((score, i) => {
    if (i < PLEASANT) pleasant += score;
    else unpleasant += score;
  });
  return (pleasant - unpleasant) / Math.max(1, pleasant + unpleasant);
}
