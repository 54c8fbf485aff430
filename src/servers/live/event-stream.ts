import type { IncomingMessage, ServerResponse } from 'node:http';
import { unauthenticated } from '../../domain/errors';
import type { Viewer } from '../../domain/user';
import { Connection } from '../../live/delivery/connection';
import { EventStreamTransport } from '../../live/delivery/event-stream-transport';
import type { Accepted, LiveHub } from '../../live/hub';
import { CloseCode } from './close-codes';

/** Keeps proxies from closing a stream without events as idle. */
const COMMENT = Buffer.from(':\n\n');
/** Marks the end of the replay, for clients that show whether they are up to date. */
const CAUGHT_UP = Buffer.from(': live\n\n');
const COMPLETE = Buffer.from('event: complete\ndata:\n\n', 'latin1');

/**
 * One subscription as a streamed response: the "distinct connections mode" of GraphQL over SSE. The hub treats it like a socket.
 * There are no close codes: if the session has ended, the last event is an error that says so; in all other cases the response ends
 * without `complete`, and the client reconnects with its cursor.
 */
export class EventStream {
  /** A stream cannot answer pings. A stalled client is found when its outbound queue overflows, or by TCP. */
  readonly alive = true;
  readonly connection: Connection;
  private readonly transport: EventStreamTransport;

  constructor(
    id: string,
    viewer: Viewer | null,
    /** Streams of one phase get their keep-alive comments together. */
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

  /** Sends the response head, then events until the client disconnects. */
  open(hub: LiveHub, accepted: Accepted | readonly unknown[], onClosed: () => void): void {
    this.response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    this.response.flushHeaders();
    this.response.on('close', () => {
      this.connection.queue.close();
      onClosed();
    });
    if (!('source' in accepted)) {
      this.end(accepted);
      return;
    }
    this.transport.chunk(COMMENT);
    const { queue } = this.connection;
    const handle = hub.subscribe(this.connection, '', accepted, () => {
      queue.onceIdle(() => {
        this.transport.chunk(CAUGHT_UP);
      });
    });
    this.response.on('close', () => void handle.return());
    handle.next().then(
      () => {
        this.end([]);
      },
      (error: unknown) => {
        this.end([error]);
      },
    );
  }

  /** Sends a keep-alive comment, unless events are waiting. */
  ping(): void {
    if (this.connection.queue.idle) this.transport.chunk(COMMENT);
  }

  close(code: number): void {
    if (code === CloseCode.Forbidden) this.end([unauthenticated('SESSION_ENDED', 'The session has ended. Log in again.')]);
    else this.terminate();
  }

  terminate(): void {
    this.connection.queue.close();
    this.request.socket.destroy();
  }

  /** Sends the errors as a last event, then `complete`. */
  private end(errors: readonly unknown[]): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    this.connection.queue.close();
    if (errors.length > 0) {
      const payload = JSON.stringify({ errors: errors.map((error) => this.formatError(error)) });
      this.transport.chunk(Buffer.from(`event: next\ndata: ${payload}\n\n`));
    }
    this.transport.chunk(COMPLETE);
    this.response.end();
  }
}
