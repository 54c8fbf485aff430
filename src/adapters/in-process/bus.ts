import type { Bus, BusEvent } from '../../ports/bus';
import type { Logger } from '../../ports/logger';

/** The bus of an installation that is one process: publishers and listeners share it. Nothing is ever lost, so nothing reconnects. */
export class InProcessBus implements Bus {
  private readonly listeners = new Set<(event: BusEvent) => void>();

  constructor(private readonly logger: Logger) {}

  publish(event: BusEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (err) {
        this.logger.error({ err, type: event.type }, 'a listener of the bus failed');
      }
    }
  }

  subscribe(listener: (event: BusEvent) => void): () => void {
    // A wrapper of its own, so that the same function can listen twice and each undo ends one of them.
    const entry = (event: BusEvent): void => {
      listener(event);
    };
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  onReconnect(): () => void {
    return () => undefined;
  }
}
