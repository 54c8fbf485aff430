import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import cors from 'cors';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { DomainError } from '../../domain/errors';
import { preferredLocale } from '../../domain/locale';
import type { Viewer } from '../../domain/user';
import type { RequestContext } from '../../graphql/context';
import type { DocumentRequest, KnownDocuments } from '../../graphql/known-documents';
import { withResult, type JudgedOperations } from './judged-operations';
import { ANSWER_HEADERS, bodyOf, refuse, Refusal, withoutEmpty } from '../requests';

/** Different Accept headers whose media type is kept. */
const MAX_ACCEPT_HEADERS = 100;

export interface GraphqlEndpointOptions {
  readonly apollo: ApolloServer<RequestContext>;
  readonly operations: JudgedOperations;
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Address of the page for the client that sent this request, without a path. */
  readonly pageUrl: (request: IncomingMessage) => string;
  /** Origins of other pages that may call the API. */
  readonly allowedOrigins: 'any' | readonly string[];
  /** If defined, no other documents are executed. */
  readonly knownDocuments: KnownDocuments | undefined;
  /** Path to which a browser that opens the endpoint as a page is redirected; undefined: no redirect. */
  readonly idePath: string | undefined;
}

/**
 * Connects Node's HTTP server with Apollo Server without Express, whose layers would cost as much as the execution of sendChat
 * (docs/decisions/0004).
 */
export function graphqlEndpoint(options: GraphqlEndpointOptions): RequestListener {
  const corsHeaders = cors({
    origin: options.allowedOrigins === 'any' ? '*' : [...options.allowedOrigins],
    exposedHeaders: ['Retry-After'],
    maxAge: 600,
  });
  /** Media type that Apollo Server has chosen for the answer to an Accept header. */
  const mediaTypes = new LRUCache<string, string>({ max: MAX_ACCEPT_HEADERS });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      if (options.idePath !== undefined && wantsPage(request)) throw new Refusal(302, '', { location: options.idePath });
      const payload = withKnownDocument(options.knownDocuments, {
        search: searchOf(request),
        body: await parametersOf(request),
      });
      const accept = request.headers.accept ?? '';
      const mediaType = mediaTypes.get(accept);
      const judged = mediaType === undefined ? undefined : options.operations.find(payload.body);
      let executed: RequestContext | undefined;
      if (judged && mediaType !== undefined) {
        const context = contextOf(request, options);
        const result = await judged.execute(context);
        if (!result.errors) {
          send(response, 200, [['content-type', mediaType]], `${JSON.stringify({ data: result.data })}\n`);
          return;
        }
        // Apollo Server answers with errors, so that there is one implementation of it.
        executed = withResult(context, result);
      }
      const result = await options.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: request.method ?? '', headers: headersOf(request), ...payload },
        context: () => Promise.resolve(executed ?? contextOf(request, options)),
      });
      const { status, headers, body } = result;
      if (body.kind !== 'complete') throw new Error('incremental delivery is not offered');
      if (status === undefined) mediaTypes.set(accept, headers.get('content-type'));
      send(response, status ?? 200, headers, body.string);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(request, response, error);
    }
  };
  return (request, response) => {
    corsHeaders(request, response, () => {
      // Apollo answers every failed operation, so only a broken connection gets here.
      answer(request, response).catch(() => response.destroy());
    });
  };
}

function contextOf(request: IncomingMessage, options: GraphqlEndpointOptions): RequestContext {
  const client = {
    address: options.addressOf(request),
    locale: preferredLocale(request.headers['accept-language']),
    pageUrl: options.pageUrl(request),
  };
  try {
    return { ...client, viewer: options.authenticate(request.headers.authorization), tokenProblem: null };
  } catch (error) {
    if (error instanceof DomainError) return { ...client, viewer: null, tokenProblem: error };
    throw error;
  }
}

/** The query string, without optional parameters that are empty. */
function searchOf({ url = '' }: IncomingMessage): string {
  const start = url.indexOf('?');
  if (start < 0) return '';
  const search = url.slice(start);
  if (!/=(&|$)/.test(search)) return search;
  return `?${new URLSearchParams(withoutEmpty(Object.fromEntries(new URLSearchParams(search)))).toString()}`;
}

async function parametersOf(request: IncomingMessage): Promise<unknown> {
  const body = await bodyOf(request);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? withoutEmpty(body) : body;
}

interface Payload {
  readonly search: string;
  readonly body: unknown;
}

/** Replaces the requested document by the registered one before Apollo parses it. @throws Refusal if it is not registered */
function withKnownDocument(known: KnownDocuments | undefined, payload: Payload): Payload {
  if (!known) return payload;
  try {
    if (payload.body !== undefined)
      // The hash of the client is removed: it may be that of another text.
      return {
        ...payload,
        body: { ...Object(payload.body), query: known.textOf(payload.body as DocumentRequest), extensions: {} },
      };
    const parameters = new URLSearchParams(payload.search);
    const extensions = JSON.parse(parameters.get('extensions') ?? '{}') as DocumentRequest['extensions'];
    parameters.set('query', known.textOf({ ...Object.fromEntries(parameters), extensions }));
    for (const name of ['extensions', 'documentId', 'id']) parameters.delete(name);
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

/** Recognises a browser that opens the address. API clients that use GET send a query or accept JSON. */
const wantsPage = (request: IncomingMessage): boolean =>
  request.method === 'GET' && !request.url?.includes('?') && (request.headers.accept ?? '').includes('text/html');

function send(response: ServerResponse, status: number, headers: Iterable<[string, string]>, body: string): void {
  for (const [name, value] of Object.entries(ANSWER_HEADERS)) response.setHeader(name, value);
  for (const [name, value] of headers) response.setHeader(name, value);
  response.setHeader('content-length', Buffer.byteLength(body));
  response.writeHead(status);
  response.end(body);
}
