import { EMOTIONS } from '../../src/domain/emotion';
import type { LinearModel } from './logistic';
import type { Stack } from './stack';
import type { Vectors } from './vectors';

const OUTPUTS = EMOTIONS.length;

/** One row after the other's. */
export function concatenate(a: Vectors, b: Vectors): Vectors {
  const starts = new Int32Array(a.rows + b.rows + 1);
  starts.set(a.starts);
  for (let i = 0; i <= b.rows; i++) starts[a.rows + i] = a.columns.length + b.starts[i]!;
  const columns = new Int32Array(a.columns.length + b.columns.length);
  columns.set(a.columns);
  columns.set(b.columns, a.columns.length);
  const values = new Float32Array(columns.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { rows: a.rows + b.rows, starts, columns, values };
}

/** A model with one output as one with eight equal ones. */
export const widen = (model: LinearModel): LinearModel => ({
  outputs: OUTPUTS,
  weights: Float32Array.from({ length: model.weights.length * OUTPUTS }, (_, i) => model.weights[Math.floor(i / OUTPUTS)]!),
  bias: new Float32Array(OUTPUTS).fill(model.bias[0]!),
});

/** A stack of linear models is one linear model. */
export function fold(models: readonly LinearModel[], stack: Stack): LinearModel {
  const bias = Float32Array.from(stack.bias, (b, k) =>
    models.reduce((sum, m, i) => sum + stack.coefficients[i]![k]! * m.bias[k]!, b),
  );
  const weights = models[0]!.weights.map((_, at) =>
    models.reduce((sum, m, i) => sum + stack.coefficients[i]![at % OUTPUTS]! * m.weights[at]!, 0),
  );
  return { outputs: OUTPUTS, weights, bias };
}

/** The outputs of all, side by side. */
export function beside(models: readonly LinearModel[]): LinearModel {
  const outputs = models.reduce((sum, model) => sum + model.outputs, 0);
  const features = models[0]!.weights.length / models[0]!.outputs;
  const weights = new Float32Array(features * outputs);
  const bias = new Float32Array(outputs);
  let first = 0;
  for (const model of models) {
    bias.set(model.bias, first);
    for (let f = 0; f < features; f++) {
      weights.set(model.weights.subarray(f * model.outputs, (f + 1) * model.outputs), f * outputs + first);
    }
    first += model.outputs;
  }
  return { outputs, weights, bias };
}
