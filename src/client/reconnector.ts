import { backoffMs } from './backoff';
import { eventLine } from './event-line';
import type { Line, Sink } from './line';
import { socketLine } from './socket-line';
import type { LiveOptions } from './types';

/** Sockets that never came about before events are tried in their place; from then on the two take turns. */
const FAILED_SOCKETS = 2;

export interface LinkEvents {
  up(): void;
  down(): void;
}

/** One connection at a time, made anew whenever it is gone. The watches subscribe again on each `up`. */
export class Link {
  private line: Line | undefined;
  private by: 'socket' | 'events' = 'socket';
  private failedSockets = 0;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly options: LiveOptions,
    private readonly events: LinkEvents,
  ) {
    this.connect();
  }

  /** @returns undo */
  subscribe(query: string, variables: Readonly<Record<string, unknown>>, sink: Sink): () => void {
    return this.line?.subscribe(query, variables, sink) ?? (() => undefined);
  }

  /** Calls back when the server has sent everything that it had to send so far; never if the connection goes first. */
  roundTrip(done: () => void): void {
    this.line?.roundTrip(done);
  }

  reconnect(): void {
    if (this.closed) return;
    this.attempt = 0;
    this.drop();
    this.connect();
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  private drop(): void {
    clearTimeout(this.retry);
    this.line?.close();
    this.line = undefined;
  }

  private connect(): void {
    let up = false;
    const open = this.by === 'socket' ? socketLine : eventLine;
    const line = open(this.options, {
      up: () => {
        if (this.line !== line) return;
        up = true;
        this.attempt = 0;
        if (this.by === 'socket') this.failedSockets = 0;
        this.events.up();
      },
      down: (forbidden) => {
        if (this.line !== line) return;
        if (!up && !forbidden) this.takeTurns();
        void this.lost(forbidden);
      },
    });
    this.line = line;
  }

  private takeTurns(): void {
    if (this.by === 'events') this.by = 'socket';
    else if (++this.failedSockets >= FAILED_SOCKETS) this.by = 'events';
  }

  private async lost(forbidden: boolean): Promise<void> {
    this.drop();
    this.events.down();
    const wait = backoffMs(this.attempt++);
    // Whatever becomes of the hook, the connection is made again.
    if (forbidden)
      await Promise.resolve()
        .then(() => this.options.onForbidden?.())
        .catch(() => undefined);
    if (this.closed || this.line) return;
    this.retry = setTimeout(
      () => {
        this.connect();
      },
      // A refreshed token is tried at once, and only once.
      forbidden && this.attempt === 1 ? 0 : wait,
    );
  }
}
