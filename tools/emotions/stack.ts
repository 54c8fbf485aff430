import { EMOTIONS } from '../../src/domain/emotion';

const OUTPUTS = EMOTIONS.length;
const STEPS = 600;
const RATE = 0.5;
const SHRINK = 0.003;

/** log-odds of emotion k = bias[k] + sum over inputs of coefficients[input][k] * input[k]. */
export interface Stack {
  readonly coefficients: readonly Float64Array[];
  readonly bias: Float64Array;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/**
 * Weighs models against each other, each emotion for itself, by logistic regression on their log-odds. With one input this is
 * Platt's calibration; with several it is one for all of them together. Full-batch gradient descent on standardised inputs.
 * @param inputs one a model, rows x 8, for rows the models have not seen
 */
export function trainStack(inputs: readonly Float32Array[], labels: readonly (readonly number[])[]): Stack {
  const spread = inputs.map(deviations);
  const weights = inputs.map(() => new Float64Array(OUTPUTS).fill(0.5));
  const bias = new Float64Array(OUTPUTS);
  for (let step = 0; step < STEPS; step++) {
    const gradients = weights.map((w) => w.map((value) => value * SHRINK));
    const biasGradient = new Float64Array(OUTPUTS);
    labels.forEach((row, i) => {
      for (let k = 0; k < OUTPUTS; k++) {
        const at = i * OUTPUTS + k;
        let z = bias[k]!;
        for (let m = 0; m < inputs.length; m++) z += (weights[m]![k]! * inputs[m]![at]!) / spread[m]![k]!;
        const error = (sigmoid(z) - row[k]!) / labels.length;
        biasGradient[k]! += error;
        for (let m = 0; m < inputs.length; m++) gradients[m]![k]! += (error * inputs[m]![at]!) / spread[m]![k]!;
      }
    });
    for (let k = 0; k < OUTPUTS; k++) {
      bias[k]! -= RATE * biasGradient[k]!;
      for (let m = 0; m < inputs.length; m++) weights[m]![k]! -= RATE * gradients[m]![k]!;
    }
  }
  return { coefficients: weights.map((w, m) => w.map((value, k) => value / spread[m]![k]!)), bias };
}

export function applyStack(stack: Stack, inputs: readonly Float32Array[]): Float32Array {
  return inputs[0]!.map((_, at) => {
    const k = at % OUTPUTS;
    return inputs.reduce((sum, input, m) => sum + stack.coefficients[m]![k]! * input[at]!, stack.bias[k]!);
  });
}

function deviations(input: Float32Array): Float64Array {
  const rows = input.length / OUTPUTS;
  return Float64Array.from({ length: OUTPUTS }, (_, k) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      sum += input[i * OUTPUTS + k]!;
      squares += input[i * OUTPUTS + k]! ** 2;
    }
    return Math.sqrt(Math.max(1e-6, squares / rows - (sum / rows) ** 2));
  });
}
