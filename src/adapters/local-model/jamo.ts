const FIRST_SYLLABLE = 0xac00;
const SYLLABLES = 11172;
const VOWELS = 21;
const FINALS = 28;
const FIRST_VOWEL = 0x314f;

const unitsOf = (letters: string): Uint16Array => Uint16Array.from(letters, (letter) => letter.charCodeAt(0));
const INITIAL_UNITS = unitsOf('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ');
const FINAL_UNITS = unitsOf('ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ');

/** A syllable is at most three letters. */
export const LETTERS_A_SYLLABLE = 3;

/**
 * Writes one unit. A syllable is written in the compatibility letters that slang is typed with, so that ㅋㅋ and 크크 share features.
 * @returns the position of the next unit
 */
export function decompose(unit: number, out: Uint16Array, at: number): number {
  const syllable = unit - FIRST_SYLLABLE;
  if (syllable < 0 || syllable >= SYLLABLES) {
    out[at] = unit;
    return at + 1;
  }
  const withVowel = (syllable / FINALS) | 0;
  const initial = (withVowel / VOWELS) | 0;
  const final = syllable - withVowel * FINALS;
  out[at] = INITIAL_UNITS[initial] as number;
  out[at + 1] = FIRST_VOWEL + withVowel - initial * VOWELS;
  if (final === 0) return at + 2;
  out[at + 2] = FINAL_UNITS[final - 1] as number;
  return at + 3;
}
