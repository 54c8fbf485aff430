import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Refusal, refuseSocket } from './requests';

/** How long a client may take, in milliseconds. */
export interface HttpTimes {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADERS = 100;
/** Longer than proxies keep theirs (60 s mostly): whoever sends on a connection just as it is closed gets no answer. */
const KEEP_ALIVE_MS = 75_000;
/** Node looks for connections that take too long every 30 s unless told otherwise. */
const CHECKS_PER_TIMEOUT = 5;

/** Node's HTTP server with bounds on headers and time, which says what was wrong as GraphQL does. */
export function guardedServer({ headersTimeoutMs, requestTimeoutMs }: HttpTimes, listener?: RequestListener): Server {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(headersTimeoutMs, requestTimeoutMs) / CHECKS_PER_TIMEOUT,
    },
    listener,
  );
  server.maxHeadersCount = MAX_HEADERS;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Whoever is gone, or is in the middle of an answer, is told nothing.
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) socket.destroy();
    else refuseSocket(socket, (FAULTS[error.code ?? ''] ?? MALFORMED)());
  });
  return server;
}

const MALFORMED = () => new Refusal(400, 'This is not an HTTP request.');
const FAULTS: Readonly<Record<string, () => Refusal>> = {
  HPE_HEADER_OVERFLOW: () => new Refusal(431, 'The headers are larger than 16 KiB.'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => new Refusal(413, 'The chunk extensions are too large.'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Refusal(408, 'The request took too long.'),
};

/** Node's own mark of a connection with an answer that has begun; bytes in between would look like a part of it. */
const isAnswering = (socket: Duplex): boolean =>
  (socket as Duplex & { _httpMessage?: { headersSent: boolean } })._httpMessage?.headersSent === true;
