import type { IncomingMessage, ServerResponse } from 'node:http';
import { unauthenticated } from '../../domain/errors';
import type { Viewer } from '../../domain/user';
import { Connection } from '../../live/delivery/connection';
import { EventStreamTransport } from '../../live/delivery/event-stream-transport';
import type { Accepted, LiveHub } from '../../live/hub';
import { CloseCode } from './close-codes';

/** Keeps proxies from taking a silent stream for a dead one. */
const COMMENT = Buffer.from(':\n\n');
/** Everything missed has been sent; what comes now has just happened. For clients that show whether they are up to date. */
const CAUGHT_UP = Buffer.from(': live\n\n');
const COMPLETE = Buffer.from('event: complete\ndata:\n\n', 'latin1');

/**
 * One subscription as a response that goes on: the "distinct connections mode" of GraphQL over SSE. To the hub it is a connection
 * like any socket. There are no close codes here: where a socket would be closed because of its log-in, the last event says so; in
 * all other cases the response breaks off without `complete`, and the client comes back with its cursor.
 */
export class EventStream {
  /** A stream cannot answer a ping: one that takes nothing any more overflows, or is found by TCP. */
  readonly alive = true;
  readonly connection: Connection;
  private readonly transport: EventStreamTransport;

  constructor(
    id: string,
    viewer: Viewer | null,
    /** Streams of one phase get their comments together. */
    readonly phase: number,
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly formatError: (error: unknown) => object,
  ) {
    this.transport = new EventStreamTransport(request.socket, request.httpVersionMinor > 0);
    this.connection = new Connection(id, this.transport, (code) => {
      this.close(code);
    });
    this.connection.viewer = viewer;
  }

  /** Sends the head, and the events for as long as the client listens. */
  open(hub: LiveHub, accepted: Accepted | readonly unknown[], onClosed: () => void): void {
    this.response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    this.response.flushHeaders();
    this.response.on('close', () => {
      this.connection.wire.close();
      onClosed();
    });
    if (!('source' in accepted)) {
      this.end(accepted);
      return;
    }
    this.transport.chunk(COMMENT);
    const { wire } = this.connection;
    const parked = hub.subscribe(this.connection, '', accepted, () => {
      wire.onceIdle(() => {
        this.transport.chunk(CAUGHT_UP);
      });
    });
    this.response.on('close', () => void parked.return());
    parked.next().then(
      () => {
        this.end([]);
      },
      (error: unknown) => {
        this.end([error]);
      },
    );
  }

  /** A comment. While events wait, they show that the stream lives. */
  ping(): void {
    if (this.connection.wire.idle) this.transport.chunk(COMMENT);
  }

  close(code: number): void {
    if (code === CloseCode.Forbidden) this.end([unauthenticated('SESSION_ENDED', 'The log-in has ended.')]);
    else this.terminate();
  }

  terminate(): void {
    this.connection.wire.close();
    this.request.socket.destroy();
  }

  /** The errors as a last event, and `complete`. */
  private end(errors: readonly unknown[]): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    this.connection.wire.close();
    if (errors.length > 0) {
      const payload = JSON.stringify({ errors: errors.map((error) => this.formatError(error)) });
      this.transport.chunk(Buffer.from(`event: next\ndata: ${payload}\n\n`));
    }
    this.transport.chunk(COMPLETE);
    this.response.end();
  }
}
