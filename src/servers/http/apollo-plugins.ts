import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { RequestContext } from '../../graphql/context';
import { costOf, MAX_COST } from '../../graphql/cost';
import { tooComplex } from '../../graphql/limits';

type Plugin = ApolloServerPlugin<RequestContext>;

/** @param urlsFor where subscriptions are, for whoever asked this host */
export const refuseSubscriptions = (urlsFor: (host: string | undefined) => { socket: string; events: string }): Plugin => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, request }) => {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return Promise.resolve();
        const { socket, events } = urlsFor(request.http?.headers.get('host'));
        throw new GraphQLError(
          `Subscriptions are served at ${socket}, by WebSocket with the protocol graphql-transport-ws, ` +
            `or as server-sent events at ${events}.`,
          { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
        );
      },
    }),
});

/** Whatever is cheap with the longest lists is remembered as such; the rest is priced with the lists that were asked for. */
export function refuseCostly(schema: GraphQLSchema): Plugin {
  const most = new WeakMap<OperationDefinitionNode, number>();
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, request }) => {
          if (!operation) return Promise.resolve();
          let cost = most.get(operation);
          if (cost === undefined) {
            cost = costOf(schema, document, operation);
            most.set(operation, cost);
          }
          if (cost > MAX_COST) cost = costOf(schema, document, operation, request.variables ?? {});
          if (cost <= MAX_COST) return Promise.resolve();
          throw tooComplex(`The operation costs ${Math.ceil(cost)}; ${MAX_COST} are allowed.`);
        },
      }),
  };
}

/** The same wait as in the first error that names one, for clients that look at headers only. */
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
