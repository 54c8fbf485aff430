import { EMOTIONS } from '../../domain/emotion';
import type { Language } from './features';

/** Features with their weights, as they were fitted for one language. */
export interface Learnt {
  /** Hashes of the features, different from each other. */
  readonly hashes: Int32Array;
  /** weights[i * 8 + k]: log-odds that feature i adds to emotion k. Those of one feature sum to 0. */
  readonly weights: Float32Array;
}

/** Features of one language at most. */
export const MAX_LEARNT = 4_000;
/** Log-odds by which one message moves an emotion at most. */
const MAX_SHIFT = 4;
const EMPTY = -1;
const WIDTH = EMOTIONS.length;

/** Finds the weights of the features of a message. Holds scratch memory, so it is not re-entrant. */
export class LearntWeights {
  readonly #slots: Int32Array;
  readonly #numbers: Int32Array;
  readonly #mask: number;
  readonly #weights: Float32Array;
  readonly #shift = new Float64Array(WIDTH);

  constructor({ hashes, weights }: Learnt) {
    this.#mask = 2 ** Math.ceil(Math.log2(2 * hashes.length + 1)) - 1;
    this.#slots = new Int32Array(this.#mask + 1).fill(EMPTY);
    this.#numbers = new Int32Array(this.#mask + 1);
    this.#weights = weights;
    hashes.forEach((hash, i) => {
      let slot = hash & this.#mask;
      while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = hash;
      this.#numbers[slot] = i;
    });
  }

  /** Log-odds to add to each emotion, in the first `length` hashes; undefined if no hash is known. Read it before the next call. */
  shift(hashes: Int32Array, length: number): Float64Array | undefined {
    const shift = this.#shift.fill(0);
    let found = false;
    for (let n = 0; n < length; n++) {
      const hash = hashes[n] as number;
      for (let slot = hash & this.#mask; this.#slots[slot] !== EMPTY; slot = (slot + 1) & this.#mask) {
        if (this.#slots[slot] !== hash) continue;
        found = true;
        const at = (this.#numbers[slot] as number) * WIDTH;
        for (let k = 0; k < WIDTH; k++) shift[k] = (shift[k] as number) + (this.#weights[at + k] as number);
        break;
      }
    }
    if (!found) return undefined;
    for (let k = 0; k < WIDTH; k++) shift[k] = Math.max(-MAX_SHIFT, Math.min(MAX_SHIFT, shift[k] as number));
    return shift;
  }
}

const LANGUAGES: readonly Language[] = ['ko', 'en'];

/** For each language the number of features, their hashes and their weights; little-endian. */
export function packLearnt(learnt: Readonly<Partial<Record<Language, Learnt>>>): Uint8Array {
  return Buffer.concat(
    LANGUAGES.map((language) => {
      const { hashes, weights } = learnt[language] ?? { hashes: new Int32Array(), weights: new Float32Array() };
      const bytes = Buffer.alloc(4 * (1 + hashes.length + weights.length));
      let at = bytes.writeUInt32LE(hashes.length, 0);
      for (const hash of hashes) at = bytes.writeInt32LE(hash, at);
      for (const weight of weights) at = bytes.writeFloatLE(weight, at);
      return bytes;
    }),
  );
}

/** @throws RangeError if the bytes are damaged */
export function unpackLearnt(packed: Uint8Array): Record<Language, Learnt> {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  let at = 0;
  const next = (): Learnt => {
    const count = bytes.readUInt32LE(at);
    if (count > MAX_LEARNT) throw new RangeError('the correction has too many features');
    at += 4;
    const hashes = Int32Array.from({ length: count }, (_, i) => bytes.readInt32LE(at + 4 * i));
    at += 4 * count;
    const weights = Float32Array.from({ length: count * WIDTH }, (_, i) => bytes.readFloatLE(at + 4 * i));
    at += 4 * count * WIDTH;
    return { hashes, weights };
  };
  const ko = next();
  return { ko, en: next() };
}
