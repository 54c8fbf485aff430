import { ChatFeatures } from '../../src/adapters/local-model/chat-features';
import { BLEND, CLASSES, NONE, type ChatModelData } from '../../src/adapters/local-model/chat-model-file';
import { logit } from '../../src/adapters/local-model/chat-scorer';
import { commentLogits } from '../../src/adapters/local-model/comment-reader';
import { ALL_HASHES, HASH_BITS, type Language } from '../../src/adapters/local-model/features';
import { BITMAP_WORDS, KnownFeatures } from '../../src/adapters/local-model/known-features';
import { LinearScorer } from '../../src/adapters/local-model/linear-scorer';
import { VALUE_STEPS, type ModelData } from '../../src/adapters/local-model/model-file';
import { normalise } from '../../src/adapters/local-model/normalise';
import { EMOTIONS } from '../../src/domain/emotion';
import type { Row } from './data';
import { beside, concatenate, withColumns } from './linear-algebra';
import { trainLogistic, type LinearModel } from './logistic';
import { OWN_ROWS } from './own-rows';
import { quantise } from './quantise';
import { seededRandom } from './random';
import { probabilitiesOf, trainSoftmax, type SoftmaxOptions } from './softmax';
import { chatThresholds } from './thresholds';
import { targetsOf } from './tuning';
import type { Vectors } from './vectors';

const EMOTION_COUNT = EMOTIONS.length;
/** A feature is used if at least this many rows have it. */
const MIN_ROWS = 2;
/** Weight of the features that are the log-odds of the comment model (absolute value up to 5). The squares of the other features sum to 1. */
const COMMENT_SCALE = 0.25;
const SETTINGS = { epochs: 12, learningRate: 0.4 } as const;
/** Number of models, trained on the rows in different orders, whose average is used. */
const SEEDS = 3;
const FOLDS = 10;
const GATE_STRENGTH = 4;
const GATE_STEEPNESS = 3;
const GATE_SHIFT = 1.3;
/** Comments in the training of the gate for each row of chat. */
const GATE_COMMENTS = 2;

/** Log-odds of the comment model for a text without a known feature: no emotion is likely. */
const UNKNOWN: readonly number[] = EMOTIONS.map(() => -2);

/**
 * Trains the nine classes of chat on top of the comment model of the same language, also on the sentences of own-rows.ts, which name a
 * feeling. Only rows of chat are measured.
 */
export function trainChat(
  chat: readonly Row[],
  comments: readonly Row[],
  model: ModelData,
  language: Language,
  seed: number,
): ChatModelData {
  const rows = [...chat, ...OWN_ROWS[language].map(withNone)];
  const { known, values } = knownFeatures(rows, language);
  const vectors = vectorise(rows, language, known, values);
  const scorer = new LinearScorer(model, language);
  const logits = rows.map(({ text }) => commentLogits(scorer, normalise(text)) ?? UNKNOWN);
  const x = withColumns(
    vectors,
    values.length,
    logits.map((row) => row.map((value) => value * COMMENT_SCALE)),
  );
  const features = values.length + EMOTION_COUNT;
  const targets = targetsOf(rows);
  const train = (part: Int32Array, options: SoftmaxOptions) => trainSoftmax(x, targets, CLASSES, features, part, options);

  const unseen = crossValidate(chat.length, seed, (part) => train(part, { ...SETTINGS, seed }), x);
  const thresholds = chatThresholds(chat, unseen);
  describe(language, chat, unseen, thresholds);

  const all = Int32Array.from(rows.keys());
  const models = Array.from({ length: SEEDS }, (_, i) => train(all, { ...SETTINGS, seed: seed * SEEDS + i }));
  const mean = (pick: (model: (typeof models)[0]) => Float32Array) =>
    pick(models[0]!).map((_, i) => models.reduce((sum, model) => sum + pick(model)[i]! / SEEDS, 0));
  const weights = mean(({ weights: w }) => w);
  const bias = mean(({ bias: b }) => b);
  const classes = { outputs: CLASSES, weights: weights.subarray(0, values.length * CLASSES), bias };
  const gate = trainGate(
    vectors,
    vectorise(comments.slice(0, GATE_COMMENTS * rows.length), language, known, values),
    values.length,
    seed,
  );
  const columns = beside([classes, gate]);
  const { records, scales } = quantise(known, values, columns, { thresholds: [], polarity: [], pull: [], damping: [] });
  const comment = new Float32Array(CLASSES * EMOTION_COUNT);
  for (let k = 0; k < CLASSES; k++) {
    for (let j = 0; j < EMOTION_COUNT; j++) {
      comment[k * EMOTION_COUNT + j] = COMMENT_SCALE * weights[(values.length + j) * CLASSES + k]!;
    }
  }
  return {
    known: known.bitmap,
    records,
    scales,
    bias: columns.bias,
    comment,
    thresholds: Float32Array.from(thresholds),
    blend: fitBlend(chat, unseen, logits),
  };
}

interface Known {
  readonly bitmap: Uint32Array;
  readonly size: number;
}

/** Log-odds that a row is a comment and not chat, scaled and shifted so that most comments are well above zero. */
function trainGate(chat: Vectors, comments: Vectors, features: number, seed: number): LinearModel {
  const isComment = Float32Array.from({ length: chat.rows + comments.rows }, (_, i) => (i < chat.rows ? 0 : 1));
  const options = { strength: GATE_STRENGTH, epochs: 6, seed };
  const gate = trainLogistic(concatenate(chat, comments), isComment, 1, features, options);
  return {
    outputs: 1,
    weights: gate.weights.map((weight) => weight * GATE_STEEPNESS),
    bias: gate.bias.map((bias) => (bias + GATE_SHIFT) * GATE_STEEPNESS),
  };
}

/** Features of at least MIN_ROWS rows, with their inverse document frequency, rounded as in the model file. */
function knownFeatures(rows: readonly Row[], language: Language): { known: Known; values: Float32Array } {
  const rowsWith = new Uint32Array(1 << HASH_BITS);
  const all = new ChatFeatures(language, ALL_HASHES);
  const hashesOf = ({ text }: Row): Set<number> => {
    all.extract(text, normalise(text));
    return new Set(all.numbers.subarray(0, all.length));
  };
  for (const row of rows) for (const hash of hashesOf(row)) rowsWith[hash]!++;
  const bitmap = new Uint32Array(BITMAP_WORDS);
  const counts: number[] = [];
  rowsWith.forEach((count, hash) => {
    if (count < MIN_ROWS) return;
    bitmap[hash >>> 5]! |= 1 << (hash & 31);
    counts.push(count);
  });
  const values = Float32Array.from(counts, (count) => {
    const rarity = Math.log(1 + rows.length / count) / Math.log(1 + rows.length / MIN_ROWS);
    return Math.max(1, Math.round(127 * rarity)) / VALUE_STEPS;
  });
  return { known: { bitmap, size: values.length }, values };
}

/** Scales rows to length 1. */
function vectorise(rows: readonly Row[], language: Language, { bitmap }: Known, values: Float32Array): Vectors {
  const features = new ChatFeatures(language, new KnownFeatures(bitmap));
  const starts = new Int32Array(rows.length + 1);
  const columns: number[] = [];
  const weights: number[] = [];
  rows.forEach(({ text }, i) => {
    features.extract(text, normalise(text));
    const found = [...new Set(features.numbers.subarray(0, features.length))];
    const length = Math.sqrt(found.reduce((sum, feature) => sum + values[feature]! ** 2, 0)) || 1;
    for (const feature of found) {
      columns.push(feature);
      weights.push(values[feature]! / length);
    }
    starts[i + 1] = columns.length;
  });
  return { rows: rows.length, starts, columns: Int32Array.from(columns), values: Float32Array.from(weights) };
}

const withNone = ({ text, labels }: Row): Row => ({ text, labels: [...labels, labels.includes(1) ? 0 : 1] });

/** tested x CLASSES: probabilities of the first rows, each by a model that was not trained on it. All other rows are always in training. */
function crossValidate(
  tested: number,
  seed: number,
  train: (part: Int32Array) => { readonly weights: Float32Array; readonly bias: Float32Array },
  x: Vectors,
): Float32Array {
  const random = seededRandom(seed);
  const fold = Int32Array.from({ length: x.rows }, (_, i) => (i < tested ? Math.floor(random() * FOLDS) : FOLDS));
  const out = new Float32Array(tested * CLASSES);
  const row = new Float64Array(CLASSES);
  for (let f = 0; f < FOLDS; f++) {
    const model = train(Int32Array.from(fold.keys()).filter((i) => fold[i] !== f));
    fold.forEach((of, i) => {
      if (of !== f) return;
      probabilitiesOf(x, model.weights, model.bias, i, row);
      out.set(row, i * CLASSES);
    });
  }
  return out;
}

const STEPS = 20;
/** Strength of the ridge that keeps the slope near START, in rows (approximately). */
const RIDGE = 20;
const START = 0.3;
/** Weight of the comment model in the sum of both models' log-odds; the chat model has 1. */
const COMMENT_SHARE = 2;

/** Scores of each emotion in chat: the sum of the log-odds of both models, calibrated by Platt's method. */
function fitBlend(rows: readonly Row[], unseen: Float32Array, comment: readonly (readonly number[])[]): Float32Array {
  const blend = new Float32Array(EMOTION_COUNT * BLEND);
  EMOTIONS.forEach((_, k) => {
    const sums = rows.map((_row, i) => COMMENT_SHARE * comment[i]![k]! + logit(unseen[i * CLASSES + k]!));
    let bias = 0;
    let slope = START;
    for (let step = 0; step < STEPS; step++) {
      let [g0, g1, h00, h01, h11] = [0, RIDGE * (slope - START), 1e-6, 0, RIDGE];
      sums.forEach((z, i) => {
        const p = 1 / (1 + Math.exp(-bias - slope * z));
        const error = p - (rows[i]!.labels[k]! > 0 ? 1 : 0);
        const curve = p * (1 - p);
        g0 += error;
        g1 += error * z;
        h00 += curve;
        h01 += curve * z;
        h11 += curve * z * z;
      });
      const determinant = h00 * h11 - h01 * h01;
      bias -= (h11 * g0 - h01 * g1) / determinant;
      slope -= (h00 * g1 - h01 * g0) / determinant;
    }
    blend.set([bias, slope * COMMENT_SHARE, slope], k * BLEND);
  });
  return blend;
}

function describe(language: Language, rows: readonly Row[], p: Float32Array, thresholds: readonly number[]): void {
  let [right, shown, shownRight, emotional, covered] = [0, 0, 0, 0, 0];
  rows.forEach(({ labels }, i) => {
    const row = p.subarray(i * CLASSES, (i + 1) * CLASSES);
    const best = row.subarray(0, NONE).indexOf(Math.max(...row.subarray(0, NONE)));
    const show = row[best]! > row[NONE]! && row[best]! >= thresholds[best]!;
    const none = labels[NONE] === 1;
    if (!none) emotional++;
    if (show) shown++;
    if (show && !none) covered++;
    if (show && labels[best]! > 0) shownRight++;
    if (show ? labels[best]! > 0 : none) right++;
  });
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  console.log(
    `${language}: cross-validated on ${rows.length} chat rows: right ${percent(right, rows.length)}, ` +
      `precision of shown ${percent(shownRight, shown)}, coverage ${percent(covered, emotional)}`,
  );
}
