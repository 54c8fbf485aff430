import { getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { costOf, MAX_COST, unpricedLists } from '../../src/graphql/cost';
import { limitsRule } from '../../src/graphql/limits';
import { buildAppSchema } from '../../src/graphql/schema';
import { largestDocuments } from '../support/largest-documents';

const schema = buildAppSchema();
const cost = (query: string, variables?: object): number => {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return costOf(schema, document, operation, variables as Record<string, unknown> | undefined);
};

test('every list of objects in the schema has a length for its cost', () => {
  expect(unpricedLists(schema)).toEqual([]);
});

// Both read thousands of messages, which the shape of their answer does not show.
test.each(['myMood(days: 90) { messageCount scores { emotion score } }', 'exportMyData'])(
  '%s is within the cost limit once and exceeds it five times in one operation',
  (field) => {
    expect(cost(`{ ${field} }`)).toBeLessThan(MAX_COST);
    expect(cost(`{ ${[1, 2, 3, 4, 5].map((n) => `a${n}: ${field}`).join(' ')} }`)).toBeGreaterThan(MAX_COST);
  },
);

test.each([
  ['{ me { id } }', {}, 2],
  ['{ recentChats(first: 3) { items { id text } } }', {}, 1 + 100 + 3 * 3],
  ['{ recentChats { items { id } } }', {}, 1 + 100 + 20 * 2],
  ['{ chats(room: "main") { edges { cursor } } }', {}, 1 + 100 + 20 * 2],
  ['query ($n: Int) { chats(first: $n) { edges { cursor } } }', { n: 7 }, 1 + 100 + 7 * 2],
  ['query ($n: Int) { chats(first: $n) { edges { cursor } } }', undefined, 1 + 100 + 100 * 2],
  ['query ($n: Int) { chats(last: $n) { edges { cursor } } }', { n: 1e9 }, 1 + 100 + 100 * 2],
  ['{ recentChats(first: 2) { items { emotions { score } } } }', {}, 1 + 100 + 2 * (1 + 1 + 8)],
  ['{ a: me { ...U } b: me { ...U } } fragment U on User { id ... { username } }', {}, 2 * 3],
])('%s with %j costs %i', (query, variables, expected) => {
  expect(cost(query, variables)).toBe(expected);
});

test.each(largestDocuments)('validation of the largest document that %s takes less than two seconds', (_, largest) => {
  const { n, document } = largest();
  const started = performance.now();
  validate(schema, document, [...specifiedRules, limitsRule]);
  // About a hundred times the usual duration: this detects exponential growth only.
  expect([n > 20, performance.now() - started < 2_000]).toEqual([true, true]);
});
