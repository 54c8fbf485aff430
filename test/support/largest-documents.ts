import { parse, type DocumentNode } from 'graphql';
import { MAX_TOKENS } from '../../src/graphql/limits';

const words = (count: number, piece: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => piece(i)).join(' ');

/** Documents that are as much work to judge as their kind can be, by what there are n of. */
const KINDS: readonly (readonly [what: string, make: (n: number) => string])[] = [
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
];

/** Each with as many as the token limit takes. */
export const largestDocuments: readonly (readonly [what: string, largest: () => { n: number; document: DocumentNode }])[] =
  KINDS.map(([what, make]) => [
    what,
    () => {
      let largest: { n: number; document: DocumentNode } | undefined;
      for (let n = 1; ; n++) {
        try {
          largest = { n, document: parse(make(n), { maxLexicalTokens: MAX_TOKENS }) };
        } catch (error) {
          if (largest) return largest;
          throw error;
        }
      }
    },
  ]);
