import { type DocumentNode, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { costOf, unpricedLists } from '../../src/graphql/cost';
import { limitsRule, MAX_TOKENS } from '../../src/graphql/limits';
import { buildAppSchema } from '../../src/graphql/schema';

const schema = buildAppSchema();
const cost = (query: string, variables?: object): number => {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return costOf(schema, document, operation, variables as Record<string, unknown> | undefined);
};

test('the length of every list of objects is known', () => {
  expect(unpricedLists(schema)).toEqual([]);
});

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

const words = (count: number, piece: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => piece(i)).join(' ');

test.each<[string, (n: number) => string]>([
  ['repeats one field', (n) => `{ ${words(n, () => '__typename')} }`],
  ['repeats an object', (n) => `{ ${words(n, () => '... { me { id } }')} }`],
  ['is one circle of fragments', (n) => `{ ...F0 } ${words(n, (i) => `fragment F${i} on Query { ...F${(i + 1) % n} }`)}`],
  [
    'spreads each fragment twice',
    (n) => `{ ...F0 } ${words(n, (i) => `fragment F${i} on Query { a: me { id } ...F${i + 1} ...F${i + 1} }`)}`,
  ],
  ['nests inline fragments', (n) => `{ ${'... on Query { me { id } '.repeat(n)} ${'}'.repeat(n)} }`],
  ['has conflicts', (n) => `{ ${words(n, (i) => `a${i % 5}: recentChats(first: ${i}) { cursor }`)} }`],
  [
    'has variables',
    (n) => `query (${words(n, (i) => `$v${i}: Int`)}) { ${words(n, (i) => `chats(first: $v${i}) { __typename }`)} }`,
  ],
  ['nests input objects', (n) => `{ sendChat(input: ${'{ a: '.repeat(n)} 1 ${'}'.repeat(n)}) { id } }`],
  ['nests lists', (n) => `{ sendChat(input: ${'['.repeat(n)} ${']'.repeat(n)}) { id } }`],
])('a document that %s as often as it may is judged in time', (_, make) => {
  const parsed = (n: number): DocumentNode | undefined => {
    try {
      return parse(make(n), { maxLexicalTokens: MAX_TOKENS });
    } catch {
      return undefined;
    }
  };
  let n = 1;
  while (parsed(n + 1)) n++;
  const document = parsed(n) as DocumentNode;
  const started = performance.now();
  validate(schema, document, [...specifiedRules, limitsRule]);
  // A hundred times what it takes alone: what is caught here is growth beyond measure.
  expect([n > 20, performance.now() - started < 2_000]).toEqual([true, true]);
});
