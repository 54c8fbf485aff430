import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { printAppSchema } from '../src/graphql/print-schema';
import { schemaDifferences } from './support/schema-difference';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');
const contract = read('contract.graphql');
const committed = () => read('../schema.graphql');

test('schema.graphql equals the schema of the code (npm run fix:schema writes it)', () => {
  expect(printAppSchema()).toBe(committed());
});

test('schema.graphql contains everything of the contract', () => {
  expect(schemaDifferences(buildSchema(contract), buildSchema(committed()))).toEqual([]);
});

test('additions and descriptions are no difference from the contract', () => {
  expect(differencesAfter('', '')).toEqual([]);
  expect(differencesAfter('me: User', 'me(fresh: Boolean, depth: Int! = 1): User added: Int!')).toEqual([]);
  expect(differencesAfter('"How strongly', '"Another description. How strongly')).toEqual([]);
});

test.each([
  ['a renamed field', 'messageCount: Int!\n}', 'messages: Int!\n}', 'User.messageCount is missing'],
  ['a loosened type', 'joinedAt: DateTimeISO!', 'joinedAt: DateTimeISO', 'User.joinedAt is DateTimeISO, not DateTimeISO!'],
  ['a loosened list', 'topics: [String!]!', 'topics: [String]!', 'Insight.topics is [String]!, not [String!]!'],
  ['another type', 'valence: Float!', 'valence: Int!', 'Mood.valence is Int!, not Float!'],
  ['a removed type', 'scalar DateTimeISO', 'scalar DateTime', 'DateTimeISO is missing'],
  ['a type of another kind', 'scalar ChatCursor', 'enum ChatCursor { A }', 'ChatCursor is of another kind'],
  ['a removed enum value', ' WEARINESS', '', /^Emotion's values are .* SADNESS, not /],
  ['an added enum value', ' WEARINESS', ' WEARINESS ENVY', /^Emotion's values are .*ENVY/],
  ['a removed argument', ', after: String): InsightConnection', '): InsightConnection', 'Query.insights(after) is missing'],
  ['a stricter argument', 'me: User', 'me(x: Int!): User', 'Query.me(x) is required and not in the contract'],
  ['a changed default', 'page: Int! = 1,', 'page: Int! = 0,', 'Query.chatLogs(page) has the default 0, not 1'],
  ['a removed default', 'bucket: MoodBucket! = HOUR', 'bucket: MoodBucket!', /\(bucket\) has the default none, not HOUR$/],
  [
    'a stricter input field',
    'password: String!  email: String }',
    'password: String!  email: String! }',
    /^RegisterInput\(email\)/,
  ],
  [
    'a new input field that is required',
    'input LoginInput {',
    'input LoginInput { code: Int!',
    /^LoginInput\(code\) is required/,
  ],
  ['a renamed mutation', 'logoutEverywhere', 'logOutEverywhere', 'Mutation.logoutEverywhere is missing'],
])('%s is a difference from the contract', (_, before, after, problem) => {
  const differences = differencesAfter(before, after);
  expect(differences.length).toBeGreaterThan(0);
  expect(differences[0]).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
});

/** Differences between the contract and a copy of it with this change. */
function differencesAfter(before: string, after: string): string[] {
  expect(contract).toContain(before);
  // All uses of a removed scalar are renamed with it, so that the schema stays valid.
  const changed = before.startsWith('scalar DateTimeISO')
    ? contract.replaceAll('DateTimeISO', 'DateTime')
    : contract.replace(before, after);
  return schemaDifferences(buildSchema(contract), buildSchema(changed));
}
