import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import { GraphQLError, OperationTypeNode, type GraphQLSchema } from 'graphql';
import { DomainError } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { RequestContext } from '../graphql/context';
import { formatError } from '../graphql/format-error';
import type { Logger } from '../ports/logger';

export interface HttpServerOptions {
  readonly schema: GraphQLSchema;
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  readonly introspection: boolean;
  /** Send a browser that opens /graphql to GraphiQL. */
  readonly ide: boolean;
  /** Origins that may call from other pages; 'any' outside production. */
  readonly allowedOrigins: 'any' | readonly string[];
  readonly isReady: () => boolean;
  /** The page, its assets and the IDE pages. */
  readonly pages: Router;
  readonly logger: Logger;
}

export interface HttpServer {
  readonly server: Server;
  /** No new requests; those under way finish, or are cut after ten seconds. */
  stop(): Promise<void>;
}

const BODY_LIMIT = '64kb';

/** Apollo Server on Express, and what stands beside it on the same port. Does not listen yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  // Answers of the API are never the same twice; hashing each for an ETag would be work for nothing.
  const app = express().disable('x-powered-by').disable('etag');
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 10_000 }, app);
  const apollo = new ApolloServer<RequestContext>({
    schema: options.schema,
    introspection: options.introspection,
    includeStacktraceInErrorResponses: false,
    formatError: (_, error) => formatError(error, options.logger),
    logger: apolloLogger(options.logger),
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: server }),
      refuseSubscriptions,
      retryAfterHeader,
    ],
  });
  await apollo.start();

  app.get('/healthz', (_, response) => void response.type('text').send('ok\n'));
  app.get('/readyz', (_, response) => {
    const ready = options.isReady();
    response
      .status(ready ? 200 : 503)
      .type('text')
      .send(ready ? 'ready\n' : 'not ready\n');
  });
  app.use(
    '/graphql',
    cors({
      origin: options.allowedOrigins === 'any' ? '*' : [...options.allowedOrigins],
      exposedHeaders: ['Retry-After'],
      maxAge: 600,
    }),
    ...(options.ide ? [redirectBrowsers] : []),
    refuseOtherRequests,
    express.json({ limit: BODY_LIMIT }),
    expressMiddleware(apollo, { context: ({ req }) => Promise.resolve(contextOf(req, options)) }),
  );
  app.use(options.pages);
  app.use(
    (_, response) => void response.status(404).json(problem('There is nothing here. The API is at /graphql.', 'NOT_FOUND')),
  );
  app.use(bodyErrors(options.logger));
  return { server, stop: () => apollo.stop() };
}

function contextOf(request: IncomingMessage, options: HttpServerOptions): RequestContext {
  try {
    return { viewer: options.authenticate(request.headers.authorization), tokenProblem: null };
  } catch (error) {
    if (error instanceof DomainError) return { viewer: null, tokenProblem: error };
    throw error;
  }
}

const problem = (message: string, code: string) => ({ errors: [{ message, extensions: { code } }] });

const redirectBrowsers: RequestHandler = (request, response, next) => {
  const wantsPage = request.method === 'GET' && !('query' in request.query) && request.accepts(['json', 'html']) === 'html';
  if (wantsPage) response.redirect('/graphiql');
  else next();
};

const refuseOtherRequests: RequestHandler = (request, response, next) => {
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
    response.status(405).set('Allow', 'GET, POST').json(problem('Use GET for queries or POST.', 'BAD_REQUEST'));
  } else if (request.method === 'POST' && !isJson(request.headers['content-type'])) {
    response.status(415).json(problem('Send the request as application/json in UTF-8.', 'BAD_REQUEST'));
  } else next();
};

/** express.json lets odd charsets through; JSON on the web is UTF-8. */
function isJson(contentType = ''): boolean {
  const [type, ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((part) => part.startsWith('charset='))?.slice('charset='.length);
  return type === 'application/json' && (charset === undefined || /^"?utf-?8"?$/.test(charset));
}

const BODY_PROBLEMS = new Map([
  [413, 'The request is larger than 64 KiB.'],
  [415, 'The encoding of the request is not supported.'],
]);

const bodyErrors =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 400 && status < 500) {
      response.status(status).json(problem(BODY_PROBLEMS.get(status) ?? 'The request is not valid JSON.', 'BAD_REQUEST'));
    } else {
      response.status(500).json({ errors: [formatError(error, logger)] });
    }
  };

const refuseSubscriptions: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation }) => {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return Promise.resolve();
        throw new GraphQLError('Subscriptions are served by WebSocket, with the protocol graphql-transport-ws.', {
          extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
        });
      },
    }),
};

/** The same wait as in the first error that names one, for clients that look at headers only. */
const retryAfterHeader: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response }) => {
        const { body, http } = response;
        const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
        const seconds = errors?.map((error) => error.extensions?.['retryAfter']).find((value) => typeof value === 'number');
        if (seconds !== undefined) http.headers.set('retry-after', String(Math.ceil(seconds)));
        return Promise.resolve();
      },
    }),
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
