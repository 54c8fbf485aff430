import { setMaxListeners } from 'node:events';
import type { Logger } from '../ports/logger';
import { withDeadline } from '../util/deadline';

interface Step {
  readonly name: string;
  readonly release: (withinMs: number) => Promise<void> | void;
  readonly reserveMs: number;
}

/** Time a whole stop may take. The process ends itself a little later (see main.ts), and supervisors wait 20 s. */
const STOP_BUDGET_MS = 13_500;
const RESERVE_MS = 100;

/** Undoes what a start opened, last opened first. A failed start unwinds in the same way as a stop. */
export class Releasers {
  private readonly stack: Step[] = [];
  private readonly stopping = new AbortController();
  private released: Promise<void> | undefined;

  constructor(
    private readonly logger: Logger,
    private readonly budgetMs = STOP_BUDGET_MS,
  ) {
    // Each repeated job listens; Node warns of more than 10.
    setMaxListeners(0, this.stopping.signal);
  }

  /** Aborted when the release begins, so that long jobs end before their turn comes. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /**
   * @param release gets the milliseconds it may take; a step that takes longer is left running and the next one begins
   * @param reserveMs part of the stop budget that the steps before it leave to this one, in milliseconds
   */
  push(name: string, release: Step['release'], reserveMs = RESERVE_MS): void {
    this.stack.push({ name, release, reserveMs });
  }

  /** Runs every undo, whatever fails, within the stop budget. Idempotent: later calls wait for the first. */
  release(): Promise<void> {
    this.released ??= this.unwind();
    return this.released;
  }

  private async unwind(): Promise<void> {
    this.stopping.abort(new Error('the process is stopping'));
    const deadline = performance.now() + this.budgetMs;
    for (let step = this.stack.pop(); step; step = this.stack.pop()) {
      const reserved = this.stack.reduce((sum, { reserveMs }) => sum + reserveMs, 0);
      const withinMs = Math.max(step.reserveMs, deadline - performance.now() - reserved);
      try {
        await withDeadline(Promise.resolve(step.release(withinMs)), withinMs);
      } catch (err) {
        this.logger.error({ err, step: step.name }, 'a step of the stop failed; continuing with the next');
      }
    }
  }
}
