import { logitsOf } from '../../src/adapters/local-model/linear-scorer';
import type { ModelData } from '../../src/adapters/local-model/model-file';
import { EMOTIONS } from '../../src/domain/emotion';
import { mixed, probabilities, trainCalibration, type Calibration } from './calibration';
import type { Row } from './data';
import { trainEmbedding } from './embedding';
import { average, beside, calibrated, concatenate, withColumn } from './linear-algebra';
import { predictLinear, trainLogistic, type LinearModel } from './logistic';
import { OWN_ROWS } from './own-rows';
import { quantise } from './quantise';
import { asStored, salience } from './salience';
import { describeDev, targetsOf, thresholdsOf } from './tuning';
import { Vocabulary, countFeatures, weigh, type Vectors } from './vectors';

const OUTPUTS = EMOTIONS.length;
/** A feature is used if at least this many emotion rows, or polarity rows, have it. */
const MIN_EMOTION_ROWS = 3;
const MIN_POLARITY_ROWS = 20;
const EMOTION_PRIOR = 2;
const POLARITY_PRIOR = 16;
/** Share of the polarity in the value of a feature; the rest is by the emotions. */
const POLARITY_SHARE = 0.8;
/** Scale of the log-odds of the polarity as a feature. At this scale regularisation hardly affects its weight. */
const POLARITY_SCALE = 0.3;
/** Weight of the embedding models against the plain model, and number of embedding models, with different seeds, that are averaged. */
const EMBEDDING_SHARE = 0.5;
const EMBEDDINGS = 4;
const EMBEDDING = { dimensions: 32, dropout: 0.8, learningRate: 0.1 } as const;
/** Number of reviews in the training of the gate, which tells reviews from comments. */
const REVIEW_SAMPLE = 30_000;
/** The gate is (log-odds of a review - REVIEW_FROM) * REVIEW_STEEPNESS: negative for most comments, positive for most reviews. */
const REVIEW_FROM = 2;
const REVIEW_STEEPNESS = 4;
/**
 * For texts that the gate takes for reviews: how much more the polarity counts for each emotion, and how much less the emotion's own
 * weights count. Chosen on the dev part, where the polarity of reviews improves and the emotions of comments hardly change. ANXIETY
 * depends least on polarity, because it includes surprise and doubt.
 */
const PULL: readonly number[] = [0.5, 0.5, 0.5, 0.5, -0.5, -0.5, -0.2, -0.5];
const DAMPING = 0.75;

/** Ten columns (weights of the emotions, polarity and gate) and how the emotions are computed from them. */
interface Reader {
  readonly columns: LinearModel;
  readonly polarity: readonly number[];
  readonly pull: readonly number[];
  readonly damping: readonly number[];
}

/**
 * Emotions of comments, with the help of reviews whose polarity is known. Trained twice with the same settings: first on `train`, to
 * fit calibration and thresholds on `dev`; then on both.
 * @returns the second model
 */
export function trainKorean(train: readonly Row[], dev: readonly Row[], polarityRows: readonly Row[], seed: number): ModelData {
  const own = OWN_ROWS.ko;
  const inEmotions = countFeatures([...train, ...own, ...dev], 'ko');
  const inPolarity = countFeatures(polarityRows, 'ko');
  const vocabulary = new Vocabulary(
    'ko',
    (hash) => inEmotions[hash]! >= MIN_EMOTION_ROWS || inPolarity[hash]! >= MIN_POLARITY_ROWS,
  );
  const features = vocabulary.size;
  const reviewRows = vocabulary.occurrences(polarityRows);
  const polarityTargets = targetsOf(polarityRows);
  const known = [...train, ...own];
  const ofEmotions = salience(vocabulary.occurrences(known), targetsOf(known), OUTPUTS, features, EMOTION_PRIOR);
  const ofPolarity = salience(reviewRows, polarityTargets, 1, features, POLARITY_PRIOR);
  const values = asStored(ofEmotions.map((value, f) => Math.sqrt(value ** 2 + POLARITY_SHARE * ofPolarity[f]! ** 2)));
  const vectors = (rows: readonly Row[]) => weigh(vocabulary.occurrences(rows), values);
  const reviews = weigh(reviewRows, values);
  const polarity = trainLogistic(reviews, polarityTargets, 1, features, { strength: 0.6, epochs: 4, seed });
  const gate = trainGate(vectors(known), vectors(polarityRows.slice(0, REVIEW_SAMPLE)), features, seed);

  const trainOn = (comments: readonly Row[]): Reader => {
    const rows = [...comments, ...own];
    const x = vectors(rows);
    const targets = targetsOf(rows);
    const polarityOfRows = predictLinear(x, polarity).map((z) => z * POLARITY_SCALE);
    const all = trainLogistic(withColumn(x, features, polarityOfRows), targets, OUTPUTS, features + 1, {
      strength: 1,
      epochs: 5,
      seed,
    });
    const plain = { ...all, weights: all.weights.subarray(0, features * OUTPUTS) };
    const embedded = Array.from({ length: EMBEDDINGS }, (_, i) =>
      trainEmbedding(
        { x: reviews, targets: polarityTargets, outputs: 1, epochs: 2 },
        { x, targets, outputs: OUTPUTS, epochs: 6 },
        features,
        { ...EMBEDDING, seed: seed * EMBEDDINGS + i },
      ),
    );
    const emotions = average([plain, ...embedded], [1 - EMBEDDING_SHARE, ...embedded.map(() => EMBEDDING_SHARE / EMBEDDINGS)]);
    return {
      columns: beside([emotions, polarity, gate]),
      polarity: Array.from(all.weights.subarray(features * OUTPUTS), (weight) => weight * POLARITY_SCALE * (1 - EMBEDDING_SHARE)),
      pull: PULL,
      damping: EMOTIONS.map(() => DAMPING),
    };
  };

  const trialLogits = read(trainOn(train), vectors(dev));
  const calibration = trainCalibration(
    trialLogits,
    dev.map(({ labels }) => labels),
    true,
  );
  const scores = probabilities(trialLogits, calibration);
  describeDev('ko', dev, scores);
  const final = calibratedReader(trainOn([...train, ...dev]), calibration);
  return quantise(vocabulary, values, final.columns, { ...final, thresholds: thresholdsOf(dev, scores) });
}

function trainGate(comments: Vectors, reviews: Vectors, features: number, seed: number): LinearModel {
  const isReview = Float32Array.from({ length: comments.rows + reviews.rows }, (_, i) => (i < comments.rows ? 0 : 1));
  const both = concatenate(comments, reviews);
  const review = trainLogistic(both, isReview, 1, features, { strength: 0.5, epochs: 6, seed });
  return {
    outputs: 1,
    weights: review.weights.map((weight) => weight * REVIEW_STEEPNESS),
    bias: review.bias.map((bias) => (bias - REVIEW_FROM) * REVIEW_STEEPNESS),
  };
}

/** rows x 8, computed as by the scorer. */
function read({ columns, polarity, pull, damping }: Reader, x: Vectors): Float32Array {
  const { outputs, bias } = columns;
  const sums = predictLinear(x, { ...columns, bias: new Float32Array(outputs) });
  const out = new Float32Array(x.rows * OUTPUTS);
  for (let row = 0; row < x.rows; row++) {
    out.set(logitsOf({ bias, polarity, pull, damping }, sums.subarray(row * outputs, (row + 1) * outputs)), row * OUTPUTS);
  }
  return out;
}

/** The calibration across emotions is applied to the columns. This is possible because the gate damps all emotions equally. */
const calibratedReader = (reader: Reader, calibration: Calibration): Reader => ({
  columns: calibrated(reader.columns, calibration),
  polarity: mixed(reader.polarity, calibration),
  pull: mixed(reader.pull, calibration),
  damping: reader.damping,
});
