import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../../graphql/context';
import type { DocumentRequest, KnownDocuments } from '../../graphql/known-documents';
import { ANSWER_HEADERS, onBody, refuse, Refusal, withoutEmpty } from '../requests';
import { corsPolicy, type CorsHeaders } from './cors-policy';
import { withResult, type JudgedOperations } from './judged-operations';
import { HttpContext, type ContextSources } from './http-context';

/** Different Accept headers whose media type is kept. */
const MAX_ACCEPT_HEADERS = 100;

export interface GraphqlEndpointOptions extends ContextSources {
  readonly apollo: ApolloServer<RequestContext>;
  readonly operations: JudgedOperations;
  /** Origins of other pages that may call the API. */
  readonly allowedOrigins: 'any' | readonly string[];
  /** If defined, no other documents are executed. */
  readonly knownDocuments: KnownDocuments | undefined;
  /** Path to which a browser that opens the endpoint as a page is redirected; undefined: no redirect. */
  readonly idePath: string | undefined;
}

/** A request whose body was read, and the headers that its answer gets for its origin. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly cors: CorsHeaders;
}

/**
 * Connects Node's HTTP server with Apollo Server without Express, whose layers would cost as much as the execution of sendChat
 * (docs/decisions/0004). What Apollo Server has judged before is executed without it and without promises of its own
 * (docs/decisions/0015).
 */
export function graphqlEndpoint(options: GraphqlEndpointOptions): RequestListener {
  const cors = corsPolicy(options.allowedOrigins);
  /** Media type that Apollo Server has chosen for the answer to an Accept header. */
  const mediaTypes = new LRUCache<string, string>({ max: MAX_ACCEPT_HEADERS });

  const byApollo = async (exchange: Exchange, payload: Payload, contextOf: () => RequestContext): Promise<void> => {
    const { request, response } = exchange;
    const result = await options.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method ?? '', headers: headersOf(request), ...payload },
      // Asynchronous, so that Apollo Server answers if it throws.
      context: async () => contextOf(),
    });
    const { status, headers, body } = result;
    if (body.kind !== 'complete') throw new Error('incremental delivery is not offered');
    if (status === undefined) mediaTypes.set(request.headers.accept ?? '', headers.get('content-type') ?? '');
    // Apollo Server has values of its own for some of them.
    const own = new Map([...Object.entries(ANSWER_HEADERS), ...headers]);
    own.delete('content-length');
    send(response, status ?? 200, [...exchange.cors, ...[...own].flat()], body.string);
  };

  const answer = (exchange: Exchange, given: object | undefined): void => {
    const { request, response } = exchange;
    // Apollo Server answers every failed operation, so only a broken connection gets here.
    const fail = (): unknown => response.destroy();
    const payload = payloadOf(request, given, options.knownDocuments);
    const mediaType = mediaTypes.get(request.headers.accept ?? '');
    const judged = mediaType === undefined ? undefined : options.operations.find(payload.body);
    if (!judged || mediaType === undefined) {
      byApollo(exchange, payload, () => new HttpContext(request, options)).catch(fail);
      return;
    }
    const context = new HttpContext(request, options);
    const finish = (result: ExecutionResult): void => {
      // Apollo Server answers with errors, so that there is one implementation of it.
      if (result.errors) byApollo(exchange, payload, () => withResult(context, result)).catch(fail);
      else {
        const headers = [...ANSWER, ...exchange.cors, 'content-type', mediaType];
        send(response, 200, headers, `${JSON.stringify({ data: result.data })}\n`);
      }
    };
    const result = judged.execute(context);
    if (result instanceof Promise) result.then(finish).catch(fail);
    else finish(result);
  };

  return (request, response) => {
    if (request.method === 'OPTIONS') {
      cors.answerPreflight(request, response);
      return;
    }
    const exchange = { request, response, cors: cors.headersFor(request.headers.origin) };
    const fail = (error: unknown): void => {
      if (!(error instanceof Refusal)) {
        response.destroy();
        return;
      }
      const { cors: list } = exchange;
      for (let i = 0; i < list.length; i += 2) response.setHeader(list[i] ?? '', list[i + 1] ?? '');
      refuse(request, response, error);
    };
    if (options.idePath !== undefined && wantsPage(request)) {
      fail(new Refusal(302, '', { location: options.idePath }));
      return;
    }
    const receive = (body: object | undefined): void => {
      try {
        answer(exchange, body);
      } catch (error) {
        fail(error);
      }
    };
    onBody(request, receive, fail);
  };
}

interface Payload {
  /** The query string. */
  readonly search: string;
  readonly body: unknown;
}

/** What a request asks, without optional parameters that are empty. @throws Refusal if it asks for a document that is not registered */
function payloadOf(request: IncomingMessage, body: object | undefined, known: KnownDocuments | undefined): Payload {
  const payload = { search: searchOf(request), body: body && !Array.isArray(body) ? withoutEmpty(body) : body };
  return known ? withKnownDocument(known, payload) : payload;
}

function searchOf({ url = '' }: IncomingMessage): string {
  const start = url.indexOf('?');
  if (start < 0) return '';
  const search = url.slice(start);
  if (!/=(&|$)/.test(search)) return search;
  return `?${new URLSearchParams(withoutEmpty(Object.fromEntries(new URLSearchParams(search)))).toString()}`;
}

/** Replaces the requested document by the registered one before Apollo parses it. @throws Refusal if it is not registered */
function withKnownDocument(known: KnownDocuments, payload: Payload): Payload {
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

const ANSWER = Object.entries(ANSWER_HEADERS).flat();

/**
 * Writes all headers at once: Node keeps those that are set singly in a table of their own.
 * @param headers names and values in turn
 */
function send(response: ServerResponse, status: number, headers: string[], body: string): void {
  headers.push('content-length', String(Buffer.byteLength(body)));
  response.writeHead(status, headers);
  response.end(body);
}
