import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { DomainError } from '../domain/errors';

/** Largest depth of an operation. The deepest path of the schema, chats.edges.node.emotions.score, has depth 5. */
export const MAX_DEPTH = 8;
/** Largest number of aliases of one field name in one operation. */
export const MAX_ALIASES = 5;
/** Largest number of directives in one document. */
export const MAX_DIRECTIVES = 20;
/** Largest number of tokens (names, punctuators and values) in one document. The introspection query of GraphiQL has 184. */
export const MAX_TOKENS = 500;

export const tooComplex = (message: string): GraphQLError =>
  new GraphQLError(message, {
    originalError: new DomainError('OPERATION_TOO_COMPLEX', message),
    extensions: { http: { status: 400 } },
  });

/** Recognises the syntax error with which graphql-js stops parsing at the token limit. Only its text identifies it. */
export const isTokenLimit = (error: GraphQLError): boolean =>
  /^Syntax Error: Document contains more \w+ \d+ tokens/.test(error.message);

/**
 * Limits of depth, aliases and directives as a validation rule: Apollo caches valid documents, so each is checked once. Fragments
 * count where they are spread. Introspection is exempt from the depth limit; graphql-js has its own rule for it.
 */
export function limitsRule(context: ValidationContext): ASTVisitor {
  return {
    Document: (document) => {
      const message = excessOf(document);
      if (message !== undefined) context.reportError(tooComplex(message));
    },
  };
}

/** @returns a message that names the exceeded limit, or undefined */
function excessOf(document: DocumentNode): string | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const aliases = new Map<string, Set<string>>();
  let directives = 0;
  const count = ({ directives: list }: { readonly directives?: readonly DirectiveNode[] | undefined }): void => {
    directives += list?.length ?? 0;
  };

  const depthOfField = (field: FieldNode): number => {
    count(field);
    const name = field.name.value;
    if (field.alias) aliases.set(name, (aliases.get(name) ?? new Set()).add(field.alias.value));
    const below = field.selectionSet ? depthOf(field.selectionSet) : 0;
    return name === '__schema' || name === '__type' ? 1 : below + 1;
  };
  const depthOfFragment = new Map<string, number>();
  const spread = (name: string): number => {
    const known = depthOfFragment.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    // Ends the recursion of circular fragments, which another rule refuses.
    depthOfFragment.set(name, 0);
    if (!fragment) return 0;
    count(fragment);
    const depth = depthOf(fragment.selectionSet);
    depthOfFragment.set(name, depth);
    return depth;
  };
  const depthOf = ({ selections }: SelectionSetNode): number =>
    selections.reduce((deepest, node) => {
      if (node.kind === Kind.FIELD) return Math.max(deepest, depthOfField(node));
      count(node);
      return Math.max(deepest, node.kind === Kind.INLINE_FRAGMENT ? depthOf(node.selectionSet) : spread(node.name.value));
    }, 0);

  let deepest = 0;
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) {
      count(node);
      for (const variable of node.variableDefinitions ?? []) count(variable);
      deepest = Math.max(deepest, depthOf(node.selectionSet));
    } else if (node.kind === Kind.FRAGMENT_DEFINITION) spread(node.name.value);
  }
  if (deepest > MAX_DEPTH) return `The operation is ${deepest} levels deep; at most ${MAX_DEPTH} are allowed.`;
  for (const [name, set] of aliases) {
    if (set.size > MAX_ALIASES) return `The field ${name} has ${set.size} aliases; at most ${MAX_ALIASES} are allowed.`;
  }
  if (directives > MAX_DIRECTIVES) return `The document has ${directives} directives; at most ${MAX_DIRECTIVES} are allowed.`;
  return undefined;
}
