import {
  GraphQLError,
  Kind,
  TypeInfo,
  getOperationAST,
  parse,
  print,
  separateOperations,
  specifiedRules,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
  type VariableDefinitionNode,
} from 'graphql';

/** Arguments of subscription fields that say where a reader begins. Payloads do not depend on them, so neither do groups. */
const PERSONAL_ARGUMENTS = new Set(['after']);

const CACHED_DOCUMENTS = 256;
const CACHED_QUERY_LENGTH = 4_096;

/** A subscription document that has been checked. */
export interface Operation {
  /** As sent; it says what to subscribe to. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** What makes the payload: one operation with its fragments, without name and personal arguments. */
  readonly shared: DocumentNode;
  /** `shared` as text: the same for all documents that ask the same. */
  readonly text: string;
  /** Of `shared`. */
  readonly variables: readonly VariableDefinitionNode[];
}

export interface OperationLimits {
  readonly maxTokens: number;
  /** Besides those of the GraphQL specification. */
  readonly rules: readonly ValidationRule[];
}

const failed = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });

/** Parses and checks subscription documents; remembers the last ones, because thousands of clients send the same few. */
export class Operations {
  private readonly known = new Map<string, Operation>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: OperationLimits,
  ) {}

  prepare(query: string, operationName: string | undefined): Operation | readonly GraphQLError[] {
    const key = `${operationName ?? ''}\0${query}`;
    const known = this.known.get(key);
    if (known) return known;
    const operation = this.check(query, operationName);
    if ('document' in operation && key.length <= CACHED_QUERY_LENGTH) {
      for (const oldest of this.known.keys()) {
        if (this.known.size < CACHED_DOCUMENTS) break;
        this.known.delete(oldest);
      }
      this.known.set(key, operation);
    }
    return operation;
  }

  private check(query: string, operationName: string | undefined): Operation | readonly GraphQLError[] {
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: this.limits.maxTokens });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { message, source, positions } = error;
      return [new GraphQLError(message, { source, positions, extensions: { code: 'GRAPHQL_PARSE_FAILED' } })];
    }
    const operation = getOperationAST(document, operationName);
    if (!operation) return [failed('Unable to identify operation.')];
    if (operation.operation !== 'subscription') {
      return [failed('Only subscriptions are served here. Send queries and mutations by HTTP.')];
    }
    const errors = validate(this.schema, document, [...specifiedRules, ...this.limits.rules]);
    if (errors.length > 0) return errors;
    const [root] = operation.selectionSet.selections;
    if (root?.kind !== Kind.FIELD || root.directives?.length) {
      return [failed('A subscription selects one field, directly and without a directive.')];
    }
    return { document, operationName, ...this.share(document, operation) };
  }

  private share(document: DocumentNode, operation: OperationDefinitionNode): Pick<Operation, 'shared' | 'text' | 'variables'> {
    const typeInfo = new TypeInfo(this.schema);
    const subscriptionType = this.schema.getSubscriptionType();
    const own = separateOperations(document)[operation.name?.value ?? ''] ?? document;
    const impersonal = visit(
      own,
      visitWithTypeInfo(typeInfo, {
        Argument: (node) =>
          typeInfo.getParentType() === subscriptionType && PERSONAL_ARGUMENTS.has(node.name.value) ? null : undefined,
      }),
    );
    const used = new Set<string>();
    visit(impersonal, {
      VariableDefinition: () => false,
      Variable: ({ name }) => {
        used.add(name.value);
      },
    });
    const variables = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
    const shared = visit(impersonal, {
      OperationDefinition: ({ name: _, ...nameless }) => ({ ...nameless, variableDefinitions: variables }),
    });
    return { shared, text: print(shared), variables };
  }
}
