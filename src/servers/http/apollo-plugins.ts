import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
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

/** Caches the largest cost of each operation. */
export class OperationCosts {
  private readonly largest = new WeakMap<OperationDefinitionNode, number>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Whether no variables make the operation too costly. */
  isAlwaysAllowed(document: DocumentNode, operation: OperationDefinitionNode): boolean {
    let cost = this.largest.get(operation);
    if (cost === undefined) {
      cost = costOf(this.schema, document, operation);
      this.largest.set(operation, cost);
    }
    return cost <= MAX_COST;
  }

  /** The cost with these variables, not cached. */
  with(document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): number {
    return costOf(this.schema, document, operation, variables);
  }
}

/** Refuses operations above the cost limit. */
export const refuseCostly = (costs: OperationCosts): Plugin => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ document, operation, request }) => {
        if (!operation || costs.isAlwaysAllowed(document, operation)) return Promise.resolve();
        const cost = costs.with(document, operation, request.variables ?? {});
        if (cost <= MAX_COST) return Promise.resolve();
        throw tooComplex(
          `The operation costs ${Math.ceil(cost)}; at most ${MAX_COST} are allowed. Ask for fewer fields or shorter lists.`,
        );
      },
    }),
});

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
