/** A list of words that some rooms do not want to read. */
export interface WordFilter {
  /** @returns the text with asterisks over what is on the list; the text itself if nothing is */
  mask(text: string): string;
}
