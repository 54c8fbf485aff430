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
  readonly #sums = new Float64Array(COLUMNS);

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
    this.#sums.fill(0);
    const [first, second] = BLOCK_WEIGHTS[this.language];
    this.#add(0, buffer.split, first);
    this.#add(buffer.split, buffer.length, second);
    for (let n = 0; n < buffer.length; n++) this.#seen[(buffer.numbers[n] as number) >>> 5] = 0;
    return logitsOf(this.model, this.#sums);
  }

  /**
   * Adds a block to the sums: its features' weights by their values, at the block's length. The first loop only sees to it that the
   * records are on their way from memory; the second has whole numbers in variables instead of a loop over an array. Most of the
   * time of scoring goes here.
   */
  #add(from: number, to: number, weight: number): void {
    const { records, scales } = this.model;
    const { numbers } = this.#buffer;
    const seen = this.#seen;
    let squares = 0;
    let end = from;
    for (let n = from; n < to; n++) {
      const feature = numbers[n] as number;
      const word = seen[feature >>> 5] as number;
      const bit = 1 << (feature & 31);
      if ((word & bit) !== 0) continue;
      seen[feature >>> 5] = word | bit;
      numbers[end++] = feature;
      const value = records[feature << 4] as number;
      squares += value * value;
    }
    if (squares === 0) return;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    let i = 0;
    let j = 0;
    for (let n = from; n < end; n++) {
      const at = (numbers[n] as number) << 4;
      const value = records[at] as number;
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
    const scale = weight / Math.sqrt(squares);
    const totals = [a, b, c, d, e, f, g, h, i, j];
    for (let k = 0; k < COLUMNS; k++)
      this.#sums[k] = (this.#sums[k] as number) + scale * (totals[k] as number) * (scales[k] as number);
  }
}

/** As in ModelData. */
type Mixture = Readonly<Record<'bias' | 'polarity' | 'pull' | 'damping', ArrayLike<number>>>;

/**
 * Log-odds of the emotions. Where a text reads like a review, what was learnt from comments counts less and polarity more.
 * @param sums of the columns, without bias
 */
export function logitsOf({ bias, polarity, pull, damping }: Mixture, sums: ArrayLike<number>): number[] {
  const review = 1 / (1 + Math.exp(-(sums[REVIEW] as number) - (bias[REVIEW] as number)));
  const pleasant = (sums[POLARITY] as number) + (bias[POLARITY] as number);
  return EMOTIONS.map((_, k) => {
    const own = (sums[k] as number) * (1 - (damping[k] as number) * review);
    return (bias[k] as number) + own + pleasant * ((polarity[k] as number) + (pull[k] as number) * review);
  });
}
