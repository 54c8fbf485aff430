import { CloseCode as Protocol, GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, type Server } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import { MAX_WAITING_BYTES } from '../../live/delivery/outbound-queue';
import type { Connection } from '../../live/delivery/connection';
import type { Logger } from '../../ports/logger';
import type { Clock } from '../../ports/clock';
import type { Allowances } from '../../ports/rate-limiter';
import { CloseCode } from './close-codes';
import { Meter } from './meter';

/** What graphql-ws hands to the hooks. */
export interface Extra {
  readonly socket: LiveSocket;
}

/** What one socket may send; undefined: anything. */
export interface SocketRates {
  /** Messages, pings and pongs; beyond it the socket is closed. */
  readonly messages: Allowances | undefined;
  /** Beyond it a subscription is refused. */
  readonly subscribes: Allowances | undefined;
}

const SERVER_ONLY: ReadonlySet<unknown> = new Set([MessageType.ConnectionAck, MessageType.Next, MessageType.Error]);

/** At most 123 bytes, as all close reasons. */
const WRONG_PROTOCOL = 'Use the subprotocol graphql-transport-ws, for example by the npm package graphql-ws';
/** How long a socket that sent too much may go on sending. */
const FLOOD_END_MS = 1_000;

/** The id comes back with every frame. A UUID has 36 characters. */
const MAX_ID_LENGTH = 128;

/** Joins a WebSocket to the protocol core of graphql-ws, and answers what the core would answer with a fatal code. */
export class LiveSocket {
  /** Heard from since the last ping. */
  alive = true;
  private answering: Promise<unknown> = Promise.resolve();
  private readonly messages: Meter | undefined;
  private readonly subscribes: Meter | undefined;
  private deliver: (message: string) => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly ws: WebSocket,
    readonly connection: Connection,
    /** Sockets of one phase are pinged together. */
    readonly phase: number,
    rates: SocketRates,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.messages = rates.messages && new Meter(rates.messages);
    this.subscribes = rates.subscribes && new Meter(rates.subscribes);
  }

  /** @param onClosed after all subscriptions have ended */
  open(protocol: Server<Extra>, onClosed: (socket: LiveSocket) => void): void {
    const { ws } = this;
    if (ws.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      // The library of the protocol of old (subscriptions-transport-ws) shows nothing but this message.
      ws.send(JSON.stringify({ type: 'connection_error', payload: { message: WRONG_PROTOCOL } }));
      this.close(Protocol.SubprotocolNotAcceptable, WRONG_PROTOCOL);
    }
    const closed = protocol.opened(
      {
        protocol: ws.protocol,
        send: (message) => {
          this.send(message);
        },
        close: (code, reason) => {
          this.close(code ?? CloseCode.TryAgainLater, reason ?? '');
        },
        onMessage: (deliver) => {
          this.deliver = deliver;
        },
      },
      { socket: this },
    );
    ws.on('message', (data) => {
      if (this.counts()) this.receive(data);
    });
    ws.on('ping', () => this.counts());
    ws.on('pong', () => {
      this.alive = true;
      this.counts();
    });
    ws.on('error', (err) => {
      this.logger.debug({ err }, 'socket error');
    });
    ws.on('close', (code, reason) => {
      this.connection.wire.close();
      closed(code, String(reason)).then(
        () => {
          onClosed(this);
        },
        (err: unknown) => {
          this.logger.error({ err }, 'a socket could not be cleaned up');
          onClosed(this);
        },
      );
    });
  }

  /** @param answer never rejects */
  pending<T>(answer: Promise<T>): Promise<T> {
    this.answering = Promise.all([this.answering, answer]);
    return answer;
  }

  /** So a pong tells that the subscriptions asked for before the ping have begun or were refused. */
  async whenAnswered(): Promise<void> {
    await this.answering;
    // What is pending is handed over in the same turn.
    await new Promise((resolve) => setImmediate(resolve));
  }

  ping(): void {
    this.alive = false;
    if (this.ws.readyState === this.ws.OPEN) this.ws.ping();
  }

  close(code: number, reason: string): void {
    this.connection.wire.close();
    this.ws.close(code, reason);
  }

  /** Ends it without waiting for the other side. */
  drop(code: number, reason: string): void {
    this.close(code, reason);
    this.terminate();
  }

  /** @returns 0, or the seconds until the next subscription may begin */
  countSubscribe(): number {
    return this.subscribes?.take(this.clock.now()) ?? 0;
  }

  terminate(): void {
    this.ws.terminate();
  }

  private send(message: string): void {
    if (this.ws.readyState !== this.ws.OPEN) return;
    if (this.ws.bufferedAmount > MAX_WAITING_BYTES) this.close(CloseCode.TryAgainLater, 'Too slow');
    else this.ws.send(message);
  }

  /** @returns whether what came may be looked at */
  private counts(): boolean {
    if (this.ws.readyState !== this.ws.OPEN) return false;
    const flooding = (this.messages?.take(this.clock.now()) ?? 0) > 0;
    // A pong that is not read waits like everything else.
    if (!flooding && this.ws.bufferedAmount <= MAX_WAITING_BYTES) return true;
    this.close(CloseCode.TryAgainLater, flooding ? 'Too many messages' : 'Too slow');
    // What is already on its way is read and thrown away, so that the close arrives; no longer than this.
    setTimeout(() => this.terminate(), FLOOD_END_MS).unref();
    return false;
  }

  private receive(data: RawData): void {
    this.alive = true;
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- a Buffer: ws is left at its default binary type
    const text = String(data);
    const fault = faultOf(text);
    if (fault) {
      this.close(CloseCode.BadRequest, fault);
      return;
    }
    this.deliver(text).catch((err: unknown) => {
      this.logger.error({ err }, 'a message could not be handled');
      this.close(CloseCode.TryAgainLater, 'Try again later');
    });
  }
}

function faultOf(text: string): string | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return 'Invalid message received';
  }
  const { type, id } = Object(message) as { type?: unknown; id?: unknown };
  if (SERVER_ONLY.has(type)) return 'Only the server sends messages of this type';
  if (typeof id === 'string' && id.length > MAX_ID_LENGTH) return 'The id is too long';
  return undefined;
}
