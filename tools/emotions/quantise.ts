import { COLUMNS, RECORD, VALUE_STEPS, type ModelData } from '../../src/adapters/local-model/model-file';
import type { LinearModel } from './logistic';

/** Weights are clipped to this many standard deviations, so that a few large ones do not reduce the precision of all. */
const CUT = 12;

/** Eight bits for each weight and one scale for each column. Columns that the model lacks are zero. */
export function quantise(
  vocabulary: { readonly bitmap: Uint32Array; readonly size: number },
  values: Float32Array,
  model: LinearModel,
  rest: Readonly<Record<'thresholds' | 'polarity' | 'pull' | 'damping', readonly number[]>>,
): ModelData {
  const features = vocabulary.size;
  const records = new Int8Array(features * RECORD);
  const scales = new Float32Array(COLUMNS);
  const bias = new Float32Array(COLUMNS);
  for (let f = 0; f < features; f++) records[f * RECORD] = Math.round(values[f]! * VALUE_STEPS);
  for (let k = 0; k < model.outputs; k++) {
    let squares = 0;
    let largest = 0;
    for (let f = 0; f < features; f++) {
      const weight = model.weights[f * model.outputs + k]!;
      squares += weight * weight;
      largest = Math.max(largest, Math.abs(weight));
    }
    const scale = Math.min(largest, CUT * Math.sqrt(squares / features)) / 127;
    for (let f = 0; f < features; f++) {
      const steps = scale === 0 ? 0 : Math.round(model.weights[f * model.outputs + k]! / scale);
      records[f * RECORD + 1 + k] = Math.max(-127, Math.min(127, steps));
    }
    scales[k] = scale;
    bias[k] = model.bias[k]!;
  }
  const floats = (list: readonly number[], missing: number) =>
    Float32Array.from({ length: COLUMNS }, (_, k) => list[k] ?? missing);
  return {
    known: vocabulary.bitmap,
    records,
    scales,
    bias,
    thresholds: floats(rest.thresholds, 1),
    polarity: floats(rest.polarity, 0),
    pull: floats(rest.pull, 0),
    damping: floats(rest.damping, 0),
  };
}
