import type { Redis } from 'ioredis';
import type { Bus, BusEvent } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import { Listeners } from '../../util/listeners';

/** Redis publishes to all of its databases, so the channel names the one of this installation. */
const channelOf = (redis: Redis): string => `jb:bus:${redis.options.db ?? 0}`;

export interface RedisBusOptions {
  readonly redis: Redis;
  /** A connection of its own: one that subscribes can send no other commands. */
  readonly subscriber: Redis;
  readonly logger: Logger;
}

/** The bus over Redis publish/subscribe. What is published while Redis is unreachable is lost, as the port allows. */
export class RedisBus implements Bus {
  private readonly listeners: Listeners<[BusEvent]>;
  private readonly reconnectListeners: Listeners;

  private readonly channel: string;

  private constructor(private readonly options: RedisBusOptions) {
    const onError = (err: unknown): void => {
      options.logger.error({ err }, 'a bus listener failed');
    };
    this.channel = channelOf(options.redis);
    this.listeners = new Listeners(onError);
    this.reconnectListeners = new Listeners(onError);
  }

  static async open(options: RedisBusOptions): Promise<RedisBus> {
    const bus = new RedisBus(options);
    const { subscriber } = options;
    subscriber.on('message', (_channel: string, text: string) => {
      bus.receive(text);
    });
    await subscriber.subscribe(bus.channel);
    subscriber.on('ready', () => {
      bus.resubscribe().catch((err: unknown) => {
        options.logger.warn({ err }, 'bus subscription failed; reconnecting to subscribe again');
        // Without its subscription the connection is of no use.
        subscriber.disconnect(true);
      });
    });
    return bus;
  }

  publish(event: BusEvent): void {
    this.options.redis.publish(this.channel, JSON.stringify(event)).catch((err: unknown) => {
      this.options.logger.debug({ err, type: event.type }, 'a bus event was lost');
    });
  }

  subscribe(listener: (event: BusEvent) => void): () => void {
    return this.listeners.add(listener);
  }

  onReconnect(listener: () => void): () => void {
    return this.reconnectListeners.add(listener);
  }

  private receive(text: string): void {
    try {
      this.listeners.call(JSON.parse(text) as BusEvent);
    } catch (err) {
      this.options.logger.warn({ err }, 'ignored a message on the bus that is no JSON');
    }
  }

  private async resubscribe(): Promise<void> {
    await this.options.subscriber.subscribe(this.channel);
    this.reconnectListeners.call();
  }
}
