/** Area under the ROC curve by rank sums; ties count half. NaN unless both classes occur. */
export function rocAuc(scores: ArrayLike<number>, truth: ArrayLike<number>): number {
  const n = scores.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let ranks = 0;
  let positives = 0;
  for (let i = 0; i < n;) {
    let j = i;
    while (j < n && scores[order[j]!] === scores[order[i]!]) j++;
    for (let k = i; k < j; k++) {
      if (truth[order[k]!]! > 0.5) {
        ranks += (i + j + 1) / 2;
        positives++;
      }
    }
    i = j;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (n - positives));
}

export interface Confusion {
  readonly hit: number;
  readonly missed: number;
  readonly wrong: number;
  readonly passed: number;
  /** 0 without a true positive. */
  readonly f1: number;
}

/** Counts when every score of at least `threshold` is predicted as present. */
export function confusion(scores: readonly number[], truth: readonly number[], threshold: number): Confusion {
  const counts = { hit: 0, missed: 0, wrong: 0, passed: 0 };
  scores.forEach((score, i) => {
    const present = truth[i]! > 0.5;
    if (score >= threshold) counts[present ? 'hit' : 'wrong']++;
    else counts[present ? 'missed' : 'passed']++;
  });
  const { hit, missed, wrong } = counts;
  return { ...counts, f1: hit === 0 ? 0 : (2 * hit) / (2 * hit + missed + wrong) };
}

const BINS = 10;

/** Expected calibration error over ten bins of the score: difference of the mean score and the share of rows that have the label. */
export function calibrationError(scores: readonly number[], truth: readonly number[]): number {
  const off = new Float64Array(BINS);
  scores.forEach((score, i) => {
    off[Math.min(BINS - 1, Math.floor(score * BINS))]! += score - truth[i]!;
  });
  return off.reduce((sum, difference) => sum + Math.abs(difference), 0) / scores.length;
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
