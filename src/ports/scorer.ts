import type { Feeling } from '../domain/emotion';

/** Scores the emotions of one message. Pure and synchronous: a text always gets the same result. Never throws. */
export interface Scorer {
  /** Name and version, e.g. `jungle-local-2`. */
  readonly model: string;
  /** Number of the model, stored with each message. It changes whenever scores change. */
  readonly generation: number;
  score(text: string): Feeling;
}
