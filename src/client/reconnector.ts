import { backoffMs } from './backoff';
import type { Connection, Sink } from './connection';
import { openEventStreams } from './event-stream-connection';
import { openSocket } from './socket-connection';
import type { LiveOptions } from './types';

/** After so many sockets that could not be opened, event streams are tried; from then on the two alternate. */
const MAX_FAILED_SOCKETS = 2;

export interface ReconnectorEvents {
  connected(): void;
  disconnected(): void;
}

/** Keeps one connection open: reconnects with backoff whenever it is lost. Subscriptions have to be made again after each `connected`. */
export class Reconnector {
  private connection: Connection | undefined;
  private transport: 'socket' | 'event-streams' = 'socket';
  private failedSockets = 0;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly options: LiveOptions,
    private readonly events: ReconnectorEvents,
  ) {
    this.connect();
  }

  /** @returns unsubscribe */
  subscribe(query: string, variables: Readonly<Record<string, unknown>>, sink: Sink): () => void {
    return this.connection?.subscribe(query, variables, sink) ?? (() => undefined);
  }

  /** As Connection.roundTrip. */
  roundTrip(done: () => void): void {
    this.connection?.roundTrip(done);
  }

  /** Reconnects at once. */
  reconnect(): void {
    if (this.closed) return;
    this.attempt = 0;
    this.disconnect();
    this.connect();
  }

  close(): void {
    this.closed = true;
    this.disconnect();
  }

  private disconnect(): void {
    clearTimeout(this.retry);
    this.connection?.close();
    this.connection = undefined;
  }

  private connect(): void {
    let opened = false;
    const open = this.transport === 'socket' ? openSocket : openEventStreams;
    const connection = open(this.options, {
      opened: () => {
        if (this.connection !== connection) return;
        opened = true;
        this.attempt = 0;
        if (this.transport === 'socket') this.failedSockets = 0;
        this.events.connected();
      },
      lost: (forbidden) => {
        if (this.connection !== connection) return;
        if (!opened && !forbidden) this.switchTransport();
        void this.scheduleReconnect(forbidden);
      },
    });
    this.connection = connection;
  }

  private switchTransport(): void {
    if (this.transport === 'event-streams') this.transport = 'socket';
    else if (++this.failedSockets >= MAX_FAILED_SOCKETS) this.transport = 'event-streams';
  }

  private async scheduleReconnect(forbidden: boolean): Promise<void> {
    this.disconnect();
    this.events.disconnected();
    const wait = backoffMs(this.attempt++);
    // An error in the application's hook must not stop the reconnecting.
    if (forbidden)
      await Promise.resolve()
        .then(() => this.options.onForbidden?.())
        .catch(() => undefined);
    if (this.closed || this.connection) return;
    this.retry = setTimeout(
      () => {
        this.connect();
      },
      // A refreshed token is tried at once, but only the first time.
      forbidden && this.attempt === 1 ? 0 : wait,
    );
  }
}
