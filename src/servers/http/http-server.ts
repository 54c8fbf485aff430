import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import express, { type ErrorRequestHandler, type Router } from 'express';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import helmet from 'helmet';
import type { Viewer } from '../../domain/user';
import type { RequestContext } from '../../graphql/context';
import { formatError } from '../../graphql/format-error';
import type { KnownDocuments } from '../../graphql/known-documents';
import { limitsRule, MAX_TOKENS } from '../../graphql/limits';
import { printAppSchema } from '../../graphql/print-schema';
import type { Logger } from '../../ports/logger';
import { OperationCosts, refuseCostly, refuseSubscriptions, retryAfterHeader } from './apollo-plugins';
import { JudgedOperations } from './judged-operations';
import { graphqlEndpoint } from './graphql-endpoint';
import type { AllowsHost } from '../host-policy';
import { guardedServer, onWebSocket, type HttpTimes } from '../guarded-server';
import { wantsStream } from '../live/stream-format';
import { withHealth, type Health } from '../metrics/health';
import { errorBody, GRAPHQL_PATH, pathOf, Refusal, refuse, refuseSocket, STREAM_PATH } from '../requests';

export interface HttpServerOptions {
  readonly schema: GraphQLSchema;
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  /** IP address of the client, under which rates are counted. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly introspection: boolean;
  /** If defined, no other documents are executed. */
  readonly knownDocuments: KnownDocuments | undefined;
  /** Whether a browser that opens /graphql is redirected to GraphiQL. */
  readonly ide: boolean;
  /** Origins of other pages that may call the API. */
  readonly allowedOrigins: 'any' | readonly string[];
  /** Address of the page for the client that sent this request, without a path. */
  readonly pageUrl: (request: IncomingMessage) => string;
  /** Whether requests for this host name are served. Health checks always are. */
  readonly allowsHost: AllowsHost;
  readonly health: Health;
  /** Called with every error that is sent to a client. */
  readonly onError?: (error: GraphQLFormattedError) => void;
  /** Answers requests for server-sent events if this port also serves subscriptions. */
  readonly stream: RequestListener | undefined;
  /** WebSocket URL of the subscriptions, for the messages to clients that try them on this port. */
  readonly liveUrl: (request: Pick<IncomingMessage, 'headers'>) => string;
  /** Serves the page, its assets and the IDE pages. */
  readonly pages: Router;
  readonly times: HttpTimes;
  readonly logger: Logger;
}

export interface HttpServer {
  readonly server: Server;
  /** Accepts no new requests. Running ones may finish for ten seconds. */
  stop(): Promise<void>;
}

/** Apollo Server, and on the same port Express with the page and the health checks. The caller starts listening. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const app = express().disable('x-powered-by');
  const server = guardedServer(options.times);
  const urlsFor = (host: string | undefined): { socket: string; events: string } => {
    const socket = options.liveUrl({ headers: { host } });
    return { socket, events: socket.replace(/^ws/, 'http').replace(/\/graphql$/, STREAM_PATH) };
  };
  const costs = new OperationCosts(options.schema);
  const operations = new JudgedOperations(options.schema, (document, operation) => costs.isAlwaysAllowed(document, operation));
  const apollo = new ApolloServer<RequestContext>({
    gateway: operations.gateway,
    introspection: options.introspection,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    validationRules: [limitsRule],
    formatError: (_, error) => {
      const formatted = formatError(error, options.logger);
      options.onError?.(formatted);
      return formatted;
    },
    logger: apolloLogger(options.logger),
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // It would inspect every field of every answer, and no answer may be cached.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: server }),
      refuseSubscriptions(urlsFor),
      refuseCostly(costs),
      retryAfterHeader,
    ],
  });
  await apollo.start();

  app.use(plainHeaders);
  app.use(options.pages);
  if (options.introspection) {
    const sdl = printAppSchema();
    app.get('/schema.graphql', (_, response) => void response.type('text').send(sdl));
  }
  app.all(STREAM_PATH, (request, response) => {
    const { events } = urlsFor(request.headers.host);
    response.status(421).json(errorBody(`Server-sent events are served on the port of the subscriptions: ${events}`));
  });
  app.use(
    (_, response) =>
      void response.status(404).json(errorBody(`Nothing is served at this path. The API is at ${GRAPHQL_PATH}.`, 'NOT_FOUND')),
  );
  app.use(failed(options.logger));
  const endpoint = graphqlEndpoint({ ...options, apollo, operations, idePath: options.ide ? '/graphiql' : undefined });
  const route: RequestListener = (request, response) => {
    const { host = '' } = request.headers;
    if (!options.allowsHost(host)) {
      refuse(
        request,
        response,
        new Refusal(421, `The host ${JSON.stringify(host)} is not served. Add its name to ALLOWED_HOSTS.`),
      );
      return;
    }
    const path = pathOf(request);
    if (options.stream && (path === STREAM_PATH || (path === GRAPHQL_PATH && wantsStream(request))))
      options.stream(request, response);
    else if (path === GRAPHQL_PATH) endpoint(request, response);
    else app(request, response);
  };
  server.on('request', withHealth(options.health, route));
  if (!options.stream) refuseSockets(server, options.liveUrl);
  return { server, stop: () => apollo.stop() };
}

/** For everything but the API. static-files.ts sets the content security policy; HSTS is up to the proxy that serves HTTPS. */
const plainHeaders = helmet({ contentSecurityPolicy: false, strictTransportSecurity: false });

/** Answers when a request to anything but the API fails. Express sets `status` if the request is at fault. */
const failed =
  (logger: Logger): ErrorRequestHandler =>
  (error: { status?: number }, _request, response, next) => {
    const { status = 500 } = error;
    if (response.headersSent) next(error);
    else if (status < 500) response.status(status).json(errorBody('The path of the request is not valid.'));
    else response.status(500).json({ errors: [formatError(error, logger)] });
  };

/** Refuses WebSockets on the port of queries and mutations. */
function refuseSockets(server: Server, liveUrl: (request: IncomingMessage) => string): void {
  onWebSocket(server, (request, socket) => {
    socket.on('error', () => socket.destroy());
    refuseSocket(socket, new Refusal(421, `Subscriptions are served at ${liveUrl(request)}, not on this port.`));
  });
}

function apolloLogger(logger: Logger): Record<'debug' | 'info' | 'warn' | 'error', (message: unknown) => void> {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (message: unknown) => {
    logger[level]({}, String(message));
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
