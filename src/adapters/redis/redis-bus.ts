import type { Redis } from 'ioredis';
import type { Bus, BusEvent } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import { Listeners } from '../../util/listeners';
import { channelName, type Channels } from './channels';

export interface RedisBusOptions {
  readonly redis: Redis;
  readonly channels: Channels;
  readonly logger: Logger;
}

/** The bus over Redis publish/subscribe. What is published while Redis is unreachable is lost, as the port allows. */
export class RedisBus implements Bus {
  private readonly listeners: Listeners<[BusEvent]>;
  private readonly channel: string;

  private constructor(private readonly options: RedisBusOptions) {
    this.channel = channelName(options.redis, 'bus');
    this.listeners = new Listeners((err) => {
      options.logger.error({ err }, 'a bus listener failed');
    });
  }

  static async open(options: RedisBusOptions): Promise<RedisBus> {
    const bus = new RedisBus(options);
    await options.channels.subscribe(bus.channel, (text) => {
      bus.receive(text);
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
    return this.options.channels.onRestored(listener);
  }

  private receive(text: string): void {
    try {
      this.listeners.call(JSON.parse(text) as BusEvent);
    } catch (err) {
      this.options.logger.warn({ err }, 'ignored a message on the bus that is no JSON');
    }
  }
}
