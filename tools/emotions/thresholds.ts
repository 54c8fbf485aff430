import { CLASSES, NONE } from '../../src/adapters/local-model/chat-model-file';
import { EMOTIONS } from '../../src/domain/emotion';
import type { Row } from './data';
import { confusion } from './metrics';

/**
 * The threshold with the best Matthews correlation of prediction and label, in steps of 0.01. F1 is unsuitable: for an emotion that
 * most rows have, it is highest if nearly every row is predicted as positive.
 */
export function bestThreshold(scores: readonly number[], truth: readonly number[]): number {
  let best = 0.5;
  let bestCorrelation = 0;
  for (let percent = 5; percent <= 90; percent++) {
    const { hit, missed, wrong, passed } = confusion(scores, truth, percent / 100);
    const size = Math.sqrt((hit + missed) * (hit + wrong) * (passed + missed) * (passed + wrong));
    const correlation = size === 0 ? 0 : (hit * passed - missed * wrong) / size;
    if (correlation > bestCorrelation) {
      bestCorrelation = correlation;
      best = percent / 100;
    }
  }
  return best;
}

/**
 * Precision of the emotions that are shown, on cross-validated chat rows. It is 2 to 4 points lower for writers who are not in the
 * training rows, for whom the goal is 75 %.
 */
const PRECISION = 0.79;

/**
 * One threshold for the probability of the likeliest emotion, the same for all emotions: the lowest at which the precision of what is
 * shown reaches PRECISION.
 * @param p rows x CLASSES, by models that were not trained on the row
 */
export function chatThresholds(rows: readonly Row[], p: Float32Array): number[] {
  const shown: { readonly p: number; readonly right: boolean }[] = [];
  rows.forEach(({ labels }, i) => {
    const row = p.subarray(i * CLASSES, (i + 1) * CLASSES);
    const highest = Math.max(...row.subarray(0, NONE));
    if (highest > row[NONE]!) shown.push({ p: highest, right: labels[row.indexOf(highest)]! > 0 });
  });
  shown.sort((a, b) => b.p - a.p);
  let right = 0;
  let threshold = 1;
  shown.forEach((one, i) => {
    if (one.right) right++;
    if (right >= PRECISION * (i + 1)) threshold = one.p;
  });
  return EMOTIONS.map(() => threshold);
}
