import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compile, type Execute } from '../../execution/compile';
import type { RequestContext } from '../../graphql/context';

type Gateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

/** Documents that are kept. The largest, compiled, take about 40 MB together. */
const MAX_DOCUMENTS = 200;
/** Longest document that is kept, in characters. */
const MAX_DOCUMENT_LENGTH = 8_192;

/** The result of an operation that was executed before Apollo Server got its request. */
const EXECUTED = Symbol('executed');

/** @returns a context with which Apollo Server answers this result without executing the operation */
export const withResult = (context: RequestContext, result: ExecutionResult): RequestContext =>
  Object.assign(Object.create(context) as RequestContext, { [EXECUTED]: result });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A request that can be executed. The promise never rejects. */
export interface JudgedRequest {
  readonly execute: (context: RequestContext) => ExecutionResult | Promise<ExecutionResult>;
}

interface Judged {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  execute?: Execute;
}

/**
 * The operations that Apollo Server has parsed, validated and judged. Later requests for them are executed at once
 * (docs/decisions/0015). An operation is compiled when it is asked for again: most texts that come once never come again.
 */
export class JudgedOperations {
  private readonly byText = new LRUCache<string, Map<string | null, Judged>>({ max: MAX_DOCUMENTS });

  /** @param isAlwaysAllowed whether the limit of cost allows the operation with all variables */
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly isAlwaysAllowed: (document: DocumentNode, operation: OperationDefinitionNode) => boolean,
  ) {}

  /** What Apollo Server executes operations by. Its option for an executor is the gateway. */
  readonly gateway: Gateway = {
    load: () =>
      Promise.resolve({
        executor: async ({ context, document, operation, request, source }) => {
          const executed = (context as { [EXECUTED]?: ExecutionResult })[EXECUTED];
          if (executed) return executed;
          const { operationName, variables } = request;
          // Without an operation of the name that was asked for, graphql-js answers with an error.
          if (operation as typeof operation | undefined) this.learn(source, operationName ?? null, document, operation);
          return execute({ schema: this.schema, document, contextValue: context, operationName, variableValues: variables });
        },
      }),
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: this.schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };

  /**
   * @param body of a POST request
   * @returns undefined unless Apollo Server has judged the operation and the rest of the request is as it should be
   */
  find(body: unknown): JudgedRequest | undefined {
    if (!isRecord(body)) return undefined;
    const { query, operationName = null, variables = null, extensions = null } = body;
    if (typeof query !== 'string' || (operationName !== null && typeof operationName !== 'string')) return undefined;
    if (!(variables === null || isRecord(variables))) return undefined;
    // A hash registers the document with Apollo Server or asks for it.
    if (extensions !== null && !(isRecord(extensions) && !extensions['persistedQuery'])) return undefined;
    const judged = this.byText.get(query)?.get(operationName);
    if (!judged) return undefined;
    const run = (judged.execute ??= compile(this.schema, judged.document, judged.operationName ?? undefined));
    return { execute: (contextValue) => run({ contextValue, variableValues: variables ?? undefined }) };
  }

  private learn(text: string, operationName: string | null, document: DocumentNode, operation: OperationDefinitionNode): void {
    if (text.length > MAX_DOCUMENT_LENGTH || !this.isAlwaysAllowed(document, operation)) return;
    const operations = this.byText.get(text) ?? new Map<string | null, Judged>();
    if (operations.has(operationName)) return;
    operations.set(operationName, { document, operationName });
    this.byText.set(text, operations);
  }
}
