import type { Setup } from '../installation';
import type { Trial } from '../trial';

/** A fault under load. */
export interface Scenario {
  readonly name: string;
  /** What happens, for the table. */
  readonly about: string;
  readonly setup?: Setup;
  /** Makes the fault and undoes it. @returns what showed that it happened @throws if it did not, or if something else is wrong */
  readonly fault: (trial: Trial) => Promise<string>;
  /** What must be true beside the verdict, once everything has settled. @returns what it saw, for the table */
  readonly after?: (trial: Trial) => Promise<string>;
}
