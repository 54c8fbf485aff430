import type { Emotion } from './emotion';

/** What the wall has learnt from said feelings: a correction of the local model. */
export interface ModelCorrection {
  /** Number of the fit, from 1. */
  readonly version: number;
  /** Generation of the model that it corrects. */
  readonly generation: number;
  /** Milliseconds since 1970. */
  readonly fittedAt: number;
  /** As the model packs them, at most 300 KB; null if nothing is corrected. */
  readonly weights: Uint8Array | null;
}

/** A message whose author said what they feel. */
export interface SaidNote {
  readonly authorId: string;
  readonly text: string;
  readonly feeling: Emotion;
}
