/** Masks words of a block list. */
export interface WordFilter {
  /** @returns the text with listed words replaced by asterisks, or the same text if it has none */
  mask(text: string): string;
}
