import { LETTERS_A_SYLLABLE, decompose } from './jamo';
import { MAX_UNITS } from './normalise';
import { wordsOf } from './words';

/**
 * Text to hashed features, the same in training and scoring. Each language has two blocks that are normalised apart:
 * Korean: syllables and pairs of them with pairs of word beginnings and the length, and n-grams of decomposed letters (jamo); English: word n-grams
 * with the ends of the message, and n-grams of letters within words. A feature is a number below 2^HASH_BITS.
 */
export type Language = 'ko' | 'en';

export const HASH_BITS = 22;
const HASH_MASK = (1 << HASH_BITS) - 1;

/** Two or three syllables, without the spaces, which people set as they like. Shorter ones gain 0.0005 of ROC AUC at twice the time. */
const JAMO = 6;
const LETTERS_TO = 5;
/** Each kind of feature begins its hashes with a number of its own. */
const SEED = { syllables: 11, jamo: 22, letters: 33, words: 44, nextWord: 55, secondWord: 56, length: 66 } as const;

/** English has most: four n-grams of letters and three of words a unit at worst, and the ends. */
const MAX_FEATURES = 8 * MAX_UNITS;

/** How much the first and the second block count; found on the dev part. */
export const BLOCK_WEIGHTS: Readonly<Record<Language, readonly [number, number]>> = { ko: [1.3, 1], en: [1.6, 1] };

const SPACE = 32;
const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
/** By UTF-16 unit: 1 for letters and numbers. */
const IN_WORD = Uint8Array.from({ length: 1 << 16 }, (_, unit) => (LETTER_OR_NUMBER.test(String.fromCharCode(unit)) ? 1 : 0));

export const mix = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193) + 0x9e37;

/** Spreads the last units into the low bits (the finaliser of a common 32-bit mixer). */
export function finish(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 12)) & HASH_MASK;
}

/** Maps hashes to the numbers of known features. */
export interface FeatureNumbers {
  /** Writes the numbers of those hashes in [from, to) that are known to `out`, from `at` on. @returns where they end */
  find(hashes: Int32Array, from: number, to: number, out: Int32Array, at: number): number;
}

/** For counting: every hash is known and is its own number. */
export const ALL_HASHES: FeatureNumbers = {
  find(hashes, from, to, out, at) {
    out.set(hashes.subarray(from, to), at);
    return at + to - from;
  },
};

/**
 * Feature numbers of one text, in two blocks: [0, split) and [split, length), with repetitions. The buffers are reused: read them
 * before the next call. All features are hashed before the first look-up, so that the look-ups wait for memory at the same time.
 */
export class FeatureBuffer {
  readonly numbers = new Int32Array(MAX_FEATURES);
  split = 0;
  length = 0;
  readonly #hashes = new Int32Array(MAX_FEATURES);
  readonly #units = new Uint16Array(MAX_UNITS * LETTERS_A_SYLLABLE + 2);
  #count = 0;

  constructor(
    private readonly language: Language,
    private readonly known: FeatureNumbers,
  ) {}

  /** @param normalised at most MAX_UNITS long */
  extract(normalised: string): void {
    this.#count = 0;
    const middle = this.language === 'ko' ? this.#korean(normalised) : this.#english(normalised);
    this.split = this.known.find(this.#hashes, 0, middle, this.numbers, 0);
    this.length = this.known.find(this.#hashes, middle, this.#count, this.numbers, this.split);
  }

  /** @returns how many hashes are of the first block */
  #korean(text: string): number {
    this.#syllables(text);
    this.#pairsOfBeginnings(text);
    this.#lengthSteps(text.length);
    const middle = this.#count;
    this.#jamo(text);
    return middle;
  }

  /** Each syllable, and each two in a row, with a space at both ends of the text. */
  #syllables(text: string): void {
    let last = SPACE;
    for (let i = 0; i <= text.length; i++) {
      const unit = i < text.length ? text.charCodeAt(i) : SPACE;
      this.#add(mix(SEED.syllables, unit));
      this.#add(mix(mix(SEED.syllables, last), unit));
      last = unit;
    }
  }

  /** The first two syllables of each word, which are about its stem, with those of the two words before it. */
  #pairsOfBeginnings(text: string): void {
    let last = 0;
    let secondLast = 0;
    let i = 0;
    while (i < text.length) {
      const first = text.charCodeAt(i++);
      if (IN_WORD[first] === 0) continue;
      const next = i < text.length ? text.charCodeAt(i) : SPACE;
      const beginning = mix(first, IN_WORD[next] === 1 ? next : SPACE);
      while (i < text.length && IN_WORD[text.charCodeAt(i)] === 1) i++;
      if (last !== 0) this.#add(mix(mix(SEED.nextWord, last), beginning));
      if (secondLast !== 0) this.#add(mix(mix(SEED.secondWord, secondLast), beginning));
      secondLast = last;
      last = beginning;
    }
  }

  /** Six letters in a row, without the spaces but for one at both ends. */
  #jamo(text: string): void {
    const units = this.#units;
    let length = 0;
    units[length++] = SPACE;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit !== SPACE) length = decompose(unit, units, length);
    }
    units[length++] = SPACE;
    for (let i = 0; i + JAMO <= length; i++) {
      let hash: number = SEED.jamo;
      for (let j = i; j < i + JAMO; j++) hash = mix(hash, units[j] as number);
      this.#add(hash);
    }
  }

  /** @returns how many hashes are of the first block */
  #english(text: string): number {
    const words = wordsOf(text);
    let last = this.#word('^', 0, 0);
    let secondLast = 0;
    for (const word of words) {
      const hash = this.#word(word, last, secondLast);
      secondLast = last;
      last = hash;
    }
    this.#word('$', last, secondLast);
    const middle = this.#count;
    for (const word of words) this.#letters(word);
    return middle;
  }

  /** A word, and with the one and the two before it, if there are any. @returns its hash */
  #word(word: string, last: number, secondLast: number): number {
    let hash: number = SEED.words;
    for (let i = 0; i < word.length; i++) hash = mix(hash, word.charCodeAt(i));
    this.#add(hash);
    if (last !== 0) this.#add(mix(mix(hash, SPACE), last));
    if (secondLast !== 0) this.#add(mix(mix(mix(hash, SPACE), last), secondLast));
    return hash;
  }

  /** Two to five letters in a row of a word between two spaces. */
  #letters(word: string): void {
    const end = word.length + 1;
    for (let i = 0; i < end; i++) {
      let hash: number = i === 0 ? mix(SEED.letters, SPACE) : mix(SEED.letters, word.charCodeAt(i - 1));
      for (let j = i + 1; j <= end && j - i < LETTERS_TO; j++) {
        hash = mix(hash, j === end ? SPACE : word.charCodeAt(j - 1));
        this.#add(hash);
      }
    }
  }

  /** Long texts say more, and other things: a feature for each third of a doubling up to the length. */
  #lengthSteps(length: number): void {
    const steps = Math.round(3 * Math.log2(length + 1));
    for (let step = 0; step <= steps; step++) this.#add(mix(SEED.length, step));
  }

  #add(hash: number): void {
    this.#hashes[this.#count++] = finish(hash);
  }
}
