import { EMOTIONS } from '../../src/domain/emotion';

const OUTPUTS = EMOTIONS.length;
const STEPS = 12;
/** Strength of the ridge towards the uncalibrated log-odds, in rows (approximately). */
const RIDGE = 30;

/** log-odds of emotion k = bias[k] + sum over j of slopes[k][j] * log-odds of emotion j by the model. */
export interface Calibration {
  readonly slopes: readonly Float64Array[];
  readonly bias: Float64Array;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/**
 * Platt's calibration by logistic regression (Newton's method), with a ridge towards no change. Emotions without a positive row are
 * not calibrated.
 * @param logits rows x 8, for rows that the model was not trained on
 * @param among whether an emotion is also calibrated by the log-odds of the other emotions. This helps where rows have several
 * labels, because emotions such as ANGER and SADNESS are correlated
 */
export function trainCalibration(logits: Float32Array, labels: readonly (readonly number[])[], among: boolean): Calibration {
  const present = EMOTIONS.flatMap((_, k) => (labels.some((row) => row[k] === 1) ? [k] : []));
  const bias = new Float64Array(OUTPUTS);
  const slopes = EMOTIONS.map((_, k) => Float64Array.from(EMOTIONS, (_name, j) => (j === k ? 1 : 0)));
  for (const k of present) {
    const known = among ? present : [k];
    for (let step = 0; step < STEPS; step++) {
      // Unknowns: the bias, then a slope for each known emotion.
      const gradient = [0, ...known.map((j) => RIDGE * (slopes[k]![j]! - (j === k ? 1 : 0)))];
      const hessian = gradient.map((_, a) => gradient.map((_value, b) => (a === b && a > 0 ? RIDGE : 0)));
      labels.forEach((row, i) => {
        const x = [1, ...known.map((j) => logits[i * OUTPUTS + j]!)];
        const p = sigmoid(known.reduce((sum, j) => sum + slopes[k]![j]! * logits[i * OUTPUTS + j]!, bias[k]!));
        x.forEach((value, a) => {
          gradient[a]! += (p - row[k]!) * value;
          for (let b = 0; b < x.length; b++) hessian[a]![b]! += p * (1 - p) * value * x[b]!;
        });
      });
      const [first, ...rest] = solve(hessian, gradient);
      bias[k]! -= first!;
      known.forEach((j, at) => (slopes[k]![j]! -= rest[at]!));
    }
  }
  return { slopes, bias };
}

/** Gaussian elimination without pivoting: the matrix is positive definite. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    for (let row = i + 1; row < n; row++) {
      const factor = matrix[row]![i]! / matrix[i]![i]!;
      for (let column = i; column < n; column++) matrix[row]![column]! -= factor * matrix[i]![column]!;
      right[row]! -= factor * right[i]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    const known = x.reduce((sum, value, column) => (column > i ? sum + matrix[i]![column]! * value : sum), 0);
    x[i] = (right[i]! - known) / matrix[i]![i]!;
  }
  return x;
}

/** Applies the slopes without the bias, to log-odds or to the weights of a feature. */
export const mixed = (values: ArrayLike<number>, { slopes }: Calibration): number[] =>
  slopes.map((row) => row.reduce((sum, slope, j) => sum + slope * values[j]!, 0));

/** rows x 8: calibrated probabilities. */
export function probabilities(logits: Float32Array, calibration: Calibration): Float32Array {
  const out = new Float32Array(logits.length);
  for (let at = 0; at < logits.length; at += OUTPUTS) {
    const row = mixed(logits.subarray(at, at + OUTPUTS), calibration);
    row.forEach((z, k) => (out[at + k] = sigmoid(z + calibration.bias[k]!)));
  }
  return out;
}
