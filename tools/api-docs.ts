import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getOperationAST,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  parse,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
} from 'graphql';
import { ERRORS } from '../src/domain/errors';
import { EXAMPLES } from '../test/api/examples';

const schema = buildSchema(readFileSync(join(__dirname, '../schema.graphql'), 'utf8'));
const line = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|');

const defaultOf = ({ defaultValue }: GraphQLArgument | GraphQLInputField): string =>
  defaultValue === undefined ? '' : ` = ${JSON.stringify(defaultValue).replaceAll('"', '')}`;

const table = (head: string, rows: readonly (readonly string[])[]): string =>
  [`| ${head} | type | description |`, '| --- | --- | --- |', ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');

function exampleOf(field: string): string {
  const blocks = EXAMPLES.filter(({ document }) => {
    const operation = getOperationAST(parse(document));
    return (operation?.selectionSet.selections[0] as FieldNode).name.value === field;
  }).map(({ document, variables }) => {
    const block = `\`\`\`graphql\n${document}\n\`\`\``;
    return variables ? `${block}\n\n\`\`\`json\n${JSON.stringify(variables)}\n\`\`\`` : block;
  });
  return blocks.join('\n\n');
}

function rootField(field: GraphQLField<unknown, unknown>): string {
  const args = field.args.map((arg) => [`\`${arg.name}\``, `\`${String(arg.type)}${defaultOf(arg)}\``, line(arg.description)]);
  const parts = [`### ${field.name}: \`${String(field.type)}\``, line(field.description)];
  if (args.length > 0) parts.push(table('argument', args));
  return [...parts, exampleOf(field.name)].join('\n\n');
}

function describedType(type: GraphQLNamedType): string {
  const parts = [`### ${type.name}`, line(type.description)];
  if (isEnumType(type)) {
    parts.push(
      type
        .getValues()
        .map(({ name, description }) => `- \`${name}\`: ${line(description)}`)
        .join('\n'),
    );
  } else if (isObjectType(type)) {
    const fields = Object.values(type.getFields());
    parts.push(
      table(
        'field',
        fields.map((field) => [`\`${field.name}\``, `\`${String(field.type)}\``, line(field.description)]),
      ),
    );
  } else if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    parts.push(
      table(
        'field',
        fields.map((field) => [`\`${field.name}\``, `\`${String(field.type)}${defaultOf(field)}\``, line(field.description)]),
      ),
    );
  }
  return parts.join('\n\n');
}

/** docs/api.md: the schema for reading, with an example for each root field. */
export function apiDocs(): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const titles = ['Queries', 'Mutations', 'Subscriptions'];
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type) && !roots.some((root) => root === type),
  );
  const section = (title: string, of: readonly GraphQLNamedType[]): string =>
    [`## ${title}`, ...of.map(describedType)].join('\n\n');
  return `${[
    '# The API',
    '`npm run docs:code` generates this page from [schema.graphql](../schema.graphql); a test runs every example. Send queries and mutations by POST to `http://localhost:4000/graphql`. Subscribe by WebSocket at `ws://localhost:4001/graphql` or by server-sent events at `http://localhost:4001/graphql/stream` ([protocol](protocol.md)). A text in angle brackets stands for a value of an earlier answer.',
    'To authenticate, send the header `Authorization: Bearer <accessToken>`. Over a WebSocket the payload of `connection_init` is `{ "authorization": "Bearer <accessToken>" }`.',
    '## Errors',
    'Every error has `extensions.code`. `RATE_LIMITED` and `UNAVAILABLE` also have `retryAfter`, in seconds; `UNAUTHENTICATED` has `reason`; `BAD_USER_INPUT` has `field` if a single input field is at fault. `UNAVAILABLE` of `sendChat` has `stored`: `no` if the message was not stored, `unknown` if it may have been stored; then send it again with the same `clientMessageId` only.',
    [
      '| code | meaning | retry |',
      '| --- | --- | --- |',
      ...Object.entries(ERRORS).map(
        ([code, { message, retryable }]) => `| \`${code}\` | ${message} | ${retryable ? 'after `retryAfter`' : 'no'} |`,
      ),
    ].join('\n'),
    ...roots.flatMap((root, i) => [
      `## ${titles[i] ?? ''}`,
      line(root?.description),
      ...Object.values(root?.getFields() ?? {}).map(rootField),
    ]),
    section('Types', types.filter(isObjectType)),
    section('Inputs', types.filter(isInputObjectType)),
    section('Enums', types.filter(isEnumType)),
    section('Scalars', types.filter(isScalarType)),
  ].join('\n\n')}\n`;
}
