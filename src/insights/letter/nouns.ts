import { readFile } from 'node:fs/promises';
import type { Term } from 'compromise/misc';
import generic from './generic-nouns.json';

/** Nouns of a text, by garu-ko (Korean) and compromise (English). */
export interface NounFinder {
  /**
   * The nouns and compounds of a text, each once, in lower case, English ones in the singular. Nouns that describe no subject
   * (`generic-nouns.json`), names of people, dates, amounts and nouns of one syllable are left out.
   */
  nounsOf(text: string): Set<string>;
  /** Whether a lower-case word is no noun, or only a generic one. Words unknown to the analysers count as nouns. */
  isOrdinary(word: string): boolean;
}

interface KoreanToken {
  readonly text: string;
  /** Part of speech, Sejong tag set. */
  readonly pos: string;
  /** Offsets of the space-delimited word that contains the token. */
  readonly start: number;
  readonly end: number;
}

/** Characters analysed of one text: garu-ko takes up to 40 ms for so many. */
const MAX_TEXT = 120;
/** Longer words are laughter or noise, and garu-ko's time grows with the square of their length. */
const MAX_WORD = 11;
const TOO_LONG = new RegExp(String.raw`\p{L}{${MAX_WORD + 1},}`, 'gu');

const GENERIC: ReadonlySet<string> = new Set([...generic.ko, ...generic.en].flatMap((line) => line.split(' ')));

/** All steps of compromise but its grammar rules, which take four fifths of the time and add few nouns. */
const TAGGER_STEPS = ['contractions', 'alias', 'machine', 'index', 'lexicon', 'preTagger'];

interface CompromiseMethods {
  readonly two: { readonly transform: { readonly noun: { toSingular(word: string, model: object): string } } };
}

type Tagger = (text: string) => readonly Term[];
type Singular = (word: string) => string;

let loading: Promise<NounFinder> | undefined;

/** Loads both analysers once per process: 2 MB from disk, no network. This blocks the event loop for about half a second. */
export function loadNounFinder(): Promise<NounFinder> {
  return (loading ??= load());
}

async function load(): Promise<NounFinder> {
  // The package's own entry loads the same files, but writes a warning to the console.
  const { initSync, GaruWasm } = await import('garu-ko/pkg/garu_wasm.js');
  initSync({ module: await readFile(require.resolve('garu-ko/pkg/garu_wasm_bg.wasm')) });
  const garu = new GaruWasm(await readFile(require.resolve('garu-ko/models/base.gmdl')));
  const { default: nlp } = await import('compromise/two');
  const { noun } = (nlp.methods() as CompromiseMethods).two.transform;
  const singular: Singular = (word) => noun.toSingular(word, nlp.model());

  const analyze = (text: string) => (garu.analyze(text) as { tokens: KoreanToken[] }).tokens;
  const tag: Tagger = (text) => nlp.tokenize(text).compute(TAGGER_STEPS).document.flat();

  const nounsOf = (text: string): Set<string> => {
    const short = text.toLowerCase().replace(TOO_LONG, ' ').slice(0, MAX_TEXT);
    const found = new Set<string>();
    if (/[가-힣]{2}/.test(short)) addKorean(found, analyze(short));
    const latin = short.replace(/[^\p{Script=Latin}\p{N}\p{P}\s]+/gu, ' . ');
    if (/\p{Script=Latin}{3}/u.test(latin)) addEnglish(found, tag(latin), singular);
    return found;
  };
  const isOrdinary = (word: string): boolean => {
    if (word.length > MAX_WORD) return false;
    const nouns = /[가-힣]/.test(word)
      ? analyze(word).flatMap(({ text, pos }) => (/^(?:NN[GP]|SL|XR)$/.test(pos) ? [text] : []))
      : tag(word).flatMap(({ text, tags }) => (tags?.has('Noun') ? [singular(text)] : []));
    return nouns.every(isGeneric);
  };
  return { nounsOf, isOrdinary };
}

/** An unknown word is tagged as a noun; with such an ending it is a verb or an adjective. */
const PREDICATE_ENDING = /(?:..[요죠]|[었았였겠]다|니다|니까)$/;
/** Suffixes of plurals, amounts, adjectives (역사적) and courtesy, which end a noun. */
const ENDING_SUFFIXES = new Set(['들', '적', '째', '씩', '쯤', '짜리', '님', '끼리', '마다']);

function addKorean(found: Set<string>, tokens: readonly KoreanToken[]): void {
  for (let i = 0; i < tokens.length;) {
    const parts: string[] = [];
    const start = tokens[i]?.start;
    let last: KoreanToken | undefined;
    for (; i < tokens.length; i++) {
      last = tokens[i];
      if (!last || last.start !== start || !/^[가-힣]+$/.test(last.text)) break;
      const suffix = last.pos === 'XSN' && parts.length > 0 && !ENDING_SUFFIXES.has(last.text);
      if (!suffix && !['NNG', 'NNP', 'XPN'].includes(last.pos)) break;
      parts.push(last.text);
    }
    // With XSA the noun is the root of an adjective: 행복하다. Before 요 it is mostly a predicate that was misread: 한대요, 통화해요.
    const isPredicate = last?.start === start && (last?.pos === 'XSA' || last?.text === '요');
    if (parts.length > 0 && !isPredicate) addParts(found, parts);
    if (parts.length === 0) i++;
  }
}

const NO_SUBJECT = ['Pronoun', 'Possessive', 'Date', 'Duration', 'Value', 'Unit', 'Person', 'Verb'];

function addEnglish(found: Set<string>, terms: readonly Term[], singular: Singular): void {
  let before: string | undefined;
  for (const term of terms) {
    const word = nounOf(term, singular);
    if (word !== undefined) {
      addParts(found, [word]);
      if (before !== undefined && !(isGeneric(before) && isGeneric(word))) found.add(`${before} ${word}`);
    }
    before = /^\s+$/.test(term.post) ? word : undefined;
  }
}

function nounOf({ text, tags }: Term, singular: Singular): string | undefined {
  if (!/^[\p{Script=Latin}-]{3,}$/u.test(text) || /(.)\1\1/.test(text)) return undefined;
  if (!tags?.has('Noun') || NO_SUBJECT.some((tag) => tags.has(tag))) return undefined;
  return tags.has('Plural') ? singular(text) : text;
}

/** Adds the compound and, if there are several, each part. */
function addParts(found: Set<string>, parts: readonly string[]): void {
  for (const noun of new Set([...parts, parts.join('')])) {
    const short = /[가-힣]/.test(noun) ? noun.length < 2 || PREDICATE_ENDING.test(noun) : noun.length < 3;
    if (!short && noun.length <= MAX_WORD && !isGeneric(noun)) found.add(noun);
  }
}

const isGeneric = (noun: string): boolean => GENERIC.has(noun);
