import {
  buildSchema,
  execute,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import { compile, type Inputs } from '../../src/execution/compile';

const schema = buildSchema(`
  enum Colour { RED GREEN }
  interface Named { name: String }
  type Thing implements Named {
    name: String, required: String!, id: ID!, count: Int, flag: Boolean, ratio: Float, colour: Colour, colours: [Colour!]
    self: Thing, sure: Thing!, many: [Thing], all: [Thing!], every: [Thing!]!, later: String, laterSure: String!, method: String
    rejects: String, rejectsSure: String!, throws: String, words: [String], sureWords: [String!]
  }
  input Inner { colour: Colour, list: [Int!] }
  input Outer { text: String!, size: Int = 3, inner: Inner, names: [String] }
  type Query {
    thing: Thing, sure: Thing!, later: Thing, named: Named, missing: String, broken: [Thing], error: String
    echo(outer: Outer, list: [Int], id: ID, on: Boolean = true, colour: Colour): String
    strict(text: String!, size: Int! = 5): String
  }
  type Mutation { first(n: Int): String, slow(n: Int): String, fails: String, sure: String! }
`);

const order: string[] = [];
const echo = (...[, args, , info]: unknown[]): string =>
  JSON.stringify([args, (info as { variableValues: unknown }).variableValues]);
const resolvers: Readonly<Record<string, (...all: never[]) => unknown>> = {
  'Query.echo': echo,
  'Query.strict': echo,
  'Mutation.first': (_: unknown, { n }: { n: number }) => order.push(`first ${n}`) && `${n}`,
  'Mutation.slow': async (_: unknown, { n }: { n: number }) => {
    await new Promise(setImmediate);
    order.push(`slow ${n}`);
    return `${n}`;
  },
  'Mutation.fails': () => Promise.reject(new Error('refused')),
  'Mutation.sure': () => null,
};
for (const [place, resolve] of Object.entries(resolvers)) {
  const [type = '', field = ''] = place.split('.');
  Object.assign((schema.getType(type) as GraphQLObjectType).getFields()[field] ?? {}, { resolve });
}

class Thing {
  name = 'thing';
  required: string | null = 'yes';
  id = 7;
  count: unknown = 3;
  flag = true;
  ratio = 0.5;
  colour: unknown = 'RED';
  colours = ['RED', 'GREEN'];
  words: unknown = ['a', null, 'c'];
  sureWords = ['a', null];
  later = Promise.resolve('later');
  laterSure = Promise.resolve(null);
  throws = new Error('an error as a value');
  constructor(readonly depth = 0) {}
  get self(): unknown {
    return this.depth < 3 ? new Thing(this.depth + 1) : null;
  }
  get sure(): unknown {
    return this.self;
  }
  get many(): unknown[] {
    return [this.self, null, Promise.resolve(this.self), Promise.reject(new Error('no item')), new Error('an item')];
  }
  get all(): unknown[] {
    return [this.self, Promise.resolve(null), this.self];
  }
  get every(): unknown {
    return new Set([this.self]);
  }
  get rejects(): unknown {
    return Promise.reject(new Error('rejected'));
  }
  get rejectsSure(): unknown {
    return Promise.reject(new Error('surely rejected'));
  }
  method() {
    return `method of ${this.depth}`;
  }
}

const rootValue = () => ({
  thing: new Thing(),
  sure: new Thing(),
  later: Promise.resolve(new Thing()),
  named: { __typename: 'Thing', name: 'n' },
  broken: 'not a list',
  error: () => {
    throw new Error('thrown');
  },
});

/** Executed by both, and compared in all that a client can see. */
const CORPUS: readonly (readonly [document: string, variables?: Record<string, unknown>])[] = [
  ['{ thing { name required id count flag ratio colour colours __typename } __typename }'],
  ['{ b: thing { z: id name a: id } a: later { name self { name self { id self { id } } } } thing { name } }'],
  ['{ thing { later laterSure method } sure { later method } }'],
  ['{ sure { laterSure later rejects } }'],
  ['{ thing { self { self { self { sure { id } } } } name } }'],
  ['{ sure { rejectsSure rejects many { name } } error }'],
  ['{ thing { many { name rejects } all { name } every { name rejectsSure } words sureWords throws rejects } missing }'],
  ['{ thing { all { id } } sure { all { name rejectsSure } rejects throws } broken { id } error }'],
  [
    '{ thing { ...F ... on Thing { id ...F } ... { flag } } } fragment F on Thing { name self { ...G } } fragment G on Thing { id }',
  ],
  ['{ thing { self { name } self { id } ...F } } fragment F on Thing { self { count self { id } } }'],
  ['{ thing { name @skip(if: true) id @include(if: true) flag @include(if: false) ... @skip(if: false) { ratio } } }'],
  ['query ($on: Boolean!) { thing { name @include(if: $on) id } }', { on: false }],
  ['{ named { name ... on Thing { name } } }'],
  ['{ __schema { queryType { name } } __type(name: "Thing") { name } }'],
  ['{ __proto__: missing thing { constructor: id toJSON: id toString: name } }'],
  ['{ echo }'],
  ['{ echo(list: 1, id: 7, colour: RED, outer: { text: "t", inner: { list: [1, 2] } }) }'],
  ['query ($o: Outer!, $l: [Int] = [4], $i: ID) { echo(outer: $o, list: $l, id: $i) }', { o: { text: 't', names: 'one' }, i: 7 }],
  ['query ($o: Outer, $i: ID, $on: Boolean) { echo(outer: $o, id: $i, on: $on) }', { on: null, more: 1 }],
  ['query ($t: String!) { echo(outer: { text: $t, size: 1 }) }', { t: 'x' }],
  ['query ($o: Outer) { echo(outer: $o) }', { o: { text: 't', unknown: 1 } }],
  ['query ($o: Outer) { echo(outer: $o) }', { o: { size: 'big', inner: { colour: 'BLUE', list: [1, null] } } }],
  ['query ($o: Outer) { echo(outer: $o) }', { o: [] }],
  ['query ($l: [Int]) { echo(list: $l) }', { l: 'x' }],
  ['query ($c: Colour) { echo(colour: $c) }', { c: 'GREEN' }],
  ['query ($c: Colour!) { echo(colour: $c) }', {}],
  ['query ($c: Colour!) { echo(colour: $c) }', { c: null }],
  ['query ($t: String!, $s: Int = 4) { strict(text: $t, size: $s) }', { t: 't' }],
  ['query ($t: String!, $s: Int = 4) { strict(text: $t, size: $s) }', { t: 't', s: null }],
  ['mutation { slow(n: 1) first(n: 2) fails b: slow(n: 3) c: first(n: 4) }'],
  ['mutation { first(n: 1) sure slow(n: 2) }'],
];

const seen = async (result: ExecutionResult | Promise<ExecutionResult>): Promise<string> => {
  order.length = 0;
  const text = JSON.stringify(await result);
  return `${text}\n${order.join()}`;
};

test.each(CORPUS.map(([text, variables]) => ({ text, variables })))(
  'answers as graphql-js: $text $variables',
  async ({ text, variables }) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    const inputs = (): Inputs => ({ rootValue: rootValue(), contextValue: {}, variableValues: variables });
    const compiled = compile(schema, document, undefined);
    const expected = await seen(execute({ schema, document, ...inputs() }));
    expect(await seen(compiled(inputs()))).toBe(expected);
    expect(await seen(compiled(inputs()))).toBe(expected);
  },
);

test('gives resolvers the same info as graphql-js', async () => {
  const infos: GraphQLResolveInfo[] = [];
  const name = (_values: unknown, _context: unknown, info: GraphQLResolveInfo) => infos.push(info) && 'n';
  const document = parse('query A($a: Int = 1) { later { self { n: name } } } query B { missing }');
  const inputs: Inputs = { rootValue: { later: Promise.resolve({ self: { name } }) }, contextValue: {}, variableValues: {} };
  await execute({ schema, document, operationName: 'A', ...inputs });
  await compile(schema, document, 'A')(inputs);
  const [expected, { path, fieldNodes, variableValues, fragments, ...rest }] = infos as [GraphQLResolveInfo, GraphQLResolveInfo];
  expect(path).toEqual(expected.path);
  expect(variableValues).toEqual(expected.variableValues);
  expect(fieldNodes[0]).toBe(expected.fieldNodes[0]);
  expect(Object.keys(fragments)).toEqual([]);
  for (const [key, value] of Object.entries(rest)) expect(Object.is(value, expected[key as keyof GraphQLResolveInfo])).toBe(true);
  expect(Object.keys(infos[1] ?? {}).sort()).toEqual(Object.keys(expected).sort());
});
