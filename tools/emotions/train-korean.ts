import { EMOTIONS } from '../../src/domain/emotion';
import type { ModelData } from '../../src/adapters/local-model/model-file';
import type { Row } from './data';
import { beside, concatenate, fold, widen } from './linear-algebra';
import { predictLinear, trainLogistic, type LinearModel } from './logistic';
import { OWN_ROWS } from './own-rows';
import { quantise } from './quantise';
import { asStored, salience } from './salience';
import { applyStack, trainStack } from './stack';
import { describeDev, targetsOf, thresholdsOf } from './tuning';
import { Vocabulary, countFeatures, weigh, type Vectors } from './vectors';

const OUTPUTS = EMOTIONS.length;
/** A feature is known from this many emotion rows, or polarity rows, on. */
const MIN_EMOTION_ROWS = 3;
const MIN_POLARITY_ROWS = 40;
const EMOTION_PRIOR = 4;
const POLARITY_PRIOR = 16;
/** How much what polarity says of a feature counts in its value, against what the emotions say. */
const POLARITY_SHARE = 0.3;
/** Reviews against which the comments are held to learn what a review reads like. */
const REVIEW_SAMPLE = 12_000;
/** The gate is review-log-odds less this, times that: most comments are below it, most reviews above. */
const REVIEW_FROM = 1;
const REVIEW_STEEPNESS = 2;
/**
 * How far polarity moves each emotion of a text that reads like a review. Found on the dev part: the polarity of reviews gains,
 * the emotions of comments lose next to nothing; ANXIETY (surprise and doubt are in it) goes least with it.
 */
const PULL: readonly number[] = [0.7, 0.7, 0.7, 0.7, -0.7, -0.7, -0.15, -0.7];

/**
 * Emotions of comments, with the help of reviews whose polarity is known. Trained twice with the same settings: on `train`, to
 * learn on `dev` how to weigh the parts, calibrate and cut; then on both, which is what is returned.
 */
export function trainKorean(train: readonly Row[], dev: readonly Row[], polarityRows: readonly Row[], seed: number): ModelData {
  const known = [...train, ...OWN_ROWS.ko];
  const inEmotions = countFeatures([...known, ...dev], 'ko');
  const inPolarity = countFeatures(polarityRows, 'ko');
  const vocabulary = new Vocabulary(
    'ko',
    (hash) => inEmotions[hash]! >= MIN_EMOTION_ROWS || inPolarity[hash]! >= MIN_POLARITY_ROWS,
  );
  const features = vocabulary.size;
  const reviewRows = vocabulary.occurrences(polarityRows);
  const polarityTargets = targetsOf(polarityRows);
  const ofEmotions = salience(vocabulary.occurrences(known), targetsOf(known), OUTPUTS, features, EMOTION_PRIOR);
  const ofPolarity = salience(reviewRows, polarityTargets, 1, features, POLARITY_PRIOR);
  const values = asStored(ofEmotions.map((value, f) => Math.sqrt(value ** 2 + POLARITY_SHARE * ofPolarity[f]! ** 2)));
  const vectors = (rows: readonly Row[]) => weigh(vocabulary.occurrences(rows), values);
  const polarity = trainLogistic(weigh(reviewRows, values), polarityTargets, 1, features, { strength: 0.7, epochs: 4, seed });
  const gate = trainGate(vectors(known), vectors(polarityRows.slice(0, REVIEW_SAMPLE)), features, seed);
  const trainOn = (rows: readonly Row[]): LinearModel =>
    trainLogistic(vectors(rows), targetsOf(rows), OUTPUTS, features, { strength: 0.7, epochs: 6, seed });

  const onDev = vectors(dev);
  const inputs = [trainOn(known), widen(polarity)].map((model) => predictLinear(onDev, model));
  const stack = trainStack(
    inputs,
    dev.map(({ labels }) => labels),
  );
  const scores = pulled(applyStack(stack, inputs), predictLinear(onDev, polarity), predictLinear(onDev, gate));
  describeDev('ko', dev, scores);
  const emotions = fold([trainOn([...known, ...dev]), widen(polarity)], stack);
  return quantise(vocabulary, values, beside([emotions, polarity, gate]), thresholdsOf(dev, scores), PULL);
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

/** Probabilities as the scorer gives them, before rounding to eight bits: rows x 8. */
const pulled = (logits: Float32Array, polarity: Float32Array, gate: Float32Array): Float32Array =>
  logits.map((logit, at) => {
    const row = Math.floor(at / OUTPUTS);
    const pull = (PULL[at % OUTPUTS]! * polarity[row]!) / (1 + Math.exp(-gate[row]!));
    return 1 / (1 + Math.exp(-(logit + pull)));
  });
