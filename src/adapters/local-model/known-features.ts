import { HASH_BITS, type FeatureNumbers } from './features';

/** Words of the bitmap: one bit for each hash. */
export const BITMAP_WORDS = (1 << HASH_BITS) / 32;

function popCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Which hashed features a model knows. They are numbered in the order of their hashes. */
export class KnownFeatures implements FeatureNumbers {
  readonly count: number;
  /** Word of the bitmap and, beside it so that both are in one cache line, how many are known before it. */
  readonly #table: Int32Array;

  constructor(bitmap: Uint32Array) {
    this.#table = new Int32Array(2 * BITMAP_WORDS);
    let rank = 0;
    for (let i = 0; i < BITMAP_WORDS; i++) {
      const word = bitmap[i] as number;
      this.#table[2 * i] = word;
      this.#table[2 * i + 1] = rank;
      rank += popCount(word);
    }
    this.count = rank;
  }

  /** As FeatureNumbers says. An unknown hash is overwritten by the next one: a branch would delay the look-ups that follow. */
  find(hashes: Int32Array, from: number, to: number, out: Int32Array, at: number): number {
    let end = at;
    for (let i = from; i < to; i++) {
      const hash = hashes[i] as number;
      const place = (hash >>> 5) << 1;
      const word = this.#table[place] as number;
      const below = (1 << (hash & 31)) - 1;
      out[end] = (this.#table[place + 1] as number) + popCount(word & below);
      end += (word >>> (hash & 31)) & 1;
    }
    return end;
  }
}
