import type { Setup } from '../installation';
import type { Trial } from '../trial';

/** A fault under load. */
export interface Scenario {
  readonly name: string;
  /** Description for the table. */
  readonly about: string;
  readonly setup?: Setup;
  /** Causes the fault and ends it. @returns evidence that it happened @throws if it did not happen, or if a check fails */
  readonly fault: (trial: Trial) => Promise<string>;
  /** What must be true beside the verdict, once everything has settled. @returns what it saw, for the table */
  readonly after?: (trial: Trial) => Promise<string>;
}
