import {
  getNamedType,
  getNullableType,
  GraphQLID,
  isInputObjectType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';
import { buildAppSchema } from '../../src/graphql/schema';
import { TestApp, type Person } from '../support/app';
import { until } from '../support/until';

const LONG = 'x'.repeat(5_000);
const schema = buildAppSchema();

interface Call {
  readonly name: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** A valid value of each type that a required argument has. */
const VALUES: Readonly<Record<string, unknown>> = {
  Boolean: true,
  DateTimeISO: '2026-01-01T00:00:00Z',
  ID: 'main',
  Int: 1,
  String: 'a valid text 1',
};

/** @param long the argument or input field that gets the long id */
function valueOf(type: GraphQLInputType, at: string, long: string): unknown {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return at === long ? LONG : VALUES[named.name];
  return Object.fromEntries(
    Object.values(named.getFields())
      .filter((field) => isRequired(field) || `${at}.${field.name}` === long)
      .map((field) => [field.name, valueOf(field.type, `${at}.${field.name}`, long)]),
  );
}

const isRequired = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean =>
  isNonNullType(type) && defaultValue === undefined;

/** Names of the arguments, and of the fields of input objects, that take an id. */
function idsOf({ name, type }: GraphQLArgument): string[] {
  const named = getNamedType(type);
  if (named === GraphQLID) return [name];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields())
    .filter((field) => getNullableType(field.type) === GraphQLID)
    .map((field) => `${name}.${field.name}`);
}

const roots = [
  ['query', schema.getQueryType()],
  ['mutation', schema.getMutationType()],
  ['subscription', schema.getSubscriptionType()],
] as const;
const calls = roots.flatMap(([kind, root]) =>
  Object.values(root?.getFields() ?? {}).flatMap((field) =>
    field.args.flatMap(idsOf).map((long): Call => {
      const args = field.args.filter((arg) => isRequired(arg) || arg.name === long.split('.')[0]);
      const list = (piece: (arg: GraphQLArgument) => string): string => args.map(piece).join(', ');
      const fields = 'getFields' in getNamedType(field.type) ? '{ __typename }' : '';
      return {
        name: `${kind} ${field.name}(${long})`,
        query: `${kind} (${list((arg) => `$${arg.name}: ${String(arg.type)}`)}) { ${field.name}(${list((arg) => `${arg.name}: $${arg.name}`)}) ${fields} }`,
        variables: Object.fromEntries(args.map((arg) => [arg.name, valueOf(arg.type, arg.name, long)])),
      };
    }),
  ),
);

let app: TestApp;
let person: Person;
beforeAll(async () => {
  app = await TestApp.start({
    ...{ ADMINS: 'boss', MODERATORS: 'boss', RATE_LIMITS: 'off' },
    PUSH_CONTACT: 'mailto:wall@example.org',
  });
  person = await app.person('boss');
});

async function codeOf({ query, variables }: Call): Promise<unknown> {
  if (!query.startsWith('subscription')) {
    const { errors } = await app.postRaw({ query, variables }, person.accessToken);
    return errors[0]?.extensions['code'];
  }
  const errors: unknown[] = [];
  app
    .wsClient(person.accessToken)
    .subscribe(
      { query, variables },
      { next: () => undefined, error: (error) => errors.push(...(error as unknown[])), complete: () => undefined },
    );
  await until(() => errors.length > 0);
  return (errors[0] as { extensions: Record<string, unknown> }).extensions['code'];
}

test('the table has every kind of operation and the ids of input objects', () => {
  const names = calls.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['query chats(room)', 'mutation sendChat(input.clientMessageId)', 'subscription newChat(room)']),
  );
});

/** They answer null, or a mark that says nothing, where there is nothing of that id. */
const LOOK_UPS = [
  ...['query chat(id)', 'query chatMarks(ids)', 'query insightById(id)', 'query room(id)'],
  ...['query invitePreview(code)', 'query myRole(room)'],
];

test.each(calls.map((call) => [call.name, call] as const))(
  'an id of 5,000 characters is no error of ours in %s',
  async (name, call) => {
    const answers: unknown[] = LOOK_UPS.includes(name) ? [undefined] : ['BAD_USER_INPUT', 'NOT_FOUND'];
    expect(answers).toContain(await codeOf(call));
  },
);
