import { createClient } from 'graphql-ws';
import type { Connection, ConnectionEvents } from './connection';
import type { LiveError, LiveOptions } from './types';

const FORBIDDEN = 4403;
/** A connection without traffic is pinged after this time, and terminated if the pong takes as long again. */
const KEEP_ALIVE_MS = 10_000;
/** For connecting and for the server's connection_ack. */
const ACK_TIMEOUT_MS = 10_000;

/** A WebSocket with the protocol graphql-transport-ws. */
export function openSocket(options: LiveOptions, events: ConnectionEvents): Connection {
  const roundTrips = new Map<number, () => void>();
  let socket: { send(message: string): void } | undefined;
  let pings = 0;
  let closed = false;
  let pongTimeout: ReturnType<typeof setTimeout> | undefined;

  const client = createClient({
    url: options.url,
    lazy: false,
    // The Reconnector retries: this client would give up on some close codes.
    retryAttempts: 0,
    keepAlive: KEEP_ALIVE_MS,
    connectionAckWaitTimeout: ACK_TIMEOUT_MS,
    connectionParams: async () => {
      const token = await options.accessToken?.();
      return token ? { authorization: `Bearer ${token}` } : {};
    },
    onNonLazyError: () => undefined,
    ...(options.webSocketImpl !== undefined && { webSocketImpl: options.webSocketImpl }),
    on: {
      connected: (opened) => {
        if (closed) return;
        socket = opened as { send(message: string): void };
        events.opened();
      },
      ping: (received) => {
        if (!received) pongTimeout ??= setTimeout(() => client.terminate(), KEEP_ALIVE_MS);
      },
      pong: (received, payload) => {
        clearTimeout(pongTimeout);
        pongTimeout = undefined;
        const n = payload?.['n'];
        if (!received || typeof n !== 'number' || closed) return;
        roundTrips.get(n)?.();
        roundTrips.delete(n);
      },
      closed: (event) => {
        clearTimeout(pongTimeout);
        if (closed) return;
        close();
        events.lost((event as { code?: unknown }).code === FORBIDDEN);
      },
    },
  });

  const close = (): void => {
    closed = true;
    roundTrips.clear();
    // Rejects if the connection was never opened.
    void Promise.resolve(client.dispose()).catch(() => undefined);
  };

  return {
    subscribe: (query, variables, sink) =>
      client.subscribe<unknown>(
        { query, variables: { ...variables }, ...(options.isScreen && { extensions: { screen: true } }) },
        {
          next: ({ data }) => {
            sink.next(data);
          },
          // Anything but a list of errors means that the connection was lost, which `lost` reports.
          error: (error) => {
            if (Array.isArray(error)) sink.error(error as LiveError[]);
          },
          complete: () => undefined,
        },
      ),
    roundTrip: (done) => {
      const n = ++pings;
      roundTrips.set(n, done);
      // graphql-ws sends a subscribe message some microtasks after `subscribe`; the ping must come after it.
      setTimeout(() => {
        if (!closed) socket?.send(JSON.stringify({ type: 'ping', payload: { n } }));
      }, 0);
    },
    close,
  };
}
