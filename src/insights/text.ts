/** Characters that can hide in a text: format characters such as zero-width ones, variation selectors, blank letters. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;

/** NFKC (full-width and mathematical letters become plain ones) without invisible characters. */
export const normalizeText = (text: string): string => text.normalize('NFKC').replace(INVISIBLE, '');

/** Letters and digits only, in lower case: the same text however it is spaced or punctuated. */
export const lettersAndDigits = (text: string): string =>
  normalizeText(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Runs of letters and digits, in lower case. */
export const words = (text: string): string[] =>
  normalizeText(text)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** FNV-1a with a final mix (32 bits): the same number in every process. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
