import type { Feeling } from '../domain/emotion';

/** Reads the feeling of one message. Pure and synchronous: the same text always gives the same answer; never throws. */
export interface Scorer {
  /** Name and version, e.g. `jungle-local-1`. */
  readonly model: string;
  score(text: string): Feeling;
}
