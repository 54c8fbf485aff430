import type { ModelCorrection } from '../domain/model-correction';

/** The newest correction of the local model. @throws DomainError UNAVAILABLE while the store is unreachable */
export interface CorrectionStore {
  latest(): Promise<ModelCorrection | undefined>;
  /**
   * Replaces the correction, of which nothing is kept. Atomic, and durable when resolved.
   * @returns false, and stores nothing, if the stored version is the same or a higher one
   */
  replace(correction: ModelCorrection): Promise<boolean>;
}
