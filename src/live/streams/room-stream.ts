import type { RoomState } from '../../domain/room-state';
import type { Bus } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import { KeyedThrottle } from '../../util/keyed-throttle';
import type { LiveHub } from '../hub';

export interface RoomStreamOptions {
  readonly hub: LiveHub;
  readonly bus: Bus;
  readonly readState: (room: string) => Promise<RoomState>;
  readonly logger: Logger;
}

/** Serves roomChanged: reads the state of a room after an announcement that it may have changed, and publishes it if it has. */
export class RoomStream {
  /** One read at a time per room, so that an older answer cannot follow a newer one. At most one per room that exists. */
  private readonly reads = new KeyedThrottle<string>(0, Infinity, (room) => this.publish(room));
  /** The last published state as JSON, by room. */
  private readonly published = new Map<string, string>();
  private readonly stops: readonly (() => void)[];

  constructor(private readonly options: RoomStreamOptions) {
    const { bus, hub } = options;
    this.stops = [
      bus.subscribe((event) => {
        if (event.type === 'room-changed' || event.type === 'insight') this.refresh(event.room);
      }),
      // Announcements may have been missed while the bus was disconnected.
      bus.onReconnect(() => {
        for (const room of hub.roomsOf('roomChanged')) this.refresh(room);
      }),
    ];
  }

  stop(): void {
    for (const stop of this.stops) stop();
    this.reads.stop();
  }

  private refresh(room: string): void {
    if (this.options.hub.hasSubscribers('roomChanged', room)) this.reads.call(room, room);
    else this.published.delete(room);
  }

  private async publish(room: string): Promise<void> {
    const { hub, readState, logger } = this.options;
    try {
      const state = await readState(room);
      const json = JSON.stringify(state);
      if (this.published.get(room) === json) return;
      this.published.set(room, json);
      hub.publish('roomChanged', room, state);
    } catch (err) {
      logger.warn({ err, room }, 'the state of a room could not be read; roomChanged was not sent');
    }
  }
}
