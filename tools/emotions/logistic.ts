import { seededRandom, shuffle } from './random';
import type { Vectors } from './vectors';

/** `outputs` linear functions of the features: weights[feature * outputs + k] and one bias for each. */
export interface LinearModel {
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface LogisticOptions {
  /** Weight of the losses against the squared norm of the weights (the C of support vector machines). */
  readonly strength: number;
  readonly epochs: number;
  readonly seed: number;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/**
 * L2-regularised logistic regression for several outputs at once, by dual coordinate descent (Yu, Huang and Lin 2011), adapted to
 * soft targets. At the optimum w is the sum of C (target - p) x over the rows, where p is the prediction for the row. So one step
 * solves logit(p) + C |x|^2 (p - p_before) = w x for p by Newton's method and moves w along x.
 * @param targets rows x outputs, each 0 to 1
 */
export function trainLogistic(
  x: Vectors,
  targets: Float32Array,
  outputs: number,
  features: number,
  o: LogisticOptions,
): LinearModel {
  const weights = new Float32Array(features * outputs);
  const bias = new Float32Array(outputs);
  const predicted = Float32Array.from(targets);
  const order = Int32Array.from({ length: x.rows }, (_, i) => i);
  const random = seededRandom(o.seed);
  const steps = new Float64Array(outputs);
  const sums = new Float64Array(outputs);
  for (let epoch = 0; epoch < o.epochs; epoch++) {
    shuffle(order, random);
    for (const row of order) {
      const start = x.starts[row]!;
      const end = x.starts[row + 1]!;
      const c = o.strength;
      let squares = 1; // of the bias, a feature that is always 1
      for (let k = 0; k < outputs; k++) sums[k] = bias[k]!;
      for (let j = start; j < end; j++) {
        const at = x.columns[j]! * outputs;
        const value = x.values[j]!;
        squares += value * value;
        for (let k = 0; k < outputs; k++) sums[k]! += weights[at + k]! * value;
      }
      for (let k = 0; k < outputs; k++) {
        const before = predicted[row * outputs + k]!;
        const curve = c * squares;
        let u = sums[k]!;
        for (let i = 0; i < 4; i++) {
          const p = sigmoid(u);
          u -= (u + curve * (p - before) - sums[k]!) / (1 + curve * p * (1 - p));
        }
        const p = sigmoid(u);
        predicted[row * outputs + k] = p;
        steps[k] = c * (before - p);
        bias[k]! += steps[k]!;
      }
      for (let j = start; j < end; j++) {
        const at = x.columns[j]! * outputs;
        const value = x.values[j]!;
        for (let k = 0; k < outputs; k++) weights[at + k]! += steps[k]! * value;
      }
    }
  }
  return { outputs, weights, bias };
}

/** rows x outputs, before the sigmoid. */
export function predictLinear(x: Vectors, model: LinearModel): Float32Array {
  const { outputs, weights, bias } = model;
  const out = new Float32Array(x.rows * outputs);
  for (let row = 0; row < x.rows; row++) {
    for (let k = 0; k < outputs; k++) {
      let sum = bias[k]!;
      for (let j = x.starts[row]!; j < x.starts[row + 1]!; j++) sum += weights[x.columns[j]! * outputs + k]! * x.values[j]!;
      out[row * outputs + k] = sum;
    }
  }
  return out;
}
