import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer, type HTTPGraphQLResponse } from '@apollo/server';
import cors from 'cors';
import { GraphQLError } from 'graphql';
import { DomainError } from '../../domain/errors';
import type { Viewer } from '../../domain/user';
import type { RequestContext } from '../../graphql/context';
import type { Asked, KnownDocuments } from '../../graphql/known-documents';
import { ANSWER_HEADERS, bodyOf, refuse, Refusal } from '../requests';

export interface GraphqlEndpointOptions {
  readonly apollo: ApolloServer<RequestContext>;
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Origins that may call from other pages; 'any' outside production. */
  readonly allowedOrigins: 'any' | readonly string[];
  /** If given, the only ones that are executed. */
  readonly knownDocuments: KnownDocuments | undefined;
  /** Where a browser is sent that opens the endpoint as a page; undefined: it gets an answer like any other client. */
  readonly idePath: string | undefined;
}

/**
 * GraphQL over HTTP between Node's server and Apollo's. Express stands beside it and not in front: per sendChat its layers cost
 * as much as the execution (docs/decisions/0004).
 */
export function graphqlEndpoint(options: GraphqlEndpointOptions): RequestListener {
  const corsHeaders = cors({
    origin: options.allowedOrigins === 'any' ? '*' : [...options.allowedOrigins],
    exposedHeaders: ['Retry-After'],
    maxAge: 600,
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      if (options.idePath !== undefined && wantsPage(request)) throw new Refusal(302, '', { location: options.idePath });
      const result = await options.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method ?? '',
          headers: headersOf(request),
          ...onlyKnown(options.knownDocuments, {
            search: request.url?.includes('?') ? request.url.slice(request.url.indexOf('?')) : '',
            body: await bodyOf(request),
          }),
        },
        context: () => Promise.resolve(contextOf(request, options)),
      });
      send(response, result);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(request, response, error);
    }
  };
  return (request, response) => {
    corsHeaders(request, response, () => {
      // Apollo answers whatever fails; what is left is a connection that broke.
      answer(request, response).catch(() => response.destroy());
    });
  };
}

function contextOf(request: IncomingMessage, options: GraphqlEndpointOptions): RequestContext {
  const address = options.addressOf(request);
  try {
    return { viewer: options.authenticate(request.headers.authorization), address, tokenProblem: null };
  } catch (error) {
    if (error instanceof DomainError) return { viewer: null, address, tokenProblem: error };
    throw error;
  }
}

interface Payload {
  readonly search: string;
  readonly body: unknown;
}

/** Puts the known document in the place of its hash or spelling, before Apollo parses anything. @throws Refusal if it is not known */
function onlyKnown(known: KnownDocuments | undefined, payload: Payload): Payload {
  if (!known) return payload;
  try {
    if (payload.body !== undefined)
      // Without the hash, which need not be that of the text.
      return { ...payload, body: { ...Object(payload.body), query: known.textOf(payload.body as Asked), extensions: {} } };
    const parameters = new URLSearchParams(payload.search);
    const extensions = JSON.parse(parameters.get('extensions') ?? '{}') as Asked['extensions'];
    parameters.set('query', known.textOf({ query: parameters.get('query') ?? undefined, extensions }));
    parameters.delete('extensions');
    return { ...payload, search: `?${parameters.toString()}` };
  } catch (error) {
    const { message, extensions } = error instanceof GraphQLError ? error : new GraphQLError('The extensions are not JSON.');
    throw new Refusal(400, message, {}, (extensions['code'] as string | undefined) ?? 'BAD_REQUEST');
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** A browser that opens the address; a client that asks by GET says that it wants JSON, or has a query. */
const wantsPage = (request: IncomingMessage): boolean =>
  request.method === 'GET' && !request.url?.includes('?') && (request.headers.accept ?? '').includes('text/html');

function send(response: ServerResponse, { status, headers, body }: HTTPGraphQLResponse): void {
  if (body.kind !== 'complete') throw new Error('incremental delivery is not offered');
  for (const [name, value] of Object.entries(ANSWER_HEADERS)) response.setHeader(name, value);
  for (const [name, value] of headers) response.setHeader(name, value);
  response.setHeader('content-length', Buffer.byteLength(body.string));
  response.writeHead(status ?? 200);
  response.end(body.string);
}
