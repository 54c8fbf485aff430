import type { Redis } from 'ioredis';
import type { Bus, BusEvent } from '../../ports/bus';
import type { Logger } from '../../ports/logger';

const CHANNEL = 'jb:bus';

export interface RedisBusOptions {
  readonly redis: Redis;
  /** A connection of its own: one that listens can do nothing else. */
  readonly subscriber: Redis;
  readonly logger: Logger;
}

/** Announcements over publish/subscribe. While Redis is away they are lost, as the port says. */
export class RedisBus implements Bus {
  private readonly listeners = new Set<(event: BusEvent) => void>();
  private readonly reconnectListeners = new Set<() => void>();

  private constructor(private readonly options: RedisBusOptions) {}

  static async open(options: RedisBusOptions): Promise<RedisBus> {
    const bus = new RedisBus(options);
    const { subscriber } = options;
    subscriber.on('message', (_channel: string, text: string) => {
      bus.hear(text);
    });
    await subscriber.subscribe(CHANNEL);
    subscriber.on('ready', () => {
      bus.resubscribe().catch((err: unknown) => {
        options.logger.warn({ err }, 'announcements of other processes are not heard; the next connection tries again');
        // A connection that does not listen is of no use.
        subscriber.disconnect(true);
      });
    });
    return bus;
  }

  publish(event: BusEvent): void {
    this.options.redis.publish(CHANNEL, JSON.stringify(event)).catch((err: unknown) => {
      this.options.logger.debug({ err, type: event.type }, 'an announcement was lost');
    });
  }

  subscribe(listener: (event: BusEvent) => void): () => void {
    // A wrapper of its own, so that the same function can listen twice and each undo ends one of them.
    const entry = (event: BusEvent): void => {
      listener(event);
    };
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  onReconnect(listener: () => void): () => void {
    const entry = (): void => {
      listener();
    };
    this.reconnectListeners.add(entry);
    return () => this.reconnectListeners.delete(entry);
  }

  private hear(text: string): void {
    let event: BusEvent;
    try {
      event = JSON.parse(text) as BusEvent;
    } catch (err) {
      this.options.logger.warn({ err }, 'something that is no announcement was published on the bus');
      return;
    }
    this.tell(this.listeners, (listener) => {
      listener(event);
    });
  }

  private async resubscribe(): Promise<void> {
    await this.options.subscriber.subscribe(CHANNEL);
    this.tell(this.reconnectListeners, (listener) => {
      listener();
    });
  }

  private tell<T>(listeners: ReadonlySet<T>, call: (listener: T) => void): void {
    for (const listener of listeners) {
      try {
        call(listener);
      } catch (err) {
        this.options.logger.error({ err }, 'a listener of the bus failed');
      }
    }
  }
}
