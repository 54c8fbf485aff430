import type { Bus, BusEvent } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import { Listeners } from '../../util/listeners';
import { channelName } from './channels';
import { unusable } from './connect';
import type { Places } from './places';
import type { RedisServer } from './redis-server';

/** Events about what is said in a room. */
const OF_ROOMS: ReadonlySet<BusEvent['type']> = new Set(['typing', 'presence', 'chat-hidden', 'chat-changed', 'insight']);

export interface RedisBusOptions {
  readonly places: Places;
  readonly logger: Logger;
}

/**
 * The bus over Redis publish/subscribe. What is published while Redis is unreachable is lost, as the port allows. An event about what
 * is said in a room goes to the server of the room, so it arrives behind the message. All others must arrive although one server
 * is lost, so they go to every server, and arrive several times.
 */
export class RedisBus implements Bus {
  private readonly listeners: Listeners<[BusEvent]>;

  private constructor(private readonly options: RedisBusOptions) {
    this.listeners = new Listeners((err) => {
      options.logger.error({ err }, 'a bus listener failed');
    });
  }

  /** @throws StartupError naming a server that refuses its channel, or the only one if it cannot be reached */
  static async open(options: RedisBusOptions): Promise<RedisBus> {
    const bus = new RedisBus(options);
    const { servers } = options.places;
    const receive = (text: string): void => {
      bus.receive(text);
    };
    const subscriptions = servers.map(({ commands, channels, url }) =>
      channels.subscribe(channelName(commands, 'bus'), receive, servers.length > 1).catch((error: unknown) => {
        throw unusable(url, error);
      }),
    );
    await Promise.all(subscriptions);
    return bus;
  }

  publish(event: BusEvent): void {
    const text = JSON.stringify(event);
    for (const server of this.serversFor(event)) {
      server.commands.publish(channelName(server.commands, 'bus'), text).catch((err: unknown) => {
        this.options.logger.debug({ err, type: event.type }, 'a bus event was lost');
      });
    }
  }

  subscribe(listener: (event: BusEvent) => void): () => void {
    return this.listeners.add(listener);
  }

  onReconnect(listener: () => void): () => void {
    const stops = this.options.places.servers.map(({ channels }) => channels.onRestored(listener));
    return () => {
      for (const stop of stops) stop();
    };
  }

  private serversFor(event: BusEvent): readonly RedisServer[] {
    const { places } = this.options;
    return OF_ROOMS.has(event.type) && 'room' in event ? [places.ofRoom(event.room)] : places.servers;
  }

  private receive(text: string): void {
    try {
      this.listeners.call(JSON.parse(text) as BusEvent);
    } catch (err) {
      this.options.logger.warn({ err }, 'ignored a message on the bus that is no JSON');
    }
  }
}
