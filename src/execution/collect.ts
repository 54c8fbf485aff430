import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { Unsupported } from './unsupported';

export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

export const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  Object.fromEntries(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );

/**
 * The fields of selection sets of one object by response key, in the order of the answer.
 * @throws Unsupported if they depend on variables or on the type of a value
 */
export function collect(
  fragments: Fragments,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const add = (node: SelectionNode): void => {
    if (!isIncluded(node)) return;
    if (node.kind === Kind.FIELD) {
      const key = (node.alias ?? node.name).value;
      // JavaScript sets the prototype of an object by this name.
      if (key === '__proto__') throw new Unsupported();
      const same = fields.get(key);
      if (same) same.push(node);
      else fields.set(key, [node]);
      return;
    }
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      if (spread.has(node.name.value)) return;
      spread.add(node.name.value);
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
    if (!fragment || (fragment.typeCondition && fragment.typeCondition.name.value !== type.name)) throw new Unsupported();
    fragment.selectionSet.selections.forEach(add);
  };
  for (const { selections } of sets) selections.forEach(add);
  return fields;
}

function isIncluded({ directives = [] }: SelectionNode): boolean {
  let included = true;
  for (const directive of directives) {
    const { value } = directive.name;
    if (value === GraphQLSkipDirective.name) included &&= !condition(directive);
    else if (value === GraphQLIncludeDirective.name) included &&= condition(directive);
    else throw new Unsupported();
  }
  return included;
}

function condition({ arguments: given = [] }: DirectiveNode): boolean {
  const value = given[0]?.value;
  if (value?.kind !== Kind.BOOLEAN) throw new Unsupported();
  return value.value;
}
