import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { RequestContext } from '../../graphql/context';
import { costOf, MAX_COST } from '../../graphql/cost';
import { tooComplex } from '../../graphql/limits';

type Plugin = ApolloServerPlugin<RequestContext>;

/** @param urlsFor the addresses of subscriptions for a client that uses this host name */
export const refuseSubscriptions = (urlsFor: (host: string | undefined) => { socket: string; events: string }): Plugin => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, request }) => {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return Promise.resolve();
        const { socket, events } = urlsFor(request.http?.headers.get('host'));
        throw new GraphQLError(
          `Subscriptions are not served here. Subscribe at ${socket} by WebSocket with the subprotocol graphql-transport-ws, ` +
            `or at ${events} by server-sent events.`,
          { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
        );
      },
    }),
});

/** Caches the largest cost of each operation. Only an operation above the limit is computed again with its variables. */
export function refuseCostly(schema: GraphQLSchema): Plugin {
  const largestCosts = new WeakMap<OperationDefinitionNode, number>();
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, request }) => {
          if (!operation) return Promise.resolve();
          let cost = largestCosts.get(operation);
          if (cost === undefined) {
            cost = costOf(schema, document, operation);
            largestCosts.set(operation, cost);
          }
          if (cost > MAX_COST) cost = costOf(schema, document, operation, request.variables ?? {});
          if (cost <= MAX_COST) return Promise.resolve();
          throw tooComplex(
            `The operation costs ${Math.ceil(cost)}; at most ${MAX_COST} are allowed. Ask for fewer fields or shorter lists.`,
          );
        },
      }),
  };
}

/** Repeats the first `retryAfter` of the errors as a header, for clients that read headers only. */
export const retryAfterHeader: Plugin = {
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
