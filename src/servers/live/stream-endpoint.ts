import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { badInput, DomainError } from '../../domain/errors';
import type { Viewer } from '../../domain/user';
import type { Accepted } from '../../live/hub';
import type { Logger } from '../../ports/logger';
import { type EventStream } from './event-stream';
import { namesDocument, type DocumentRequest } from '../../graphql/known-documents';
import { bodyOf, refuse, Refusal, withoutEmpty } from '../requests';
import { streamFormatOf, type StreamFormat } from './stream-format';
import { accept, type Accepting, type SubscribePayload } from './live-protocol';

export const RETRY_LATER = { 'retry-after': '5' };

/** @param cause names the wait in seconds, if it is known */
export function tooManyConnections(cause?: unknown): Refusal {
  const seconds = cause instanceof DomainError ? cause.retryAfter : undefined;
  const headers = seconds === undefined ? RETRY_LATER : { 'retry-after': String(seconds) };
  return new Refusal(429, 'Too many connections from this address.', headers);
}

export interface StreamEndpointOptions extends Accepting {
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  /** Why a new connection is refused; the same rules as for sockets. */
  readonly refusalOf: (request: IncomingMessage) => Refusal | undefined;
  /** @throws DomainError RATE_LIMITED */
  readonly countConnection: (request: IncomingMessage) => Promise<void>;
  /** Counts the stream. @returns a function that stops counting it; undefined if the viewer has too many connections already */
  readonly enter: (stream: EventStream, request: IncomingMessage) => (() => void) | undefined;
  readonly newStream: (
    request: IncomingMessage,
    response: ServerResponse,
    viewer: Viewer | null,
    format: StreamFormat,
  ) => EventStream;
  readonly maxBodyBytes: number;
  readonly logger: Logger;
}

const PREFLIGHT_SECONDS = '600';

/** Serves subscriptions as server-sent events, for networks that block WebSockets. Each request is one subscription. */
export function streamEndpoint(options: StreamEndpointOptions): RequestListener {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      if (request.method === 'OPTIONS') {
        answerPreflight(request, response);
        return;
      }
      if (request.method !== 'GET' && request.method !== 'POST') {
        throw new Refusal(405, 'Use GET or POST.', { allow: 'GET, POST, OPTIONS' });
      }
      mayConnect(request);
      await options.countConnection(request).catch((error: unknown) => {
        throw tooManyConnections(error);
      });
      const format = streamFormatOf(request);
      if (!format) throw new Refusal(406, 'This path sends server-sent events. Send the header "Accept: text/event-stream".');
      const payload = payloadOf(request, await bodyOf(request, options.maxBodyBytes));
      if (response.destroyed) return;
      begin(request, response, format, ...(await admit(request, payload)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(request, response, error);
    }
  };

  const mayConnect = (request: IncomingMessage): void => {
    const refusal = options.refusalOf(request);
    if (refusal) throw refusal;
  };

  const admit = async (
    request: IncomingMessage,
    payload: SubscribePayload | DomainError,
  ): Promise<[Viewer | null, Accepted | readonly unknown[]]> => {
    try {
      const { authorization } = request.headers;
      const viewer = options.authenticate(authorization);
      const accepted = payload instanceof DomainError ? [payload] : await accept(options, payload, viewer);
      // Again, because the session may have been revoked meanwhile.
      return [options.authenticate(authorization), accepted];
    } catch (error) {
      return [null, [error]];
    }
  };

  const begin = (
    request: IncomingMessage,
    response: ServerResponse,
    format: StreamFormat,
    viewer: Viewer | null,
    accepted: Accepted | readonly unknown[],
  ): void => {
    if (response.destroyed) return;
    // The limits may have been reached, or the server may have begun to stop, while the body was received.
    mayConnect(request);
    if (!response.socket) throw new Refusal(400, 'Requests for events may not be pipelined.');
    const stream = options.newStream(request, response, viewer, format);
    const leave = options.enter(stream, request);
    if (!leave) throw new Refusal(429, 'Too many connections for this account.', RETRY_LATER);
    stream.open(options.hub, accepted, leave);
  };

  return (request, response) => {
    // Every origin may read the answer, so that pages of refused origins see the reason.
    const { origin } = request.headers;
    if (origin !== undefined) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', 'Retry-After');
    }
    response.setHeader('vary', 'Origin');
    response.setHeader('cache-control', 'no-store');
    serve(request, response).catch((err: unknown) => {
      options.logger.error({ err }, 'event stream could not be opened');
      response.destroy();
    });
  };
}

/** Reads the subscription from the body, or from the query string of a GET: an EventSource can send neither body nor headers. */
function payloadOf(request: IncomingMessage, body: unknown): SubscribePayload | DomainError {
  const given = withoutEmpty(body ?? queryOf(request)) as Record<'query' | 'operationName' | 'variables', unknown> &
    DocumentRequest;
  const { query = namesDocument(given) ? '' : undefined, operationName = null, variables = null, extensions = null } = given;
  if (typeof query !== 'string') return badInput('query', 'Send the subscription document as "query".');
  if (operationName !== null && typeof operationName !== 'string') return badInput('operationName', 'It must be a string.');
  if (typeof variables !== 'object' || Array.isArray(variables)) return badInput('variables', 'They must be an object.');
  return { ...given, query, operationName, variables, extensions } as SubscribePayload;
}

function queryOf({ url = '' }: IncomingMessage): Record<string, unknown> {
  const { query, operationName, documentId, id, ...json } = withoutEmpty(
    Object.fromEntries(new URL(url, 'http://localhost').searchParams),
  ) as Record<string, string>;
  const parsed = Object.entries(json).map(([name, text]) => {
    try {
      return [name, JSON.parse(text) as unknown];
    } catch {
      return [name, 'not JSON'];
    }
  });
  return { query, operationName, documentId, id, ...(Object.fromEntries(parsed) as Record<string, unknown>) };
}

/** Allows every header that the page asks for, as the preflight of the API does. Origins are checked with the request itself. */
function answerPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    vary: 'Origin, Access-Control-Request-Headers',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? 'authorization, content-type, accept',
    'access-control-max-age': PREFLIGHT_SECONDS,
  });
  response.end();
}
