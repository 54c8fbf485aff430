import { createClient } from 'graphql-ws';
import type { Line, LineEvents } from './line';
import type { LiveError, LiveOptions } from './types';

const FORBIDDEN = 4403;
/** A silent connection is asked whether it is still there, and given up after as long again. */
const KEEP_ALIVE_MS = 10_000;
/** Acknowledging takes no longer than this on a connection worth having. */
const ACK_MS = 10_000;

/** A WebSocket with the protocol graphql-transport-ws. */
export function socketLine(options: LiveOptions, events: LineEvents): Line {
  const answers = new Map<number, () => void>();
  let socket: { send(message: string): void } | undefined;
  let pings = 0;
  let over = false;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const client = createClient({
    url: options.url,
    lazy: false,
    // Link does it, because the client would give up on some codes.
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
      connected: (opened) => {
        if (over) return;
        socket = opened as { send(message: string): void };
        events.up();
      },
      ping: (received) => {
        if (!received) silence ??= setTimeout(() => client.terminate(), KEEP_ALIVE_MS);
      },
      pong: (received, payload) => {
        clearTimeout(silence);
        silence = undefined;
        const n = payload?.['n'];
        if (!received || typeof n !== 'number' || over) return;
        answers.get(n)?.();
        answers.delete(n);
      },
      closed: (event) => {
        clearTimeout(silence);
        if (over) return;
        close();
        events.down((event as { code?: unknown }).code === FORBIDDEN);
      },
    },
  });

  const close = (): void => {
    over = true;
    answers.clear();
    // It rejects where the connection never came about.
    void Promise.resolve(client.dispose()).catch(() => undefined);
  };

  return {
    subscribe: (query, variables, sink) =>
      client.subscribe<unknown>(
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
      ),
    roundTrip: (done) => {
      const n = ++pings;
      answers.set(n, done);
      // The client sends a subscription some turns after it was asked to; the ping must not overtake it.
      setTimeout(() => {
        if (!over) socket?.send(JSON.stringify({ type: 'ping', payload: { n } }));
      }, 0);
    },
    close,
  };
}
