import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { handleProtocols } from 'graphql-ws';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { WebSocketServer } from 'ws';
import type { Viewer } from '../../domain/user';
import { formatError } from '../../graphql/format-error';
import type { KnownDocuments } from '../../graphql/known-documents';
import { limitsRule, MAX_TOKENS } from '../../graphql/limits';
import { Connection, TOO_SLOW } from '../../live/delivery/connection';
import type { LiveHub } from '../../live/hub';
import { Operations } from '../../live/operations';
import { transportFor } from '../../live/delivery/transport';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import { CloseCode } from './close-codes';
import { EventStream } from './event-stream';
import { guardedServer, onWebSocket, type HttpTimes } from '../guarded-server';
import { withHealth, type Health } from '../metrics/health';
import { listen } from '../listen';
import { liveProtocol } from './live-protocol';
import { LiveSocket, type SocketRates } from './live-socket';
import { GRAPHQL_PATH, pathOf, refuse, Refusal, refuseSocket, STREAM_PATH } from '../requests';
import { OpenConnections } from './open-connections';
import { ServedWebSocket } from './served-web-socket';
import { RETRY_LATER, streamEndpoint, tooManyConnections } from './stream-endpoint';
import { wantsStream } from './stream-format';

export interface LiveServerOptions {
  readonly schema: GraphQLSchema;
  readonly hub: LiveHub;
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  /** The only documents that are executed; undefined: all. */
  readonly knownDocuments: KnownDocuments | undefined;
  /** Calls the listener for each session that is revoked. @returns a function that removes the listener */
  readonly onSessionEnd: (listener: (sessionId: string) => void) => () => void;
  readonly allowsOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  /** The key under which the connections of one client are counted. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Counts a new connection. @throws DomainError RATE_LIMITED */
  readonly admit: (address: string) => Promise<void>;
  readonly maxSocketsPerAddress: number;
  readonly maxSocketsPerUser: number;
  /** Limit of sockets that have not sent connection_init. Beyond it the oldest of them is closed. */
  readonly maxUninitialised: number;
  readonly rates: SocketRates;
  readonly times: HttpTimes;
  readonly health: Health;
  /** Called for each connection that is closed as a slow consumer. */
  readonly onSlowClose?: () => void;
  /** Called with every error that is sent to a client. */
  readonly onError?: (error: GraphQLFormattedError) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface LiveServer {
  /** Serves sockets at GRAPHQL_PATH of another server. That server passes its requests to STREAM_PATH to `stream`. */
  attach(server: Server): void;
  readonly stream: RequestListener;
  /** Opens a separate port. @returns the port @throws StartupError */
  listen(port: number, host: string): Promise<number>;
  readonly socketCount: number;
  /** Refuses new connections and closes the open ones with 1001, spread over a second so that clients do not reconnect all at once. Idempotent. */
  stop(): Promise<void>;
}

/** Largest message from a client, in bytes. */
const MAX_FRAME_BYTES = 16 * 1024;
const MAX_FRAGMENTS = 64;
/** How long a socket may take to answer a close frame, and how long a stop waits for all sockets, in milliseconds. */
const CLOSE_TIMEOUT_MS = 5_000;
/** How often expired and ended sessions are looked for, in milliseconds. */
const SWEEP_MS = 500;
/** Each socket is pinged every 24 sweeps (12 s) and terminated if it has not answered by the next ping. A half-open socket is found within 24 s. */
const SWEEPS_PER_PING = 24;
/** A stop closes the sockets in this many batches. */
const DRAIN_BATCHES = 20;
/** Time between two batches, in milliseconds. */
const DRAIN_STEP_MS = 50;

const SOCKET_OPTIONS = {
  WebSocket: ServedWebSocket,
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: MAX_FRAME_BYTES,
  maxFragments: MAX_FRAGMENTS,
  closeTimeout: CLOSE_TIMEOUT_MS,
  // An unsupported subprotocol is accepted at first, so that the close reason can name the supported one.
  handleProtocols: (protocols: Set<string>) => handleProtocols(protocols) || ([...protocols][0] ?? false),
};

/** The beginning of the connection ids of this process: unique in all processes. */
const PROCESS_ID = randomBytes(16).toString('base64url');

/** A listener without closure: one that is made in the upgrade would keep its request as long as the socket is open. */
function destroy(this: Duplex): void {
  this.destroy();
}

export function createLiveServer(options: LiveServerOptions): LiveServer {
  const { clock, logger } = options;
  const connections = new OpenConnections();
  /** Sockets that have not sent connection_init, the oldest first. */
  const uninitialised = new Set<LiveSocket>();
  const detach: (() => void)[] = [];
  let own: Server | undefined;
  let sweeps = 0;
  let opens = 0;
  let stopping: Promise<void> | undefined;

  const upgrader = new WebSocketServer(SOCKET_OPTIONS);
  const operations = new Operations(options.schema, { maxTokens: MAX_TOKENS, rules: [limitsRule] });
  const protocol = liveProtocol({
    ...options,
    operations,
    initialised: (socket) => {
      uninitialised.delete(socket);
    },
    admit: (socket, viewer) => {
      socket.connection.viewer = viewer;
      return connections.addForUser(viewer.userId) <= options.maxSocketsPerUser;
    },
  });

  const nextId = (): string => `${PROCESS_ID}-${++opens}`;

  const closed = (socket: LiveSocket): void => {
    uninitialised.delete(socket);
    connections.remove(socket);
  };

  const opened = (ws: ServedWebSocket, raw: Duplex, address: string, authorization: string | undefined): void => {
    const connection = new Connection(nextId(), transportFor(ws, raw), (code, reason) => {
      if (code === TOO_SLOW) options.onSlowClose?.();
      socket.close(code, reason);
    });
    const socket = new LiveSocket(ws, connection, opens % SWEEPS_PER_PING, authorization, options.rates, clock, logger, closed);
    uninitialised.add(socket);
    const [oldest] = uninitialised;
    if (oldest && uninitialised.size > options.maxUninitialised) oldest.drop(CloseCode.TryAgainLater, 'Too many connections');
    connections.add(socket, address);
    socket.open(protocol);
  };

  const upgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    raw.on('error', destroy);
    const refusal = pathOf(request) === GRAPHQL_PATH ? refusalOf(request) : new Refusal(404, NO_SUCH_PATH, {}, 'NOT_FOUND');
    if (refusal) {
      refuseSocket(raw, refusal);
      return;
    }
    const address = options.addressOf(request);
    options.admit(address).then(
      () => {
        // The server may have begun to stop while the connection was counted.
        const lateRefusal = refusalOf(request);
        if (lateRefusal) {
          refuseSocket(raw, lateRefusal);
          return;
        }
        upgrader.handleUpgrade(request, raw, head, (ws) => {
          // From here on `ws` handles errors.
          raw.off('error', destroy);
          opened(ws, raw, address, request.headers.authorization);
        });
      },
      (error: unknown) => {
        refuseSocket(raw, tooManyConnections(error));
      },
    );
  };

  const refusalOf = (request: IncomingMessage): Refusal | undefined => {
    if (stopping) return new Refusal(503, 'The server is stopping. Try again.', RETRY_LATER);
    if (!options.allowsOrigin(request.headers.origin, request.headers.host)) {
      return new Refusal(403, 'This origin may not connect.');
    }
    if (connections.ofAddress(options.addressOf(request)) >= options.maxSocketsPerAddress) return tooManyConnections();
    return undefined;
  };

  const formatted = (error: unknown): object => {
    const result = formatError(error, logger);
    options.onError?.(result);
    return result;
  };
  const stream = streamEndpoint({
    ...options,
    operations,
    refusalOf,
    countConnection: (request) => options.admit(options.addressOf(request)),
    maxBodyBytes: MAX_FRAME_BYTES,
    newStream: (request, response, viewer, format) =>
      new EventStream(nextId(), viewer, opens % SWEEPS_PER_PING, request, response, format, formatted),
    enter: (opening, request) => {
      const { viewer } = opening.connection;
      if (viewer && connections.ofUser(viewer.userId) >= options.maxSocketsPerUser) return undefined;
      if (viewer) connections.addForUser(viewer.userId);
      connections.add(opening, options.addressOf(request));
      return () => {
        connections.remove(opening);
      };
    },
  });

  const unlisten = options.onSessionEnd((sessionId) => {
    for (const socket of connections) {
      if (socket.connection.viewer?.sessionId === sessionId) socket.close(CloseCode.Forbidden, 'Forbidden');
    }
  });
  const sweep = setInterval(() => {
    const now = clock.now();
    const phase = sweeps++ % SWEEPS_PER_PING;
    for (const socket of connections) {
      const { viewer } = socket.connection;
      if (viewer && viewer.expiresAt <= now) socket.close(CloseCode.Forbidden, 'Forbidden');
      if (socket.phase !== phase) continue;
      if (socket.alive) socket.ping();
      else socket.terminate();
    }
  }, SWEEP_MS);

  const drain = async (): Promise<void> => {
    own?.close();
    const all = [...connections].sort(() => Math.random() - 0.5);
    const size = Math.ceil(all.length / DRAIN_BATCHES);
    for (let i = 0; i < all.length; i += size) {
      for (const socket of all.slice(i, i + size)) socket.close(CloseCode.GoingAway, 'Going away');
      if (i + size < all.length) await sleep(DRAIN_STEP_MS);
    }
    const deadline = performance.now() + CLOSE_TIMEOUT_MS;
    while (connections.size > 0 && performance.now() < deadline) await sleep(DRAIN_STEP_MS / 5);
    for (const socket of connections) socket.terminate();
    clearInterval(sweep);
    unlisten();
    for (const each of detach) each();
    own?.closeAllConnections();
  };

  return {
    stream,
    attach: (server) => {
      detach.push(onWebSocket(server, upgrade));
    },
    listen: (port, host) => {
      own = guardedServer(options.times, answer(options.health, stream));
      onWebSocket(own, upgrade);
      return listen(own, port, host, 'WS_PORT');
    },
    get socketCount() {
      return connections.size;
    },
    stop: () => (stopping ??= drain()),
  };
}

/** HTTP requests to the port of the subscriptions. */
function answer(health: Health, stream: RequestListener): RequestListener {
  return withHealth(health, (request, response) => {
    const path = pathOf(request);
    if (path === STREAM_PATH || (path === GRAPHQL_PATH && wantsStream(request))) stream(request, response);
    else if (path === GRAPHQL_PATH)
      refuse(request, response, new Refusal(426, WRONG_PORT, { upgrade: 'websocket', connection: 'Upgrade' }));
    else refuse(request, response, new Refusal(404, NO_SUCH_PATH, {}, 'NOT_FOUND'));
  });
}

const NO_SUCH_PATH = `Subscriptions are served at ${GRAPHQL_PATH} (WebSocket) and ${STREAM_PATH} (server-sent events).`;
const WRONG_PORT =
  'This port serves subscriptions: by WebSocket with the protocol graphql-transport-ws, or as events at ' +
  `${STREAM_PATH}. Send queries and mutations to the HTTP port.`;
