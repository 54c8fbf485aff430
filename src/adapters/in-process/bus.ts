import type { Bus, BusEvent } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import { Listeners } from '../../util/listeners';

/** The bus of an installation with one process, which publishes to itself. Events are never lost, so there is no reconnect. */
export class InProcessBus implements Bus {
  private readonly listeners: Listeners<[BusEvent]>;

  constructor(logger: Logger) {
    this.listeners = new Listeners((err) => {
      logger.error({ err }, 'a bus listener failed');
    });
  }

  publish(event: BusEvent): void {
    this.listeners.call(event);
  }

  subscribe(listener: (event: BusEvent) => void): () => void {
    return this.listeners.add(listener);
  }

  onReconnect(): () => void {
    return () => undefined;
  }
}
