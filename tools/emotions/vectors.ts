import { ALL_HASHES, BLOCK_WEIGHTS, FeatureBuffer, HASH_BITS, type Language } from '../../src/adapters/local-model/features';
import { BITMAP_WORDS, KnownFeatures } from '../../src/adapters/local-model/known-features';
import { normalise } from '../../src/adapters/local-model/normalise';
import type { Row } from './data';

const SIZE = 1 << HASH_BITS;

/** Row i has the features columns[starts[i]..starts[i+1]), each once; the second block of the row begins at middles[i]. */
export interface Occurrences {
  readonly language: Language;
  readonly rows: number;
  readonly starts: Int32Array;
  readonly middles: Int32Array;
  readonly columns: Int32Array;
}

/** Sparse rows: row i has the features columns[starts[i]..starts[i+1]) with the values at the same indexes. */
export interface Vectors {
  readonly rows: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** Number of rows with each hashed feature. */
export function countFeatures(rows: readonly Row[], language: Language): Uint32Array {
  const counts = new Uint32Array(SIZE);
  const seenIn = new Int32Array(SIZE).fill(-1);
  const buffer = new FeatureBuffer(language, ALL_HASHES);
  rows.forEach((row, i) => {
    buffer.extract(normalise(row.text));
    for (let j = 0; j < buffer.length; j++) {
      const hash = buffer.numbers[j]!;
      if (seenIn[hash] === i) continue;
      seenIn[hash] = i;
      counts[hash]!++;
    }
  });
  return counts;
}

/** The features of a model. */
export class Vocabulary {
  readonly bitmap = new Uint32Array(BITMAP_WORDS);
  readonly size: number;
  readonly #known: KnownFeatures;

  constructor(
    readonly language: Language,
    keep: (hash: number) => boolean,
  ) {
    for (let hash = 0; hash < SIZE; hash++) if (keep(hash)) this.bitmap[hash >>> 5]! |= 1 << (hash & 31);
    this.#known = new KnownFeatures(this.bitmap);
    this.size = this.#known.count;
  }

  occurrences(rows: readonly Row[]): Occurrences {
    const starts = new Int32Array(rows.length + 1);
    const middles = new Int32Array(rows.length);
    let columns = new Int32Array(rows.length * 256 + 65_536);
    const seenIn = new Int32Array(this.size).fill(-1);
    const buffer = new FeatureBuffer(this.language, this.#known);
    let n = 0;
    rows.forEach((row, i) => {
      buffer.extract(normalise(row.text));
      if (n + buffer.length > columns.length) {
        const longer = new Int32Array(columns.length * 2);
        longer.set(columns);
        columns = longer;
      }
      for (let j = 0; j < buffer.length; j++) {
        if (j === buffer.split) middles[i] = n;
        const feature = buffer.numbers[j]!;
        if (seenIn[feature] === i) continue;
        seenIn[feature] = i;
        columns[n++] = feature;
      }
      if (buffer.split === buffer.length) middles[i] = n;
      starts[i + 1] = n;
    });
    return { language: this.language, rows: rows.length, starts, middles, columns: columns.slice(0, n) };
  }
}

/** Scales each block of a row to the length in BLOCK_WEIGHTS. @param values of the features */
export function weigh(rows: Occurrences, values: Float32Array): Vectors {
  const out = new Float32Array(rows.columns.length);
  const [first, second] = BLOCK_WEIGHTS[rows.language];
  const block = (from: number, to: number, weight: number): void => {
    let squares = 0;
    for (let j = from; j < to; j++) squares += values[rows.columns[j]!]! ** 2;
    const scale = squares > 0 ? weight / Math.sqrt(squares) : 0;
    for (let j = from; j < to; j++) out[j] = scale * values[rows.columns[j]!]!;
  };
  for (let i = 0; i < rows.rows; i++) {
    block(rows.starts[i]!, rows.middles[i]!, first);
    block(rows.middles[i]!, rows.starts[i + 1]!, second);
  }
  return { rows: rows.rows, starts: rows.starts, columns: rows.columns, values: out };
}
