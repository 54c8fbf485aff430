/** What can hide in a text: zero-width and other format characters, variation selectors, letters drawn as nothing. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;

/** The text as an eye reads it: compatibility forms folded (full width, mathematical letters), nothing hidden. */
export const plain = (text: string): string => text.normalize('NFKC').replace(INVISIBLE, '');

/** Letters and digits only, lower case: the same however it is spaced or punctuated. */
export const squeeze = (text: string): string =>
  plain(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Words, lower case, of letters and digits. */
export const words = (text: string): string[] =>
  plain(text)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** FNV-1a with a final mix: the same number for the same text, everywhere. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
