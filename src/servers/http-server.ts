import { createServer, type IncomingMessage, type Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import express, { type ErrorRequestHandler, type Router } from 'express';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Viewer } from '../domain/user';
import type { RequestContext } from '../graphql/context';
import { formatError } from '../graphql/format-error';
import { limitsRule, MAX_TOKENS } from '../graphql/limits';
import type { Logger } from '../ports/logger';
import { refuseCostly, refuseSubscriptions, retryAfterHeader } from './apollo-plugins';
import { graphqlEndpoint } from './graphql-endpoint';
import { HEALTH_PATHS, healthAnswer, type Health } from './health';

export interface HttpServerOptions {
  readonly schema: GraphQLSchema;
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  /** Under which the uses of one client are counted. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly introspection: boolean;
  /** Send a browser that opens /graphql to GraphiQL. */
  readonly ide: boolean;
  /** Origins that may call from other pages; 'any' outside production. */
  readonly allowedOrigins: 'any' | readonly string[];
  readonly health: Health;
  /** Hears of every error that a client is told. */
  readonly onError?: (told: GraphQLFormattedError) => void;
  /** The page, its assets and the IDE pages. */
  readonly pages: Router;
  readonly logger: Logger;
}

export interface HttpServer {
  readonly server: Server;
  /** No new requests; those under way finish, or are cut after ten seconds. */
  stop(): Promise<void>;
}

const PATH = '/graphql';

/** Apollo Server, and on the same port Express with the page and the health checks. Does not listen yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const app = express().disable('x-powered-by');
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 10_000 });
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
      refuseSubscriptions,
      refuseCostly(options.schema),
      retryAfterHeader,
    ],
  });
  await apollo.start();

  app.get(HEALTH_PATHS, async (request, response) => {
    const answer = await healthAnswer(request.path, request.headers.authorization, options.health);
    response
      .status(answer?.status ?? 404)
      .type(answer?.type ?? 'text')
      .send(answer?.body);
  });
  app.use(options.pages);
  app.use(
    (_, response) => void response.status(404).json(problem('There is nothing here. The API is at /graphql.', 'NOT_FOUND')),
  );
  app.use(unexpected(options.logger));
  const endpoint = graphqlEndpoint({ ...options, apollo, idePath: options.ide ? '/graphiql' : undefined });
  server.on('request', (request, response) => {
    if (request.url === PATH || request.url?.startsWith(`${PATH}?`)) endpoint(request, response);
    else app(request, response);
  });
  return { server, stop: () => apollo.stop() };
}

const problem = (message: string, code: string) => ({ errors: [{ message, extensions: { code } }] });

const unexpected =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) next(error);
    else response.status(500).json({ errors: [formatError(error, logger)] });
  };

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
