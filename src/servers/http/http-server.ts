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
import { refuseCostly, refuseSubscriptions, retryAfterHeader } from './apollo-plugins';
import { graphqlEndpoint } from './graphql-endpoint';
import { guardedServer, type HttpTimes } from '../guarded-server';
import { withHealth, type Health } from '../metrics/health';
import { errorBody, GRAPHQL_PATH, pathOf, Refusal, refuseSocket, STREAM_PATH } from '../requests';

export interface HttpServerOptions {
  readonly schema: GraphQLSchema;
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  /** Under which the uses of one client are counted. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly introspection: boolean;
  /** If given, the only ones that are executed. */
  readonly knownDocuments: KnownDocuments | undefined;
  /** Send a browser that opens /graphql to GraphiQL. */
  readonly ide: boolean;
  /** Origins that may call from other pages; 'any' outside production. */
  readonly allowedOrigins: 'any' | readonly string[];
  readonly health: Health;
  /** Hears of every error that a client is told. */
  readonly onError?: (told: GraphQLFormattedError) => void;
  /** Answers requests for events where this port serves the subscriptions too. */
  readonly stream: RequestListener | undefined;
  /** Where the subscriptions are, for whoever looks for them here. */
  readonly liveUrl: (request: Pick<IncomingMessage, 'headers'>) => string;
  /** The page, its assets and the IDE pages. */
  readonly pages: Router;
  readonly times: HttpTimes;
  readonly logger: Logger;
}

export interface HttpServer {
  readonly server: Server;
  /** No new requests; those under way finish, or are cut after ten seconds. */
  stop(): Promise<void>;
}

/** Apollo Server, and on the same port Express with the page and the health checks. Does not listen yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const app = express().disable('x-powered-by');
  const server = guardedServer(options.times);
  const urlsFor = (host: string | undefined): { socket: string; events: string } => {
    const socket = options.liveUrl({ headers: { host } });
    return { socket, events: socket.replace(/^ws/, 'http').replace(/\/graphql$/, STREAM_PATH) };
  };
  const apollo = new ApolloServer<RequestContext>({
    schema: options.schema,
    introspection: options.introspection,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    validationRules: [limitsRule],
    formatError: (_, error) => {
      const told = formatError(error, options.logger);
      options.onError?.(told);
      return told;
    },
    logger: apolloLogger(options.logger),
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // It would look at every field of every answer, and nothing here may be cached.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: server }),
      refuseSubscriptions(urlsFor),
      refuseCostly(options.schema),
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
    response.status(421).json(errorBody(`Events are served on the port of the subscriptions: ${events}`, 'BAD_REQUEST'));
  });
  app.use(
    (_, response) =>
      void response.status(404).json(errorBody(`There is nothing here. The API is at ${GRAPHQL_PATH}.`, 'NOT_FOUND')),
  );
  app.use(unexpected(options.logger));
  const endpoint = graphqlEndpoint({ ...options, apollo, idePath: options.ide ? '/graphiql' : undefined });
  const route: RequestListener = (request, response) => {
    const path = pathOf(request);
    if (path === GRAPHQL_PATH) endpoint(request, response);
    else if (path === STREAM_PATH && options.stream) options.stream(request, response);
    else app(request, response);
  };
  server.on('request', withHealth(options.health, route));
  if (!options.stream) refuseSockets(server, options.liveUrl);
  return { server, stop: () => apollo.stop() };
}

/** For everything but the API. Pages bring their own policy of contents (static-files). HTTPS is for the proxy in front to ask for. */
const plainHeaders = helmet({ contentSecurityPolicy: false, strictTransportSecurity: false });

const unexpected =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) next(error);
    else response.status(500).json({ errors: [formatError(error, logger)] });
  };

/** A WebSocket that was opened on the port of queries and mutations. */
function refuseSockets(server: Server, liveUrl: (request: IncomingMessage) => string): void {
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => socket.destroy());
    refuseSocket(socket, new Refusal(421, `Subscriptions are served on a port of their own: ${liveUrl(request)}`));
  });
}

const apolloLogger = (logger: Logger) => ({
  debug: (message: unknown) => {
    logger.debug({}, String(message));
  },
  info: (message: unknown) => {
    logger.info({}, String(message));
  },
  warn: (message: unknown) => {
    logger.warn({}, String(message));
  },
  error: (message: unknown) => {
    logger.error({}, String(message));
  },
});
