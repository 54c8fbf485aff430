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
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationRule,
  type VariableDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

/** Arguments of subscription fields that only say where a reader begins. Payloads and groups do not depend on them. */
const PERSONAL_ARGUMENTS = new Set(['after']);

/** Checked documents that are kept. */
const CACHED_DOCUMENTS = 256;
/** Longest query that is kept, in characters. */
const CACHED_QUERY_LENGTH = 4_096;

/** A subscription document that has been checked. */
export interface Operation {
  /** The document as the client sent it. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** The part that decides the payload: the operation with its fragments, without name and personal arguments. */
  readonly shared: DocumentNode;
  /** `shared` as text. Documents that differ only in name, layout or personal arguments have the same text. */
  readonly text: string;
  /** The variables that `shared` uses. */
  readonly variables: readonly VariableDefinitionNode[];
}

export interface OperationLimits {
  readonly maxTokens: number;
  /** Validation rules in addition to those of the GraphQL specification. */
  readonly rules: readonly ValidationRule[];
}

const failed = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });

/** Parses and validates subscription documents. Keeps the results, because thousands of clients send the same few documents. */
export class Operations {
  private readonly cache = new LRUCache<string, Operation>({ max: CACHED_DOCUMENTS });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: OperationLimits,
  ) {}

  prepare(query: string, operationName: string | undefined): Operation | readonly GraphQLError[] {
    const key = `${operationName ?? ''}\0${query}`;
    const cached = this.cache.get(key);
    if (cached) return cached;
    const operation = this.check(query, operationName);
    if ('document' in operation && key.length <= CACHED_QUERY_LENGTH) this.cache.set(key, operation);
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
    if (hasRootDirective(document, operation.selectionSet)) {
      return [failed('The field of a subscription cannot have a directive.')];
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

/** Whether a selection of the subscription's root has a directive, also within fragments. The document must be valid. */
function hasRootDirective(document: DocumentNode, { selections }: SelectionSetNode): boolean {
  return selections.some((selection) => {
    if (selection.directives?.length) return true;
    if (selection.kind === Kind.FIELD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) return hasRootDirective(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
    ) as FragmentDefinitionNode;
    return hasRootDirective(document, fragment.selectionSet);
  });
}
