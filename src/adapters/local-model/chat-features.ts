import { finish, mix, type FeatureNumbers, type Language } from './features';
import { MAX_UNITS } from './normalise';
import { wordsOf } from './words';

/** Each kind of feature begins its hashes with a number of its own. */
const SEED = {
  word: 101,
  pair: 102,
  skip: 103,
  negated: 104,
  first: 105,
  last: 106,
  length: 107,
  words: 108,
  mark: 109,
  letters: 110,
} as const;
/** Stand for the start and the end of a message in pairs of words. */
const START = 1;
const END = 2;

const [LOWER_A, LOWER_Z] = [0x61, 0x7a];
const NEGATIONS = new Set(
  'no not never without nobody nothing cannot cant dont didnt isnt wasnt wont aint doesnt couldnt wouldnt'.split(' '),
);
const NOT_CONTRACTED = "n't";
/** Number of words after a negation that are marked as negated. */
const NEGATED_WORDS = 3;
/** Korean endings and particles are one to three syllables long. */
const MAX_SYLLABLES = 3;
/** Word counts above this are one feature. */
const MAX_WORDS = 8;

/** Korean has most: a word, a pair and three n-grams for each unit. English has five for each word. */
const MAX_FEATURES = 6 * MAX_UNITS;

const CAPITALS = /[A-Z]{3}/;
/** One word in capitals, two, a capital at the start, a full stop at the end, a question mark, an exclamation mark. */
const MARKS: readonly ((raw: string) => boolean)[] = [
  (raw) => CAPITALS.test(raw) && /\b[A-Z]{3,}\b/.test(raw),
  (raw) => CAPITALS.test(raw) && /\b[A-Z]{3,}\b.*\b[A-Z]{3,}\b/s.test(raw),
  (raw) => /^[A-Z]/.test(raw),
  (raw) => raw.endsWith('.'),
  (raw) => raw.includes('?'),
  (raw) => raw.includes('!'),
];

const isLatin = (word: string): boolean => word.charCodeAt(0) >= LOWER_A && word.charCodeAt(0) <= LOWER_Z;
const isNegation = (word: string): boolean =>
  NEGATIONS.has(word) || (word.length > NOT_CONTRACTED.length && word.endsWith(NOT_CONTRACTED));

/**
 * Hashed features of one message for the chat model: words, pairs of words, the ends, the length and marks of the unchanged text; for
 * English also pairs with one word between them and negated words, for Korean one to three syllables in a row. The result stands in
 * `numbers` up to `length`, with repetitions, until the next call.
 */
export class ChatFeatures {
  readonly numbers = new Int32Array(MAX_FEATURES);
  length = 0;
  /** The hashes of all features, known or not, up to `hashCount`, with repetitions. */
  readonly hashes = new Int32Array(MAX_FEATURES);
  hashCount = 0;

  constructor(
    private readonly language: Language,
    private readonly known: FeatureNumbers,
  ) {}

  /** @param normalised at most MAX_UNITS long */
  extract(raw: string, normalised: string): void {
    this.hashCount = 0;
    const words = wordsOf(normalised);
    this.#words(words);
    this.#add(mix(SEED.length, Math.round(2 * Math.log2(normalised.length + 1))));
    this.#add(mix(SEED.words, Math.min(MAX_WORDS, words.length)));
    for (let i = 0; i < MARKS.length; i++) if (MARKS[i]?.(raw) === true) this.#add(mix(SEED.mark, i));
    if (this.language === 'ko') this.#syllables(normalised);
    this.length = this.known.find(this.hashes, 0, this.hashCount, this.numbers, 0);
  }

  #words(words: readonly string[]): void {
    const english = this.language === 'en';
    let last = START;
    let secondLast = 0;
    let negated = 0;
    for (const word of words) {
      let hash = 0;
      for (let i = 0; i < word.length; i++) hash = mix(hash, word.charCodeAt(i));
      this.#add(mix(SEED.word, hash));
      this.#add(mix(mix(SEED.pair, last), hash));
      if (english) {
        if (secondLast !== 0) this.#add(mix(mix(SEED.skip, secondLast), hash));
        if (isLatin(word)) {
          if (negated > 0) {
            this.#add(mix(SEED.negated, hash));
            negated--;
          }
          if (isNegation(word)) negated = NEGATED_WORDS;
        }
      }
      if (last === START) this.#add(mix(SEED.first, hash));
      secondLast = last === START ? 0 : last;
      last = hash;
    }
    this.#add(mix(mix(SEED.pair, last), END));
    if (last !== START) this.#add(mix(SEED.last, last));
  }

  /** One to three units in a row, with a space at both ends of the message. */
  #syllables(text: string): void {
    const unitAt = (i: number): number => (i < 0 || i >= text.length ? 32 : text.charCodeAt(i));
    for (let i = -1; i <= text.length; i++) {
      let hash: number = SEED.letters;
      for (let n = 0; n < MAX_SYLLABLES && i + n <= text.length; n++) {
        hash = mix(hash, unitAt(i + n));
        this.#add(hash);
      }
    }
  }

  #add(hash: number): void {
    this.hashes[this.hashCount++] = finish(hash);
  }
}
