import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { normaliseTarget, Refusal, refuseSocket } from './requests';

/** Time that a client may take to send a request, in milliseconds. */
export interface HttpTimes {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADERS = 100;
/** How long an idle connection stays open, in milliseconds. Longer than in most proxies (60 s), so that the proxy closes it first and loses no request. */
const KEEP_ALIVE_MS = 75_000;
/** Checks for slow connections within the shorter timeout. Node's default is one check every 30 s. */
const CHECKS_PER_TIMEOUT = 5;

/** Node's HTTP server with limits on headers and time. Malformed requests get an error in the shape of GraphQL. */
export function guardedServer({ headersTimeoutMs, requestTimeoutMs }: HttpTimes, listener?: RequestListener): Server {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(headersTimeoutMs, requestTimeoutMs) / CHECKS_PER_TIMEOUT,
  });
  server.on('request', normaliseTarget);
  if (listener) server.on('request', listener);
  server.maxHeadersCount = MAX_HEADERS;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // An error response cannot be sent to a closed connection, or in the middle of another response.
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) socket.destroy();
    else refuseSocket(socket, (FAULTS[error.code ?? ''] ?? MALFORMED)());
  });
  return server;
}

/**
 * Calls the listener for WebSocket upgrades. Node emits `upgrade` for every request with an Upgrade header, for example `h2c` from
 * Java's HTTP client or `curl --http2`; these are handled as requests without the header (RFC 9110, 7.8).
 * @returns a function that removes the listener
 */
export function onWebSocket(
  server: Server,
  listener: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
): () => void {
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      restart(server, request, socket, head);
      return;
    }
    normaliseTarget(request);
    listener(request, socket, head);
  };
  server.on('upgrade', upgrade);
  return () => void server.off('upgrade', upgrade);
}

const UPGRADE_HEADERS: ReadonlySet<string> = new Set(['upgrade', 'http2-settings']);

/** Gives the connection back to the server as if the request had offered no upgrade. */
function restart(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  // Node drops the headers beyond the limit. One of them may have been Content-Length: the body would be read as another request.
  if (request.rawHeaders.length >= 2 * MAX_HEADERS) {
    refuseSocket(socket, new Refusal(431, `A request that offers an upgrade may have at most ${MAX_HEADERS - 1} headers.`));
    return;
  }
  const lines = [`${request.method ?? ''} ${request.url ?? ''} HTTP/${request.httpVersion}`];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i] ?? '';
    let value = request.rawHeaders[i + 1] ?? '';
    if (UPGRADE_HEADERS.has(name.toLowerCase())) continue;
    if (name.toLowerCase() === 'connection') {
      const options = value.split(',').map((option) => option.trim());
      value = options.filter((option) => !UPGRADE_HEADERS.has(option.toLowerCase())).join(', ');
      if (value === '') continue;
    }
    lines.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

const MALFORMED = () => new Refusal(400, 'This is not an HTTP request.');
const FAULTS: Readonly<Record<string, () => Refusal>> = {
  HPE_HEADER_OVERFLOW: () => new Refusal(431, 'The headers are larger than 16 KiB.'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => new Refusal(413, 'The chunk extensions are too large.'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Refusal(408, 'The request took too long.'),
};

/** Whether a response has begun on the connection; more bytes would look like a part of it. Reads a private field of Node. */
const isAnswering = (socket: Duplex): boolean =>
  (socket as Duplex & { _httpMessage?: { headersSent: boolean } })._httpMessage?.headersSent === true;
