import type { ModelData } from '../../src/adapters/local-model/model-file';
import { EMOTIONS } from '../../src/domain/emotion';
import { probabilities, trainCalibration } from './calibration';
import type { Row } from './data';
import { calibrated } from './linear-algebra';
import { predictLinear, trainLogistic, type LinearModel } from './logistic';
import { OWN_ROWS } from './own-rows';
import { quantise } from './quantise';
import { asStored, salience } from './salience';
import { describeDev, targetsOf, thresholdsOf } from './tuning';
import { Vocabulary, countFeatures, weigh } from './vectors';

const OUTPUTS = EMOTIONS.length;
const MIN_ROWS = 3;
const PRIOR = 6;

/**
 * One linear model, trained twice with the same settings: first on `train`, to fit calibration and thresholds on `dev`; then on both.
 * @returns the second model
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

  const trialLogits = predictLinear(vectors(dev), trainOn(known));
  const calibration = trainCalibration(
    trialLogits,
    dev.map(({ labels }) => labels),
    false,
  );
  const scores = probabilities(trialLogits, calibration);
  describeDev('en', dev, scores);
  const model = calibrated(trainOn([...known, ...dev]), calibration);
  return quantise(vocabulary, values, model, { thresholds: thresholdsOf(dev, scores), polarity: [], pull: [], damping: [] });
}
