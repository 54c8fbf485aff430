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
import { MAX_PAGE_SIZE } from '../domain/page';

/** One is about one field of the answer. A full timeline, 2,400 steps with all scores, has 62,400. */
export const MAX_COST = 75_000;

/** Length of lists that no argument says. */
const LENGTHS: Readonly<Record<string, number>> = {
  'Chat.emotions': 8,
  'Mood.scores': 8,
  'Query.rooms': 1_000,
  'Query.sessions': 100,
  'Query.moodTimeline': 2_400,
};

/** Arguments that say how long a list is, its greatest value, and the value without a default in the schema. */
const PAGE_ARGUMENTS: Readonly<Record<string, number>> = {
  first: MAX_PAGE_SIZE,
  last: MAX_PAGE_SIZE,
  pageSize: MAX_PAGE_SIZE,
  days: 90,
};

/** What `chats` answers with without first and last. */
const PAGE_WITHOUT_ARGUMENTS = 20;

/** Work that is not in the answer: hashing a password, reading a page or thousands of messages, asking a model. */
const WORK: Readonly<Record<string, number>> = {
  'Mutation.register': 5_000,
  'Mutation.login': 5_000,
  'Mutation.changePassword': 5_000,
  'Mutation.deleteAccount': 5_000,
  'Mutation.runInsight': 20_000,
  // Each reads up to ten thousand messages: four fit into one operation.
  'Query.myMood': 16_000,
  'Query.exportMyData': 16_000,
  'Query.chats': 100,
  'Query.chatLogs': 100,
  'Query.recentChats': 100,
  'Query.insights': 100,
  'Query.reports': 100,
  'Query.auditLog': 100,
};

type Variables = Readonly<Record<string, unknown>>;

/**
 * The price of an operation by the schema; of a valid one, so fragments end.
 * @param variables as sent; without them a list is as long as it may be
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
    return 1 + (WORK[`${parent.name}.${field.name}`] ?? 0) + below * lengthOf(parent, field, node, variables);
  };

  const root = schema.getRootType(operation.operation);
  return root ? costOfSet(operation.selectionSet, root) : 0;
}

/** How many objects the field may answer with, as far as the schema or the request say; 1 for what is no list. */
function lengthOf(
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Variables | undefined,
): number {
  const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]));
  const timeline = LENGTHS[`${parent.name}.${field.name}`];
  if (timeline !== undefined) return Math.min(timeline, stepsOf(given, variables));
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

/** Steps between `from` and `to`, where both are known; infinite otherwise. */
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

/** Lists of objects whose length neither an argument nor the table says; empty if the tables are complete. */
export function unpricedLists(schema: GraphQLSchema): string[] {
  const found: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const list = getNullableType(field.type);
      const priced = LENGTHS[`${type.name}.${field.name}`] ?? field.args.find(({ name }) => name in PAGE_ARGUMENTS);
      // The lists of a page are priced by the field with the arguments.
      const page = field.name === 'items' || field.name === 'edges';
      if (isListType(list) && isObjectType(getNamedType(list)) && priced === undefined && !page)
        found.push(`${type.name}.${field.name}`);
    }
  }
  return found;
}
