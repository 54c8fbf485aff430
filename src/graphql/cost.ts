import {
  Kind,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { MAX_PAGE_SIZE } from '../domain/page';

/** Largest cost of an operation. A field of the answer costs 1; a full timeline of 2,400 steps with all scores costs 62,400. */
export const MAX_COST = 75_000;

/** What a field costs in addition to 1 and to the fields of its answer. */
interface FieldCost {
  /** Work that the answer does not show: hashing a password, reading messages, asking a model. */
  readonly work?: number;
  /** Largest length of a list that has no argument for it. */
  readonly length?: number;
}

/** States the cost of a resolver's field where the field is defined. */
export const Cost = (cost: FieldCost): MethodDecorator & PropertyDecorator => Extensions({ cost });

/** Work of a field that hashes a password. */
export const PASSWORD_WORK = 5_000;
/** Work of a field that reads up to ten thousand messages: four of them fit into one operation. */
export const FULL_READ_WORK = 16_000;
/** Work of a field that reads one page. */
export const PAGE_WORK = 100;

const statedCost = (field: GraphQLField<unknown, unknown>): FieldCost => field.extensions['cost'] ?? {};

/** Arguments that state the length of a list, with their largest value. */
const PAGE_ARGUMENTS: Readonly<Record<string, number>> = {
  first: MAX_PAGE_SIZE,
  last: MAX_PAGE_SIZE,
  pageSize: MAX_PAGE_SIZE,
  days: 90,
};

/** Length of the page that `chats` returns without first and last. */
const PAGE_WITHOUT_ARGUMENTS = 20;

type Variables = Readonly<Record<string, unknown>>;

/**
 * Cost of a valid operation. The operation must be valid because circular fragments would not end.
 * @param variables as sent; without them every list counts with its largest length
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Variables,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const costOfFragment = new Map<string, number>();

  const costOfSet = ({ selections }: SelectionSetNode, type: GraphQLObjectType): number => {
    let cost = 0;
    for (const node of selections) {
      if (node.kind === Kind.FIELD) cost += costOfField(node, type);
      else if (node.kind === Kind.INLINE_FRAGMENT) cost += costOfSet(node.selectionSet, type);
      else cost += costOfSpread(node.name.value, type);
    }
    return cost;
  };
  const costOfSpread = (name: string, type: GraphQLObjectType): number => {
    const known = costOfFragment.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const cost = fragment ? costOfSet(fragment.selectionSet, type) : 0;
    costOfFragment.set(name, cost);
    return cost;
  };
  const costOfField = (node: FieldNode, parent: GraphQLObjectType): number => {
    const field = parent.getFields()[node.name.value];
    if (!field) return 1;
    const type = getNamedType(field.type);
    const below = node.selectionSet && isObjectType(type) ? costOfSet(node.selectionSet, type) : 0;
    return 1 + (statedCost(field).work ?? 0) + below * lengthOf(field, node, variables);
  };

  const root = schema.getRootType(operation.operation);
  return root ? costOfSet(operation.selectionSet, root) : 0;
}

/** Largest number of objects in the answer of a field; 1 for a field that is not a list. */
function lengthOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Variables | undefined): number {
  const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]));
  const { length } = statedCost(field);
  if (length !== undefined) return Math.min(length, stepsOf(given, variables));
  const lengths = field.args.flatMap(({ name, defaultValue }) => {
    const greatest = PAGE_ARGUMENTS[name];
    if (greatest === undefined) return [];
    const value = given.has(name) ? valueOf(given.get(name), variables, greatest) : defaultValue;
    return [typeof value === 'number' ? Math.min(Math.max(value, 1), greatest) : 0];
  });
  if (lengths.length === 0) return 1;
  return Math.max(...lengths) || PAGE_WITHOUT_ARGUMENTS;
}

const HOUR_MS = 3_600_000;

/** Number of timeline steps between the arguments `from` and `to`; infinite unless both are known. */
function stepsOf(given: ReadonlyMap<string, ValueNode>, variables: Variables | undefined): number {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(String(valueOf(given.get(name), variables, ''))));
  const steps = (Number(to) - Number(from)) / HOUR_MS / (valueOf(given.get('bucket'), variables, 'HOUR') === 'DAY' ? 24 : 1);
  return Number.isNaN(steps) ? Infinity : Math.max(0, steps) + 2;
}

function valueOf(node: ValueNode | undefined, variables: Variables | undefined, otherwise: unknown): unknown {
  if (node?.kind === Kind.VARIABLE) return variables?.[node.name.value] ?? otherwise;
  if (node?.kind === Kind.INT) return Number(node.value);
  return node?.kind === Kind.STRING || node?.kind === Kind.ENUM ? node.value : otherwise;
}

/** Lists of objects without a known length: neither an argument nor a `@Cost` states it. */
export function unpricedLists(schema: GraphQLSchema): string[] {
  const found: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const list = getNullableType(field.type);
      const priced = statedCost(field).length ?? field.args.find(({ name }) => name in PAGE_ARGUMENTS);
      // The lists of a page are priced by the field that has the arguments.
      const page = field.name === 'items' || field.name === 'edges';
      if (isListType(list) && isObjectType(getNamedType(list)) && priced === undefined && !page)
        found.push(`${type.name}.${field.name}`);
    }
  }
  return found;
}
