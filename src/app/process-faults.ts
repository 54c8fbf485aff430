import type { EventEmitter } from 'node:events';
import type { Logger } from '../ports/logger';

/** An error that no code has handled. After it the state of the process is unknown. */
export type ProcessFault = 'unhandled-rejection' | 'uncaught-exception';

export interface ProcessFaultsOptions {
  /** The process, which emits the events of Node. */
  readonly source: EventEmitter;
  readonly logger: Logger;
  /** Called once, for the first fault. It ends the process in order; an event that follows does not call it again. */
  readonly onFirst: (error: unknown) => void;
}

/** The one handler of errors that no code has handled: logs and counts each, and ends the process in order after the first. */
export class ProcessFaults {
  /** By kind, from the start of the process. */
  readonly counts = new Map<ProcessFault, number>([
    ['unhandled-rejection', 0],
    ['uncaught-exception', 0],
  ]);
  private ending = false;

  constructor(private readonly options: ProcessFaultsOptions) {
    const { source } = options;
    source.on('unhandledRejection', (reason: unknown) => {
      this.take('unhandled-rejection', reason);
    });
    source.on('uncaughtException', (error: unknown) => {
      this.take('uncaught-exception', error);
    });
  }

  private take(kind: ProcessFault, err: unknown): void {
    const { logger, onFirst } = this.options;
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    logger.error({ err, kind }, 'an error was not handled; stopping this process in order');
    if (this.ending) return;
    this.ending = true;
    onFirst(err);
  }
}
