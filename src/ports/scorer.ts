import type { Feeling } from '../domain/emotion';
import type { ModelCorrection, SaidNote } from '../domain/model-correction';

/** Scores the emotions of one message. Synchronous; with one correction a text always gets the same result. Never throws. */
export interface Scorer {
  /** Name and version, e.g. `jungle-local-2`. */
  readonly model: string;
  /** Number of the model and its correction, stored with each message (`scoredByOf`). It changes whenever scores change. */
  readonly scoredBy: number;
  score(text: string): Feeling;
}

/** A scorer that can be corrected while it is in use. */
export interface CorrectableScorer extends Scorer {
  /** @param correction from the next text on; one of another generation or without weights counts as none */
  correctBy(correction: ModelCorrection | undefined): void;
}

/** Fits corrections of the local model. */
export interface CorrectionFitter {
  /**
   * Gives way to other work of the process again and again.
   * @param notes at most a few from each account
   * @param version of the correction; chooses the accounts whose notes are held out
   * @returns null if there are too few notes, or no correction reads the held-out notes as well as the model alone
   */
  fit(notes: readonly SaidNote[], version: number, signal: AbortSignal): Promise<Uint8Array | null>;
}
