import { createClient, type Client } from 'graphql-ws';
import { backoffMs } from './backoff';
import type { LiveError, LiveOptions } from './types';

const FORBIDDEN = 4403;
/** A silent connection is asked whether it is still there, and given up after as long again. */
const KEEP_ALIVE_MS = 10_000;
/** Acknowledging takes no longer than this on a connection worth having. */
const ACK_MS = 10_000;

export interface Sink {
  next(data: unknown): void;
  /** The server refused or ended this subscription; the connection stays. */
  error(errors: readonly LiveError[]): void;
}

export interface LinkEvents {
  up(): void;
  down(): void;
}

type Timer = ReturnType<typeof setTimeout>;

/** One connection at a time, made anew whenever it is gone. The watches subscribe again on each `up`. */
export class Link {
  private client: Client | undefined;
  private socket: { send(message: string): void } | undefined;
  private attempt = 0;
  private retry: Timer | undefined;
  private closed = false;
  private pings = 0;
  private readonly answers = new Map<number, () => void>();

  constructor(
    private readonly options: LiveOptions,
    private readonly events: LinkEvents,
  ) {
    this.connect();
  }

  /** @returns undo */
  subscribe(query: string, variables: Readonly<Record<string, unknown>>, sink: Sink): () => void {
    const undo = this.client?.subscribe<unknown>(
      { query, variables: { ...variables } },
      {
        next: ({ data }) => {
          sink.next(data);
        },
        // Anything but a list is the end of the connection, and that is told by `down`.
        error: (error) => {
          if (Array.isArray(error)) sink.error(error as LiveError[]);
        },
        complete: () => undefined,
      },
    );
    return undo ?? (() => undefined);
  }

  /** Calls back when the server has answered everything that was sent before; never if the connection goes first. */
  roundTrip(done: () => void): void {
    const n = ++this.pings;
    this.answers.set(n, done);
    this.socket?.send(JSON.stringify({ type: 'ping', payload: { n } }));
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
    this.answers.clear();
    const { client } = this;
    this.client = undefined;
    this.socket = undefined;
    // It rejects where the connection never came about.
    void Promise.resolve(client?.dispose()).catch(() => undefined);
  }

  private connect(): void {
    const { options } = this;
    let silence: Timer | undefined;
    const client = createClient({
      url: options.url,
      lazy: false,
      // This class does it, because the client would give up on some codes.
      retryAttempts: 0,
      keepAlive: KEEP_ALIVE_MS,
      connectionAckWaitTimeout: ACK_MS,
      connectionParams: async () => {
        const token = await options.accessToken?.();
        return token ? { authorization: `Bearer ${token}` } : {};
      },
      onNonLazyError: () => undefined,
      ...(options.webSocketImpl !== undefined && { webSocketImpl: options.webSocketImpl }),
      on: {
        connected: (socket) => {
          if (this.client !== client) return;
          this.socket = socket as { send(message: string): void };
          this.attempt = 0;
          this.events.up();
        },
        ping: (received) => {
          if (!received) silence ??= setTimeout(() => client.terminate(), KEEP_ALIVE_MS);
        },
        pong: (received, payload) => {
          clearTimeout(silence);
          silence = undefined;
          const n = payload?.['n'];
          if (!received || typeof n !== 'number' || this.client !== client) return;
          this.answers.get(n)?.();
          this.answers.delete(n);
        },
        closed: (event) => {
          clearTimeout(silence);
          if (this.client === client) void this.lost((event as { code?: unknown }).code === FORBIDDEN);
        },
      },
    });
    this.client = client;
  }

  private async lost(forbidden: boolean): Promise<void> {
    this.drop();
    this.events.down();
    const wait = backoffMs(this.attempt++);
    if (forbidden) await Promise.resolve(this.options.onForbidden?.()).catch(() => undefined);
    if (this.closed || this.client) return;
    this.retry = setTimeout(
      () => {
        this.connect();
      },
      // A refreshed token is tried at once, and only once.
      forbidden && this.attempt === 1 ? 0 : wait,
    );
  }
}
