import { EMOTIONS } from '../../domain/emotion';
import { BLOCK_WEIGHTS, FeatureBuffer, type Language } from './features';
import { KnownFeatures } from './known-features';
import { COLUMNS, POLARITY, RECORD, REVIEW, type ModelData } from './model-file';

/** Scores one language: log-odds of the eight emotions. Holds scratch memory, so it is not re-entrant. */
export class LinearScorer {
  readonly thresholds: Float32Array;
  /** One bit a feature: met in this text, so that each counts once. */
  readonly #seen: Uint32Array;
  readonly #buffer: FeatureBuffer;

  /** @throws Error if the parts of the model do not fit together */
  constructor(
    private readonly model: ModelData,
    readonly language: Language,
  ) {
    const known = new KnownFeatures(model.known);
    if (known.count * RECORD !== model.records.length) throw new Error('it does not hold one record for each known feature');
    this.thresholds = model.thresholds;
    this.#seen = new Uint32Array((known.count >>> 5) + 1);
    this.#buffer = new FeatureBuffer(language, known);
  }

  /** @returns undefined if the model knows nothing of the text */
  logits(normalised: string): number[] | undefined {
    const buffer = this.#buffer;
    buffer.extract(normalised);
    if (buffer.length === 0) return undefined;
    const sums = new Array<number>(COLUMNS).fill(0);
    const [first, second] = BLOCK_WEIGHTS[this.language];
    this.#add(sums, 0, buffer.split, first);
    this.#add(sums, buffer.split, buffer.length, second);
    for (let j = 0; j < buffer.length; j++) this.#seen[(buffer.numbers[j] as number) >>> 5] = 0;
    return EMOTIONS.map((_, k) => logit(this.model, sums, k));
  }

  /**
   * Adds a block: its features' weights by their values, at the block's length. Whole numbers in variables instead of a loop over
   * an array, because most of the time of scoring goes here.
   */
  #add(columns: number[], from: number, to: number, weight: number): void {
    const { records, scales } = this.model;
    const numbers = this.#buffer.numbers;
    const seen = this.#seen;
    let squares = 0;
    let [a, b, c, d, e, f, g, h, i, j] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let n = from; n < to; n++) {
      const feature = numbers[n] as number;
      const bit = 1 << (feature & 31);
      const word = seen[feature >>> 5] as number;
      if ((word & bit) !== 0) continue;
      seen[feature >>> 5] = word | bit;
      const at = feature << 4;
      const value = records[at] as number;
      squares += value * value;
      a = (a + value * (records[at + 1] as number)) | 0;
      b = (b + value * (records[at + 2] as number)) | 0;
      c = (c + value * (records[at + 3] as number)) | 0;
      d = (d + value * (records[at + 4] as number)) | 0;
      e = (e + value * (records[at + 5] as number)) | 0;
      f = (f + value * (records[at + 6] as number)) | 0;
      g = (g + value * (records[at + 7] as number)) | 0;
      h = (h + value * (records[at + 8] as number)) | 0;
      i = (i + value * (records[at + 9] as number)) | 0;
      j = (j + value * (records[at + 10] as number)) | 0;
    }
    if (squares === 0) return;
    const scale = weight / Math.sqrt(squares);
    [a, b, c, d, e, f, g, h, i, j].forEach((sum, k) => {
      columns[k] = (columns[k] ?? 0) + scale * sum * (scales[k] ?? 0);
    });
  }
}

/** As in ModelData. */
type Mixture = Readonly<Record<'bias' | 'polarity' | 'pull' | 'damping', ArrayLike<number>>>;

/**
 * Log-odds of an emotion. Where a text reads like a review, what was learnt from comments counts less and polarity more.
 * @param sums of the columns, without bias
 */
export function logit({ bias, polarity, pull, damping }: Mixture, sums: ArrayLike<number>, k: number): number {
  const at = (list: ArrayLike<number>, i: number) => list[i] ?? 0;
  const review = 1 / (1 + Math.exp(-at(sums, REVIEW) - at(bias, REVIEW)));
  const own = at(sums, k) * (1 - at(damping, k) * review);
  return at(bias, k) + own + (at(sums, POLARITY) + at(bias, POLARITY)) * (at(polarity, k) + at(pull, k) * review);
}
