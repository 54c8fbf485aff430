import type { Feeling } from '../domain/emotion';

/** Scores the emotions of one message. Pure and synchronous: a text always gets the same result. Never throws. */
export interface Scorer {
  /** Name and version, e.g. `jungle-local-2`. */
  readonly model: string;
  score(text: string): Feeling;
}
