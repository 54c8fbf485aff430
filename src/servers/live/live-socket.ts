import {
  CloseCode as Protocol,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  MessageType,
  type Server,
  type WebSocket as CoreSocket,
} from 'graphql-ws';
import type { RawData } from 'ws';
import { MAX_WAITING_BYTES } from '../../live/delivery/outbound-queue';
import type { Connection } from '../../live/delivery/connection';
import type { Logger } from '../../ports/logger';
import type { Clock } from '../../ports/clock';
import type { Allowances } from '../../ports/rate-limiter';
import { namesDocument } from '../../graphql/known-documents';
import { withoutEmpty } from '../requests';
import { CloseCode } from './close-codes';
import { Meter } from './meter';
import type { ServedWebSocket, SocketListener } from './served-web-socket';

/** The `extra` value of graphql-ws's hooks. */
export interface Extra {
  readonly socket: LiveSocket;
}

/** Limits of what one socket may send; undefined: no limit. */
export interface SocketRates {
  /** Messages, pings and pongs. A socket that exceeds it is closed. */
  readonly messages: Allowances | undefined;
  /** Subscribe messages. One that exceeds it is refused. */
  readonly subscribes: Allowances | undefined;
}

const SERVER_ONLY: ReadonlySet<unknown> = new Set([MessageType.ConnectionAck, MessageType.Next, MessageType.Error]);

/** Close reasons have at most 123 bytes (RFC 6455, 5.5). */
const WRONG_PROTOCOL = 'Use the subprotocol graphql-transport-ws, for example by the npm package graphql-ws';
/** Time between the close frame and the end of a socket that exceeded its limits, in milliseconds. */
const FLOOD_END_MS = 1_000;

/** Limit of subscription ids in characters, because every frame repeats the id. A UUID has 36. */
const MAX_ID_LENGTH = 128;

/**
 * Connects a WebSocket to the protocol core of graphql-ws. Closes with 4400 where the core would close with the fatal 4500. It is itself
 * the listener of the one and the socket of the other: many thousands of sockets may be idle, and closures would take 500 bytes for each.
 */
export class LiveSocket implements SocketListener, CoreSocket {
  /** Whether anything was received since the last ping. */
  alive = true;
  /** Resolves when all subscribe messages so far have been answered. */
  private answering: Promise<unknown> = Promise.resolve();
  private readonly messages: Meter | undefined;
  private readonly subscribes: Meter | undefined;
  // graphql-ws accepts parsed messages too, although its type says string.
  private deliver: ((message: unknown) => Promise<void>) | undefined;
  private end: ReturnType<Server<Extra>['opened']> | undefined;

  constructor(
    private readonly ws: ServedWebSocket,
    readonly connection: Connection,
    /** Sockets of one phase are pinged in the same sweep. */
    readonly phase: number,
    /** The Authorization header of the upgrade. */
    readonly authorization: string | undefined,
    rates: SocketRates,
    private readonly clock: Clock,
    private readonly logger: Logger,
    /** Called when the socket has closed and all its subscriptions have ended. */
    private readonly onClosed: (socket: LiveSocket) => void,
  ) {
    this.messages = rates.messages && new Meter(rates.messages);
    this.subscribes = rates.subscribes && new Meter(rates.subscribes);
  }

  open(protocol: Server<Extra>): void {
    const { ws } = this;
    if (ws.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      // Clients of the former protocol (subscriptions-transport-ws) show only this message, not the close reason.
      ws.send(JSON.stringify({ type: 'connection_error', payload: { message: WRONG_PROTOCOL } }));
      this.close(Protocol.SubprotocolNotAcceptable, WRONG_PROTOCOL);
    }
    this.end = protocol.opened(this, { socket: this });
    ws.listenWith(this);
  }

  get protocol(): string {
    return this.ws.protocol;
  }

  onMessage(deliver: (message: string) => Promise<void>): void {
    this.deliver = deliver as (message: unknown) => Promise<void>;
  }

  received(data: RawData): void {
    if (this.mayRead()) this.receive(data);
  }

  pinged(): void {
    this.mayRead();
  }

  ponged(): void {
    this.alive = true;
    this.mayRead();
  }

  failed(err: Error): void {
    this.logger.debug({ err }, 'socket error');
  }

  closed(code: number, reason: string): void {
    this.connection.queue.close();
    this.end?.(code, reason).then(
      () => {
        this.onClosed(this);
      },
      (err: unknown) => {
        this.logger.error({ err }, 'subscriptions of a closed socket could not be ended');
        this.onClosed(this);
      },
    );
  }

  /** Makes pongs wait for the answer to a subscribe message. @param answer must not reject */
  pending<T>(answer: Promise<T>): Promise<T> {
    // Resolves to undefined: a chain of results would keep every subscription's variables as long as the socket is open.
    this.answering = Promise.all([this.answering, answer]).then(() => undefined);
    return answer;
  }

  /** Resolves when all subscriptions requested so far have begun or were refused. A pong sent then confirms it to the client. */
  async whenAnswered(): Promise<void> {
    await this.answering;
    // graphql-ws begins the subscription in the same turn.
    await new Promise((resolve) => setImmediate(resolve));
  }

  ping(): void {
    this.alive = false;
    if (this.ws.readyState === this.ws.OPEN) this.ws.ping();
  }

  close(code: number = CloseCode.TryAgainLater, reason = ''): void {
    this.connection.queue.close();
    this.ws.close(code, reason);
  }

  /** Closes the socket without waiting for the client's answer. */
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

  send(message: string): void {
    if (this.ws.readyState !== this.ws.OPEN) return;
    if (this.ws.bufferedAmount > MAX_WAITING_BYTES) this.close(CloseCode.TryAgainLater, 'Too slow');
    else this.ws.send(message);
  }

  /** Counts a frame from the client. @returns false if it must be ignored, because the socket is closing or exceeds a limit */
  private mayRead(): boolean {
    if (this.ws.readyState !== this.ws.OPEN) return false;
    const flooding = (this.messages?.take(this.clock.now()) ?? 0) > 0;
    // A client that does not read its pongs is a slow consumer too.
    if (!flooding && this.ws.bufferedAmount <= MAX_WAITING_BYTES) return true;
    this.close(CloseCode.TryAgainLater, flooding ? 'Too many messages' : 'Too slow');
    // Frames that arrive meanwhile are ignored. Reading them lets the close frame through.
    setTimeout(() => this.terminate(), FLOOD_END_MS).unref();
    return false;
  }

  private receive(data: RawData): void {
    this.alive = true;
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- a Buffer: ws is left at its default binary type
    const message = parse(String(data));
    const fault = faultOf(message);
    if (fault) {
      this.close(CloseCode.BadRequest, fault);
      return;
    }
    this.deliver?.(normalise(message)).catch((err: unknown) => {
      this.logger.error({ err }, 'message could not be handled; closing the socket with 1013');
      this.close(CloseCode.TryAgainLater, 'Try again later');
    });
  }
}

/** @returns undefined if the text is not JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function faultOf(message: unknown): string | undefined {
  if (message === undefined) return 'Invalid message received';
  const { type, id } = Object(message) as { type?: unknown; id?: unknown };
  if (SERVER_ONLY.has(type)) return 'Only the server sends messages of this type';
  if (typeof id === 'string' && id.length > MAX_ID_LENGTH) return 'The id is too long';
  return undefined;
}

/** Makes a subscribe message acceptable to graphql-ws: without empty optional parameters, and with a query if it names a document. */
function normalise(message: unknown): unknown {
  const { type, payload } = Object(message) as { type?: unknown; payload?: unknown };
  if (type !== MessageType.Subscribe || typeof payload !== 'object' || payload === null || Array.isArray(payload)) return message;
  return { ...Object(message), payload: { ...(namesDocument(payload) && { query: '' }), ...withoutEmpty(payload) } } as unknown;
}
