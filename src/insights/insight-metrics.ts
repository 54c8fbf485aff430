import type { InsightSource } from '../domain/insight';
import type { LetterFault } from '../ports/letter-model';

/** Why a model's letter was not used: the call failed, the letter did not pass a check, or no call was made. */
export type InsightFault = LetterFault | 'quotes' | 'rare-words' | 'form' | 'daily-limit' | 'paused' | 'unknown';

/** Counters of letters. Never throws. */
export interface InsightMetrics {
  letter(source: InsightSource): void;
  fault(fault: InsightFault): void;
  /** Adds to the amount spent, in millionths of a US dollar. */
  spent(microUsd: number): void;
}
