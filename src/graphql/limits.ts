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

/** The same on both transports. The contract's deepest path, chats.edges.node.emotions.score, is 5 deep. */
export const MAX_DEPTH = 8;
/** Different aliases under which one operation may ask for one field. */
export const MAX_ALIASES = 5;
export const MAX_DIRECTIVES = 20;
/** Names, punctuators and values. Introspection as GraphiQL sends it has 184. */
export const MAX_TOKENS = 500;

export const tooComplex = (message: string): GraphQLError =>
  new GraphQLError(message, {
    originalError: new DomainError('OPERATION_TOO_COMPLEX', message),
    extensions: { http: { status: 400 } },
  });

/** graphql-js ends parsing at the limit with a syntax error that has nothing but its text to be known by. */
export const isTokenLimit = (error: GraphQLError): boolean =>
  /^Syntax Error: Document contains more \w+ \d+ tokens/.test(error.message);

/**
 * A rule of validation, so that a document is judged once and then remembered as good. Fragments count where they are spread;
 * introspection is exempt from the depth, graphql-js has a rule of its own for it.
 */
export function limitsRule(context: ValidationContext): ASTVisitor {
  return {
    Document: (document) => {
      const message = excessOf(document);
      if (message !== undefined) context.reportError(tooComplex(message));
    },
  };
}

/** @returns what there is too much of, or undefined */
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
    // A circle, which another rule refuses, ends here.
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
  if (deepest > MAX_DEPTH) return `The operation is ${deepest} levels deep; ${MAX_DEPTH} are allowed.`;
  for (const [name, set] of aliases) {
    if (set.size > MAX_ALIASES) return `${name} is asked for under ${set.size} aliases; ${MAX_ALIASES} are allowed.`;
  }
  if (directives > MAX_DIRECTIVES) return `There are ${directives} directives; ${MAX_DIRECTIVES} are allowed.`;
  return undefined;
}
