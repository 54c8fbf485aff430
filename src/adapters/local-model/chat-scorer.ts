import { EMOTIONS } from '../../domain/emotion';
import { ChatFeatures } from './chat-features';
import { BLEND, CLASSES, COMMENT, type ChatModelData } from './chat-model-file';
import type { Language } from './features';
import { KnownFeatures } from './known-features';
import { RECORD } from './model-file';
import { LearntWeights, type Learnt } from './learnt-weights';
import { RecordSums } from './record-sums';

/** Probabilities of the nine classes of a chat message in one language. Holds scratch memory, so it is not re-entrant. */
export class ChatScorer {
  readonly thresholds: Float32Array;
  readonly #features: ChatFeatures;
  readonly #sums: RecordSums;
  #learnt: LearntWeights | undefined;

  /** @throws Error if the parts of the model do not fit together */
  constructor(
    private readonly model: ChatModelData,
    language: Language,
  ) {
    const known = new KnownFeatures(model.known);
    if (known.count * RECORD !== model.records.length) throw new Error('it does not hold one record for each known feature');
    this.thresholds = model.thresholds;
    this.#features = new ChatFeatures(language, known);
    this.#sums = new RecordSums(model.records, model.scales);
  }

  /** @param learnt weights that correct the model from the next text on */
  correctBy(learnt: Learnt | undefined): void {
    this.#learnt = learnt && learnt.hashes.length > 0 ? new LearntWeights(learnt) : undefined;
  }

  /** @param comment log-odds of the comment model for the same text */
  read(raw: string, normalised: string, comment: ArrayLike<number>): ChatReading {
    const features = this.#features;
    const { logits, isComment } = this.#readAlone(raw, normalised, comment);
    const shift = this.#learnt?.shift(features.hashes, features.hashCount);
    if (shift) for (let k = 0; k < EMOTIONS.length; k++) logits[k] = (logits[k] as number) + (shift[k] as number);
    const classes = softmax(logits);
    return { classes, scores: blended(this.model.blend, classes, comment, isComment) };
  }

  /** The reading without a correction, for fitting one. @returns log-odds of the nine classes and the hashes of all features */
  examine(
    raw: string,
    normalised: string,
    comment: ArrayLike<number>,
  ): { readonly logits: number[]; readonly hashes: Int32Array } {
    const { logits } = this.#readAlone(raw, normalised, comment);
    return { logits, hashes: this.#features.hashes.slice(0, this.#features.hashCount) };
  }

  #readAlone(raw: string, normalised: string, comment: ArrayLike<number>): { logits: number[]; isComment: number } {
    const features = this.#features;
    features.extract(raw, normalised);
    this.#sums.add(features.numbers, 0, features.length, 1);
    const { sums } = this.#sums;
    const logits = classLogits(this.model, sums, comment);
    const isComment = sigmoid((sums[COMMENT] as number) + (this.model.bias[COMMENT] as number));
    this.#sums.reset(features.numbers, features.length);
    return { logits, isComment };
  }
}

export interface ChatReading {
  /** Probabilities of the nine classes. */
  readonly classes: readonly number[];
  /** Score of each emotion, independent of the others. */
  readonly scores: readonly number[];
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** @param sums of the columns, without bias */
export function classLogits(
  { bias, comment: weights }: Pick<ChatModelData, 'bias' | 'comment'>,
  sums: ArrayLike<number>,
  comment: ArrayLike<number>,
): number[] {
  const logits: number[] = [];
  for (let k = 0; k < CLASSES; k++) {
    let sum = (sums[k] as number) + (bias[k] as number);
    for (let j = 0; j < EMOTIONS.length; j++) sum += (weights[k * EMOTIONS.length + j] as number) * (comment[j] as number);
    logits.push(sum);
  }
  return logits;
}

export function softmax(logits: readonly number[]): number[] {
  let largest = -Infinity;
  for (const logit of logits) largest = Math.max(largest, logit);
  let total = 0;
  const powers: number[] = [];
  for (const logit of logits) {
    const power = Math.exp(logit - largest);
    powers.push(power);
    total += power;
  }
  for (let k = 0; k < powers.length; k++) powers[k] = (powers[k] as number) / total;
  return powers;
}

/** Keeps log-odds finite. */
const EDGE = 1e-6;

/**
 * Scores of the emotions: of a comment those of the comment model, of chat those of both models together.
 * @param blend as in ChatModelData
 * @param isComment probability that the text is a comment
 */
export function blended(
  blend: ArrayLike<number>,
  classes: ArrayLike<number>,
  comment: ArrayLike<number>,
  isComment: number,
): number[] {
  const scores: number[] = [];
  for (let k = 0; k < EMOTIONS.length; k++) {
    const at = k * BLEND;
    const ofComment = comment[k] as number;
    const z =
      (blend[at] as number) + (blend[at + 1] as number) * ofComment + (blend[at + 2] as number) * logit(classes[k] as number);
    scores.push(isComment * sigmoid(ofComment) + (1 - isComment) * sigmoid(z));
  }
  return scores;
}

export const logit = (p: number): number => Math.log(Math.max(EDGE, p) / Math.max(EDGE, 1 - p));
