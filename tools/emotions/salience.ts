import { VALUE_STEPS } from '../../src/adapters/local-model/model-file';
import type { Occurrences } from './vectors';

/** So that a feature that tells nothing still counts a little. */
const FLOOR = 0.05;

/**
 * How telling each feature is: the root mean square, over the outputs, of the log-odds of the label among its rows less those
 * among all (naive Bayes' weight). Better than inverse document frequency, which calls every rare feature telling.
 * @param prior rows of the average kind that are added to each feature's own
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

/** As the model file rounds them, so that training and scoring weigh alike. */
export const asStored = (values: Float32Array): Float32Array =>
  values.map((value) => Math.max(1, Math.min(127, Math.round((value + FLOOR) * VALUE_STEPS))) / VALUE_STEPS);
