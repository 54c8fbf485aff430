import { VALUE_STEPS } from '../../src/adapters/local-model/model-file';
import type { Occurrences } from './vectors';

/** Least value of a feature, so that one without information still counts a little. */
const FLOOR = 0.05;

/**
 * How informative each feature is: the root mean square, over the outputs, of the difference between the log-odds of the label among
 * its rows and among all rows (the weight of naive Bayes). Inverse document frequency would rate every rare feature as informative.
 * @param prior number of average rows that are added to the rows of each feature (smoothing)
 */
export function salience(x: Occurrences, targets: Float32Array, outputs: number, features: number, prior: number): Float32Array {
  const positive = new Float64Array(features * outputs);
  const all = new Float64Array(features);
  const base = new Float64Array(outputs);
  for (let i = 0; i < x.rows; i++) {
    for (let k = 0; k < outputs; k++) base[k]! += targets[i * outputs + k]! / x.rows;
    for (let j = x.starts[i]!; j < x.starts[i + 1]!; j++) {
      const feature = x.columns[j]!;
      all[feature]!++;
      for (let k = 0; k < outputs; k++) positive[feature * outputs + k]! += targets[i * outputs + k]!;
    }
  }
  const logOdds = (p: number): number => Math.log(p / (1 - p));
  return Float32Array.from(all, (count, feature) => {
    let squares = 0;
    for (let k = 0; k < outputs; k++) {
      const p = base[k]!;
      if (p === 0) continue;
      squares += (logOdds((positive[feature * outputs + k]! + prior * p) / (count + prior)) - logOdds(p)) ** 2;
    }
    return Math.sqrt(squares / outputs);
  });
}

/** Rounded as in the model file, so that training and scoring use the same values. */
export const asStored = (values: Float32Array): Float32Array =>
  values.map((value) => Math.max(1, Math.min(127, Math.round((value + FLOOR) * VALUE_STEPS))) / VALUE_STEPS);
