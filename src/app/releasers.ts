import type { Logger } from '../ports/logger';

/** What was opened, to be undone in reverse: each step of a start pushes its undo; a failed start unwinds the same way as a stop. */
export class Releasers {
  private readonly stack: { readonly name: string; readonly release: () => Promise<void> | void }[] = [];
  private released: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  push(name: string, release: () => Promise<void> | void): void {
    this.stack.push({ name, release });
  }

  /** Runs every undo, last in first out, whatever fails. Idempotent: later calls wait for the first. */
  release(): Promise<void> {
    this.released ??= this.unwind();
    return this.released;
  }

  private async unwind(): Promise<void> {
    for (let step = this.stack.pop(); step; step = this.stack.pop()) {
      try {
        await step.release();
      } catch (err) {
        this.logger.error({ err, step: step.name }, 'a step of the stop failed; going on');
      }
    }
  }
}
