const WORD_OR_SIGN = /[a-z]+(?:'[a-z]+)?|[\p{L}\p{N}]+|\p{Extended_Pictographic}|[^\s\p{L}\p{N}]+/gu;
const NONE: readonly string[] = [];

let last: { readonly text: string; readonly words: readonly string[] } = { text: '', words: NONE };

/** The words and signs of a normalised text. Both models ask for those of one text in turn, so the last answer is kept. */
export function wordsOf(normalised: string): readonly string[] {
  if (last.text !== normalised) last = { text: normalised, words: normalised.match(WORD_OR_SIGN) ?? NONE };
  return last.words;
}
