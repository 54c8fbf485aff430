/** Masks words of a block list. */
export interface WordFilter {
  /**
   * @param ownWords of a room, besides the list; see domain/room `parseOwnWords`
   * @returns the text with listed words replaced by asterisks, one per character, or the same text if it has none
   */
  mask(text: string, ownWords: readonly string[]): string;
}
