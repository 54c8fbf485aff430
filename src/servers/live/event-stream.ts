import type { IncomingMessage, ServerResponse } from 'node:http';
import { unauthenticated } from '../../domain/errors';
import type { Viewer } from '../../domain/user';
import { Batch } from '../../live/delivery/batch';
import { Connection } from '../../live/delivery/connection';
import { EventStreamTransport } from '../../live/delivery/event-stream-transport';
import type { Accepted, LiveHub } from '../../live/hub';
import { CloseCode } from './close-codes';
import type { StreamFormat } from './stream-format';

/**
 * One subscription as a streamed response. The hub treats it like a socket.
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
    /** Streams of one phase get their keep-alives together. */
    readonly phase: number,
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly format: StreamFormat,
    private readonly formatError: (error: unknown) => object,
  ) {
    this.transport = new EventStreamTransport(request.socket, request.httpVersionMinor > 0, format.framing);
    this.connection = new Connection(id, this.transport, (code) => {
      this.close(code);
    });
    this.connection.viewer = viewer;
  }

  /** Sends the response head, then events until the client disconnects. */
  open(hub: LiveHub, accepted: Accepted | readonly unknown[], onClosed: () => void): void {
    this.response.writeHead(200, { 'content-type': this.format.contentType, 'x-accel-buffering': 'no' });
    this.response.flushHeaders();
    if (this.format.start) this.transport.chunk(this.format.start);
    this.response.on('close', () => {
      this.connection.queue.close();
      onClosed();
    });
    if (!('source' in accepted)) {
      this.end(accepted);
      return;
    }
    const { keepAlive, caughtUp } = this.format;
    this.transport.chunk(keepAlive);
    const { queue } = this.connection;
    const handle = hub.subscribe(this.connection, '', accepted, () => {
      queue.onceIdle(() => {
        if (caughtUp) this.transport.chunk(caughtUp);
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

  /** Sends a keep-alive, unless events are waiting. */
  ping(): void {
    if (this.connection.queue.idle) this.transport.chunk(this.format.keepAlive);
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
      this.transport.chunk(new Batch([Buffer.from(payload)]).framedFrom(0, this.format.framing));
    }
    this.transport.chunk(this.format.end);
    this.response.end();
  }
}
