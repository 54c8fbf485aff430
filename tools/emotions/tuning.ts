import { EMOTIONS } from '../../src/domain/emotion';
import type { Row } from './data';
import { mean, rocAuc } from './metrics';
import { bestThreshold } from './thresholds';

const OUTPUTS = EMOTIONS.length;

/** rows x labels. */
export const targetsOf = (rows: readonly Row[]): Float32Array => Float32Array.from(rows.flatMap(({ labels }) => labels));

const column = (scores: Float32Array, k: number): number[] =>
  Array.from({ length: scores.length / OUTPUTS }, (_, i) => scores[i * OUTPUTS + k]!);

/** Thresholds of the emotions, each at least the share of rows that have it; 1, which no score reaches, if no row has it. */
export const thresholdsOf = (dev: readonly Row[], scores: Float32Array): number[] =>
  EMOTIONS.map((_, k) => {
    const truth = dev.map(({ labels }) => labels[k]!);
    return truth.includes(1) ? Math.max(bestThreshold(column(scores, k), truth), mean(truth)) : 1;
  });

/** Prints the macro ROC AUC on the dev part. */
export function describeDev(name: string, dev: readonly Row[], scores: Float32Array): void {
  const aucs = EMOTIONS.map((_, k) =>
    rocAuc(
      column(scores, k),
      dev.map(({ labels }) => labels[k]!),
    ),
  ).filter((auc) => !Number.isNaN(auc));
  console.log(`${name}: macro ROC AUC on the dev part ${mean(aucs).toFixed(4)} (${aucs.map((auc) => auc.toFixed(3)).join(' ')})`);
}
