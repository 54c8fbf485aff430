import { DomainError } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { Bus } from '../ports/bus';
import type { Logger } from '../ports/logger';
import { pause } from '../util/repeat';
import type { LiveHub } from './hub';

export interface AccessWatchOptions {
  readonly hub: LiveHub;
  readonly bus: Bus;
  /** @throws DomainError UNAVAILABLE */
  readonly mayRead: (viewer: Viewer | null, room: string) => Promise<boolean>;
  readonly logger: Logger;
}

const RETRY_MS = 1_000;

/**
 * Ends the subscriptions of those who may no longer read a room: when a membership changed, when a room changed or was deleted, and in
 * all rooms when the bus reconnects. Anonymous readers of a room count as one, so a public room costs one look at the room.
 */
export class AccessWatch {
  private readonly stopping = new AbortController();
  private readonly stops: readonly (() => void)[];

  constructor(private readonly options: AccessWatchOptions) {
    const { bus, hub } = options;
    this.stops = [
      bus.subscribe((event) => {
        if (event.type === 'membership-changed') this.check(event.room, event.userId);
        if (event.type === 'room-changed') this.check(event.room);
      }),
      bus.onReconnect(() => {
        for (const room of hub.rooms()) this.check(room);
      }),
    ];
  }

  stop(): void {
    this.stopping.abort();
    for (const stop of this.stops) stop();
  }

  /** @param userId undefined: all readers of the room */
  private check(room: string, userId?: string): void {
    const { hub, logger } = this.options;
    // Subscriptions that are being accepted are checked again when they begin.
    hub.accessChanged();
    const run = async (): Promise<void> => {
      let failing = false;
      while (!this.stopping.signal.aborted) {
        try {
          await this.cut(room, userId);
          return;
        } catch (err) {
          if (!failing) logger.warn({ err, room }, 'the readers of a room could not be checked; trying again');
          failing = true;
          await pause(RETRY_MS, this.stopping.signal);
        }
      }
    };
    void run();
  }

  private async cut(room: string, userId: string | undefined): Promise<void> {
    const { hub, mayRead } = this.options;
    if (await mayRead(null, room)) return;
    const readers = new Map<string | undefined, Viewer | null>();
    for (const { connection } of hub.membersIn(room)) readers.set(connection.viewer?.userId, connection.viewer);
    const checked = [...readers.values()].filter((viewer) => userId === undefined || viewer?.userId === userId);
    await Promise.all(
      checked.map(async (viewer) => {
        if (viewer && (await mayRead(viewer, room))) return;
        for (const { connection, handle } of hub.membersIn(room)) {
          if (connection.viewer?.userId === viewer?.userId) handle.fail(noLongerReadable());
        }
      }),
    );
  }
}

const noLongerReadable = (): DomainError => new DomainError('FORBIDDEN', 'You can no longer read this room.');
