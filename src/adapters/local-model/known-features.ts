import { HASH_BITS } from './features';

/** Words of the bitmap: one bit for each hash. */
export const BITMAP_WORDS = (1 << HASH_BITS) / 32;

function popCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Which hashed features a model knows. They are numbered in the order of their hashes. */
export class KnownFeatures {
  readonly count: number;
  /** Word of the bitmap and, beside it so that both are in one cache line, how many are known before it. */
  readonly #table: Uint32Array;

  constructor(bitmap: Uint32Array) {
    this.#table = new Uint32Array(2 * BITMAP_WORDS);
    let rank = 0;
    bitmap.forEach((word, i) => {
      this.#table[2 * i] = word;
      this.#table[2 * i + 1] = rank;
      rank += popCount(word);
    });
    this.count = rank;
  }

  /** -1 if unknown. */
  number(hash: number): number {
    const at = (hash >>> 5) << 1;
    const word = this.#table[at] as number;
    const bit = 1 << (hash & 31);
    return (word & bit) === 0 ? -1 : (this.#table[at + 1] as number) + popCount(word & (bit - 1));
  }
}
