import { EMOTIONS } from '../../domain/emotion';
import { BLOCK_WEIGHTS, FeatureBuffer, type Language } from './features';
import { KnownFeatures } from './known-features';
import { POLARITY, RECORD, REVIEW, type ModelData } from './model-file';
import { RecordSums } from './record-sums';

/** Scores one language: log-odds of the eight emotions. Holds scratch memory, so it is not re-entrant. */
export class LinearScorer {
  readonly thresholds: Float32Array;
  readonly #sums: RecordSums;
  readonly #buffer: FeatureBuffer;

  /** @throws Error if the parts of the model do not fit together */
  constructor(
    private readonly model: ModelData,
    readonly language: Language,
  ) {
    const known = new KnownFeatures(model.known);
    if (known.count * RECORD !== model.records.length) throw new Error('it does not hold one record for each known feature');
    this.thresholds = model.thresholds;
    this.#sums = new RecordSums(model.records, model.scales);
    this.#buffer = new FeatureBuffer(language, known);
  }

  /** @returns undefined if the model knows no feature of the text */
  logits(normalised: string): number[] | undefined {
    const buffer = this.#buffer;
    const { numbers } = buffer;
    buffer.extract(normalised);
    const { split, length } = buffer;
    if (length === 0) return undefined;
    const [first, second] = BLOCK_WEIGHTS[this.language];
    this.#sums.add(numbers, 0, split, first);
    this.#sums.add(numbers, split, length, second);
    const logits = logitsOf(this.model, this.#sums.sums);
    this.#sums.reset(numbers, length);
    return logits;
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
  const logits: number[] = [];
  for (let k = 0; k < EMOTIONS.length; k++) {
    const own = (sums[k] as number) * (1 - (damping[k] as number) * review);
    logits.push((bias[k] as number) + own + pleasant * ((polarity[k] as number) + (pull[k] as number) * review));
  }
  return logits;
}
