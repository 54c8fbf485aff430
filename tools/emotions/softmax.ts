import { seededRandom, shuffle } from './random';
import type { LinearModel } from './logistic';
import type { Vectors } from './vectors';

export interface SoftmaxOptions {
  readonly epochs: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** Start of the sums of squared gradients: keeps the first steps of rare features short. */
const FIRST_SQUARES = 0.01;
/** The bias moves this much slower than the weights. */
const BIAS_RATE = 0.02;

/**
 * Multinomial logistic regression with soft labels by AdaGrad, one rate a feature. The number of epochs is the only regularisation:
 * on rows of writers that training had not seen, weight decay made every figure worse.
 * @param targets rows x outputs; each row sums to 1
 * @param rows those to train on
 */
export function trainSoftmax(
  x: Vectors,
  targets: Float32Array,
  outputs: number,
  features: number,
  rows: Int32Array,
  o: SoftmaxOptions,
): LinearModel {
  const weights = new Float32Array(features * outputs);
  const squares = new Float32Array(features).fill(FIRST_SQUARES);
  const bias = new Float32Array(outputs);
  const random = seededRandom(o.seed);
  const order = rows.slice();
  const errors = new Float64Array(outputs);
  for (let epoch = 0; epoch < o.epochs; epoch++) {
    const rate = o.learningRate * (1 - epoch / o.epochs);
    shuffle(order, random);
    for (const row of order) {
      probabilitiesOf(x, weights, bias, row, errors);
      let size = 0;
      for (let k = 0; k < outputs; k++) {
        errors[k]! -= targets[row * outputs + k]!;
        size += errors[k]! ** 2;
        bias[k]! -= rate * BIAS_RATE * errors[k]!;
      }
      for (let j = x.starts[row]!; j < x.starts[row + 1]!; j++) {
        const feature = x.columns[j]!;
        const value = x.values[j]!;
        squares[feature]! += value * value * size;
        const step = (rate * value) / Math.sqrt(squares[feature]!);
        for (let k = 0; k < outputs; k++) weights[feature * outputs + k]! -= step * errors[k]!;
      }
    }
  }
  return { outputs, weights, bias };
}

/** Writes the probabilities of one row to `out`. */
export function probabilitiesOf(x: Vectors, weights: Float32Array, bias: Float32Array, row: number, out: Float64Array): void {
  const outputs = bias.length;
  out.set(bias);
  for (let j = x.starts[row]!; j < x.starts[row + 1]!; j++) {
    const at = x.columns[j]! * outputs;
    const value = x.values[j]!;
    for (let k = 0; k < outputs; k++) out[k]! += weights[at + k]! * value;
  }
  let largest = -Infinity;
  for (let k = 0; k < outputs; k++) largest = Math.max(largest, out[k]!);
  let total = 0;
  for (let k = 0; k < outputs; k++) total += out[k] = Math.exp(out[k]! - largest);
  for (let k = 0; k < outputs; k++) out[k]! /= total;
}
