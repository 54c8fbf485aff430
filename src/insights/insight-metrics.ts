import type { InsightSource } from '../domain/insight';
import type { LetterFault } from '../ports/letter-model';

/** Why a model's letter was not used: the call's own fault, or what was wrong with the letter, or why no call was made. */
export type InsightFault = LetterFault | 'quotes' | 'planted' | 'form' | 'daily-limit' | 'paused' | 'unknown';

/** What is counted about letters. Never throws. */
export interface InsightMetrics {
  letter(source: InsightSource): void;
  fault(fault: InsightFault): void;
  /** Millionths of a US dollar. */
  spent(microUsd: number): void;
}
