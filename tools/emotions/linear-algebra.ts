import { mixed, type Calibration } from './calibration';
import type { LinearModel } from './logistic';
import type { Vectors } from './vectors';

/** Concatenates rows. */
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

/** Adds one feature, with its value in each row. */
export const withColumn = (x: Vectors, column: number, extra: Float32Array): Vectors =>
  withColumns(
    x,
    column,
    Array.from(extra, (value) => [value]),
  );

/** Adds features, numbered from `column`, with their values in each row. */
export function withColumns(x: Vectors, column: number, extra: readonly (readonly number[])[]): Vectors {
  const count = extra[0]?.length ?? 0;
  const starts = x.starts.map((start, i) => start + i * count);
  const columns = new Int32Array(x.columns.length + x.rows * count);
  const values = new Float32Array(columns.length);
  for (let i = 0; i < x.rows; i++) {
    columns.set(x.columns.subarray(x.starts[i], x.starts[i + 1]), starts[i]);
    values.set(x.values.subarray(x.starts[i], x.starts[i + 1]), starts[i]);
    const end = starts[i + 1]! - count;
    extra[i]!.forEach((value, k) => {
      columns[end + k] = column + k;
      values[end + k] = value;
    });
  }
  return { rows: x.rows, starts, columns, values };
}

/** The weighted sum of linear models is the linear model of their weighted sums. */
export function average(models: readonly LinearModel[], shares: readonly number[]): LinearModel {
  const sum = (pick: (model: LinearModel) => Float32Array) =>
    pick(models[0]!).map((_, i) => models.reduce((total, model, m) => total + shares[m]! * pick(model)[i]!, 0));
  return { outputs: models[0]!.outputs, weights: sum((model) => model.weights), bias: sum((model) => model.bias) };
}

/** Applies the calibration of the first eight outputs to the model; other outputs do not change. */
export function calibrated({ outputs, weights, bias }: LinearModel, calibration: Calibration): LinearModel {
  const mix = (values: Float32Array): Float32Array => {
    const out = values.slice();
    for (let at = 0; at < out.length; at += outputs) out.set(mixed(values.subarray(at, at + outputs), calibration), at);
    return out;
  };
  return { outputs, weights: mix(weights), bias: mix(bias).map((value, k) => value + (calibration.bias[k] ?? 0)) };
}

/** One model with the outputs of all models. */
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
