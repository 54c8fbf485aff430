import type { LinearModel } from './logistic';
import { seededRandom, shuffle } from './random';
import type { Vectors } from './vectors';

/** Rows with their labels; labels are rows x outputs, each 0 to 1. */
export interface Task {
  readonly x: Vectors;
  readonly targets: Float32Array;
  readonly outputs: number;
  readonly epochs: number;
}

export interface EmbeddingOptions {
  readonly dimensions: number;
  /** Dropout: share of the features of a row that a step ignores, so that the model does not depend on a single feature. */
  readonly dropout: number;
  readonly learningRate: number;
  readonly seed: number;
}

const START = 0.3;
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/**
 * Learns a short vector for each feature, first from one task and then from a second, so that the emotions use what 180,000 reviews
 * show about a word. All outputs share the vectors. A row is the sum of the vectors of its features and each output is linear in that
 * sum, so the result is a linear model of the features. Optimised by AdaGrad with one rate per feature.
 * @returns the model of the second task
 */
export function trainEmbedding(first: Task, second: Task, features: number, o: EmbeddingOptions): LinearModel {
  const random = seededRandom(o.seed);
  const between = (limit: number) => (random() * 2 - 1) * limit;
  const vectors = Float32Array.from({ length: features * o.dimensions }, () => between(START));
  const squares = new Float32Array(features).fill(0.1);
  const heads = [first, second].map((task) => {
    const size = task.outputs * o.dimensions;
    return {
      weights: Float32Array.from({ length: size }, () => between(1 / Math.sqrt(o.dimensions))),
      squares: new Float32Array(size).fill(1),
      bias: new Float32Array(task.outputs),
      biasSquares: new Float32Array(task.outputs).fill(1),
    };
  });
  const sum = new Float64Array(o.dimensions);
  const gradient = new Float64Array(o.dimensions);
  [first, second].forEach(({ x, targets, outputs, epochs }, t) => {
    const head = heads[t]!;
    const order = Int32Array.from({ length: x.rows }, (_, i) => i);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const rate = o.learningRate * (t === 0 ? 1 : 1 - epoch / epochs);
      shuffle(order, random);
      for (const row of order) {
        const kept: number[] = [];
        sum.fill(0);
        gradient.fill(0);
        for (let j = x.starts[row]!; j < x.starts[row + 1]!; j++) {
          if (random() < o.dropout) continue;
          kept.push(j);
          const at = x.columns[j]! * o.dimensions;
          const value = x.values[j]! / (1 - o.dropout);
          for (let i = 0; i < o.dimensions; i++) sum[i]! += value * vectors[at + i]!;
        }
        for (let k = 0; k < outputs; k++) {
          const from = k * o.dimensions;
          let z = head.bias[k]!;
          for (let i = 0; i < o.dimensions; i++) z += head.weights[from + i]! * sum[i]!;
          const error = sigmoid(z) - targets[row * outputs + k]!;
          head.biasSquares[k]! += error * error;
          head.bias[k]! -= (rate * error) / Math.sqrt(head.biasSquares[k]!);
          for (let i = 0; i < o.dimensions; i++) {
            gradient[i]! += error * head.weights[from + i]!;
            const slope = error * sum[i]!;
            head.squares[from + i]! += slope * slope;
            head.weights[from + i]! -= (rate * slope) / Math.sqrt(head.squares[from + i]!);
          }
        }
        const size = gradient.reduce((total, g) => total + g * g, 0) / o.dimensions;
        for (const j of kept) {
          const feature = x.columns[j]!;
          const value = x.values[j]! / (1 - o.dropout);
          squares[feature]! += value * value * size;
          const step = (rate * value) / Math.sqrt(squares[feature]!);
          for (let i = 0; i < o.dimensions; i++) vectors[feature * o.dimensions + i]! -= step * gradient[i]!;
        }
      }
    }
  });
  const { weights, bias } = heads[1]!;
  return { outputs: second.outputs, weights: multiply(vectors, weights, o.dimensions, second.outputs), bias };
}

function multiply(vectors: Float32Array, head: Float32Array, dimensions: number, outputs: number): Float32Array {
  return Float32Array.from({ length: (vectors.length / dimensions) * outputs }, (_, at) => {
    const vector = Math.floor(at / outputs) * dimensions;
    const from = (at % outputs) * dimensions;
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += vectors[vector + i]! * head[from + i]!;
    return sum;
  });
}
