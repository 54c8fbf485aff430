import type { ModelData } from '../../src/adapters/local-model/model-file';
import { EMOTIONS } from '../../src/domain/emotion';
import type { Row } from './data';
import { fold } from './linear-algebra';
import { predictLinear, trainLogistic, type LinearModel } from './logistic';
import { OWN_ROWS } from './own-rows';
import { quantise } from './quantise';
import { asStored, salience } from './salience';
import { applyStack, trainStack } from './stack';
import { describeDev, targetsOf, thresholdsOf } from './tuning';
import { Vocabulary, countFeatures, weigh } from './vectors';

const OUTPUTS = EMOTIONS.length;
const MIN_ROWS = 3;
const PRIOR = 6;

/**
 * One linear model; an embedding as for Korean gained nothing where every row has emotions. Trained twice with the same settings:
 * on `train`, to learn on `dev` how to calibrate and cut; then on both, which is what is returned.
 */
export function trainEnglish(train: readonly Row[], dev: readonly Row[], seed: number): ModelData {
  const known = [...train, ...OWN_ROWS.en];
  const counts = countFeatures([...known, ...dev], 'en');
  const vocabulary = new Vocabulary('en', (hash) => counts[hash]! >= MIN_ROWS);
  const knownRows = vocabulary.occurrences(known);
  const values = asStored(salience(knownRows, targetsOf(known), OUTPUTS, vocabulary.size, PRIOR));
  const vectors = (rows: readonly Row[]) => weigh(vocabulary.occurrences(rows), values);
  const trainOn = (rows: readonly Row[]): LinearModel =>
    trainLogistic(vectors(rows), targetsOf(rows), OUTPUTS, vocabulary.size, { strength: 0.4, epochs: 6, seed });

  const onDev = [predictLinear(vectors(dev), trainOn(known))];
  const stack = trainStack(
    onDev,
    dev.map(({ labels }) => labels),
  );
  const scores = applyStack(stack, onDev).map((logit) => 1 / (1 + Math.exp(-logit)));
  describeDev('en', dev, scores);
  return quantise(vocabulary, values, fold([trainOn([...known, ...dev])], stack), thresholdsOf(dev, scores), []);
}
