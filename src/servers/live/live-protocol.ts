import { GraphQLError, type ExecutionArgs, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { makeServer, type Server } from 'graphql-ws';
import { DomainError, unavailable } from '../../domain/errors';
import type { Viewer } from '../../domain/user';
import { formatError } from '../../graphql/format-error';
import { namesDocument, type KnownDocuments } from '../../graphql/known-documents';
import type { Accepted, LiveHub } from '../../live/hub';
import type { Operations } from '../../live/operations';
import type { Logger } from '../../ports/logger';
import { CloseCode } from './close-codes';
import type { Extra, LiveSocket } from './live-socket';
import { socketToken, TokenConflict } from './socket-token';

export const MAX_SUBSCRIPTIONS_PER_SOCKET = 32;

export interface LiveProtocolOptions extends Accepting {
  readonly schema: GraphQLSchema;
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  /** Called when connection_init was accepted. */
  readonly initialised: (socket: LiveSocket) => void;
  /** @returns false if the viewer has too many connections already */
  readonly admit: (socket: LiveSocket, viewer: Viewer) => boolean;
  /** Called with every error that is sent to a client. */
  readonly onError?: (error: GraphQLFormattedError) => void;
  readonly logger: Logger;
}

/** Passed from onSubscribe to subscribe as the context value. */
interface Request {
  readonly socket: LiveSocket;
  readonly id: string;
  /** Removed when the subscription has begun: graphql-ws keeps the request until it ends, and the variables can be large. */
  accepted?: Accepted;
}

/**
 * The graphql-transport-ws protocol, for subscriptions only. A refused subscription gets an `error` message for its id. No hook
 * throws, because graphql-ws would close the socket with 4500, after which its client does not reconnect.
 */
export function liveProtocol(options: LiveProtocolOptions): Server<Extra> {
  const { schema, hub, authenticate, initialised, admit, logger } = options;

  return makeServer<Record<string, unknown>, Extra>({
    schema,
    connectionInitWaitTimeout: 3_000,
    onConnect: (context) => {
      const { socket } = context.extra;
      const payload = context.connectionParams;
      // graphql-ws would keep it as long as the socket is open; it can be as large as a frame.
      Reflect.deleteProperty(context, 'connectionParams');
      try {
        const viewer = authenticate(socketToken(payload, socket.authorization));
        initialised(socket);
        if (viewer && !admit(socket, viewer)) socket.close(CloseCode.TryAgainLater, 'Too many connections for this account');
        return true;
      } catch (err) {
        if (err instanceof TokenConflict || (err instanceof DomainError && err.code === 'UNAUTHENTICATED')) return false;
        logger.error({ err }, 'token could not be checked; closing the socket with 1013');
        socket.close(CloseCode.TryAgainLater, 'Try again later');
        return false;
      }
    },
    onSubscribe: async ({ subscriptions, extra: { socket } }, id, payload) => {
      const retryAfter = socket.countSubscribe();
      if (retryAfter > 0) return asErrors([new DomainError('RATE_LIMITED', undefined, { retryAfter })]);
      if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS_PER_SOCKET) {
        return asErrors([
          unavailable(
            `A socket can have at most ${MAX_SUBSCRIPTIONS_PER_SOCKET} subscriptions. Close one or open another socket.`,
          ),
        ]);
      }
      const accepted = await socket.pending(accept(options, payload, socket.connection.viewer));
      // graphql-ws keeps the message as long as the subscription is open.
      for (const name of Object.keys(payload)) if (name !== 'query') Reflect.deleteProperty(payload, name);
      Object.assign(payload, { query: '' });
      if (!('source' in accepted)) return asErrors(accepted);
      const request: Request = { socket, id, accepted };
      return {
        schema,
        document: accepted.operation.document,
        operationName: accepted.operation.operationName,
        contextValue: request,
      };
    },
    subscribe: ({ contextValue }: ExecutionArgs) => {
      const request = contextValue as Required<Request>;
      const { socket, id, accepted } = request;
      delete (request as Request).accepted;
      return hub.subscribe(socket.connection, id, accepted);
    },
    onPing: ({ extra: { socket } }) => socket.whenAnswered(),
    onError: (_context, _id, _payload, errors) =>
      errors.map((error) => {
        const formatted = formatError(error, logger);
        options.onError?.(formatted);
        return formatted;
      }),
  });
}

/** What a client sends to begin a subscription, over any transport. */
export interface SubscribePayload {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** `screen: true`: the client is the screen of a hall. */
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
  /** The id of a persisted document, in place of the query. */
  readonly documentId?: unknown;
  readonly id?: unknown;
}

/** What `accept` needs. */
export interface Accepting {
  readonly operations: Operations;
  readonly hub: LiveHub;
  readonly knownDocuments: KnownDocuments | undefined;
}

/** Checks the subscription. @returns the errors if it is refused */
export async function accept(
  { operations, hub, knownDocuments }: Accepting,
  payload: SubscribePayload,
  viewer: Viewer | null,
): Promise<Accepted | readonly unknown[]> {
  try {
    const { operationName, variables } = payload;
    const query = knownDocuments?.textOf(payload) ?? payload.query;
    if (query === '' && namesDocument(payload)) {
      throw new GraphQLError('Persisted documents are not enabled on this server. Send the document as "query".', {
        extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
      });
    }
    const operation = operations.prepare(query, operationName ?? undefined);
    const isScreen = payload.extensions?.['screen'] === true || viewer?.screen !== undefined;
    return 'document' in operation ? await hub.accept(operation, variables ?? {}, viewer, isScreen) : operation;
  } catch (error) {
    return [error];
  }
}

const asErrors = (reasons: readonly unknown[]): GraphQLError[] =>
  reasons.map((reason) => {
    if (reason instanceof GraphQLError) return reason;
    const originalError = reason instanceof Error ? reason : new Error(String(reason));
    return new GraphQLError(originalError.message, { originalError });
  });
