import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { undatedDeprecations, undescribed, unnamedBreakingChanges } from './support/schema-quality';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');
const schema = buildSchema(read('../schema.graphql'));

test('every type, field, argument and enum value has a description', () => {
  expect(undescribed(schema)).toEqual([]);
  expect(undescribed(buildSchema('"q" type Query { "a" a(x: Int): Int b: E } enum E { "v" V W } input I { x: Int }'))).toEqual([
    'Query.a(x)',
    'Query.b',
    'E',
    'E.W',
    'I',
    'I.x',
  ]);
});

test('every deprecation names the replacement and the date of removal', () => {
  expect(undatedDeprecations(schema)).toEqual([]);
  const deprecated = 'type Query { a: Int @deprecated b: Int @deprecated(reason: "Use a. Goes on 2027-03-01.") }';
  expect(undatedDeprecations(buildSchema(deprecated))).toEqual(['Query.a']);
});

test('every breaking change since the released schema is named in CHANGELOG.md', () => {
  const released = buildSchema(read('fixtures/released.graphql'));
  expect(unnamedBreakingChanges(released, schema, read('../CHANGELOG.md'))).toEqual([]);
});

test.each([
  ['type Query { a: Int }', 'Query.b was removed.'],
  ['type Query { a: Int b(x: Int!): Int }', 'A required arg x on Query.b was added.'],
  ['type Query { a: Int b: String }', 'Query.b changed type from Int to String.'],
])('a breaking change is reported until the changelog names it above the release: %s', (text, change) => {
  const unnamed = (changelog: string): string[] =>
    unnamedBreakingChanges(buildSchema('type Query { a: Int b: Int }'), buildSchema(text), `# Changelog\n\n${changelog}\n`);
  expect(unnamed('## Unreleased\n\n## 0.1.0')).toEqual([change]);
  expect(unnamed(`## Unreleased\n\n## 0.1.0\n\n- ${change}`)).toEqual([change]);
  expect(unnamed(`## Unreleased\n\n- ${change}\n\n## 0.1.0`)).toEqual([]);
});
