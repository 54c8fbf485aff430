import { getIntrospectionQuery } from 'graphql';
import { underAttack, verdict, type Target } from '../support/attack';

const { attack, target } = underAttack('GraphQL', { BCRYPT_COST: '10' });

const ask = async (to: Target, query: string, variables: object = {}): Promise<string> =>
  verdict(await to.app.postRaw({ query, variables }));
const repeat = (count: number, piece: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => piece(i)).join(' ');
const nested = (levels: number, open: string, inner: string): string => open.repeat(levels) + inner + ' }'.repeat(levels);
const fragments = (count: number): string => `{ ...F1 } ${repeat(count, (i) => `fragment F${i} on Query{a}`)}`;
const login = (i: number): string => `a${i}: login(input: { login: "x${i}", password: "wrong-pass-1" }) { accessToken }`;

const TOO_COMPLEX = '400 OPERATION_TOO_COMPLEX';
const INVALID = '400 GRAPHQL_VALIDATION_FAILED';

describe('limits of an operation', () => {
  attack('5 aliases of one field', '200', (to) => ask(to, `{ ${repeat(5, (i) => `a${i}: me { id }`)} }`));
  attack('6 aliases of one field', TOO_COMPLEX, (to) => ask(to, `{ ${repeat(6, (i) => `a${i}: me { id }`)} }`));
  attack('6 aliases of one field, spread over fragments', TOO_COMPLEX, (to) =>
    ask(
      to,
      `{ a1: me { id } a2: me { id } ...A ...B } fragment A on Query { a3: me { id } a4: me { id } } fragment B on Query { a5: me { id } a6: me { id } }`,
    ),
  );
  attack('100 aliased logins, none of which is hashed', TOO_COMPLEX, async (to) => {
    const before = process.cpuUsage();
    const outcome = await ask(to, `mutation { ${repeat(100, login)} }`);
    const { user } = process.cpuUsage(before);
    // A hundred hashes of cost 10 would take five seconds.
    expect(user / 1e6).toBeLessThan(1.5);
    return outcome;
  });
  attack('6 aliased logins', TOO_COMPLEX, (to) => ask(to, `mutation { ${repeat(6, login)} }`));
  attack('500 tokens', '200', (to) => ask(to, `{ ${repeat(498, () => '__typename')} }`));
  attack('501 tokens', TOO_COMPLEX, (to) => ask(to, `{ ${repeat(499, () => '__typename')} }`));
  attack('2,000 repeated fields', TOO_COMPLEX, (to) => ask(to, `{ ${repeat(2_000, () => '__typename')} }`));
  attack('8 levels', INVALID, (to) => ask(to, nested(8, '{ me ', '')));
  attack('30 levels', TOO_COMPLEX, (to) => ask(to, nested(29, '{ me ', '{ id }')));
  attack('90 nested inline fragments', '200', (to) => ask(to, `{ ${nested(90, '... on Query { ', '__typename')} }`));
  attack('10,000 nested inline fragments', TOO_COMPLEX, (to) => ask(to, `{ ${nested(10_000, '...{', 'a')} }`));
  attack('circular fragments', INVALID, (to) =>
    ask(to, '{ ...A } fragment A on Query { me { id } ...B } fragment B on Query { ...A }'),
  );
  attack('10,000 fragments', '413 BAD_REQUEST', (to) => ask(to, fragments(10_000)));
  attack('2,000 fragments, as many as a request takes', TOO_COMPLEX, (to) => ask(to, fragments(2_000)));
  attack('10,000 spreads of one fragment', TOO_COMPLEX, (to) =>
    ask(to, `{ ${repeat(10_000, () => '...A')} } fragment A on Query { me { id } }`),
  );
  attack('20 directives', '200', (to) => ask(to, `{ ${repeat(20, () => '__typename @skip(if: false)')} }`));
  attack('21 directives', TOO_COMPLEX, (to) => ask(to, `{ ${repeat(21, () => '__typename @skip(if: false)')} }`));
  attack('1,000 directives on one field', TOO_COMPLEX, (to) => ask(to, `{ __typename ${repeat(1_000, () => '@a')} }`));
});

describe('the cost of an answer', () => {
  const mood = 'room windowStart windowEnd messageCount scores { emotion score } dominantEmotion valence';
  const timeline = (name: string, from: string, bucket: string): string =>
    `${name}: moodTimeline(from: "${from}", to: "2026-04-01T00:00:00Z", bucket: ${bucket}) { ${mood} }`;
  const quarter = '2026-01-01T00:00:00Z';
  const page = 'edges { node { id room author text sentAt cursor emotions { emotion score } dominantEmotion hidden } }';

  attack('a full timeline of 90 days by the hour', '200', (to) => ask(to, `{ ${timeline('a', quarter, 'HOUR')} }`));
  attack('a full timeline by the hour and one by the day', '200', (to) =>
    ask(to, `{ ${timeline('a', quarter, 'HOUR')} ${timeline('b', quarter, 'DAY')} }`),
  );
  attack('two full timelines of 90 days by the hour', TOO_COMPLEX, (to) =>
    ask(to, `{ ${timeline('a', quarter, 'HOUR')} ${timeline('b', quarter, 'HOUR')} }`),
  );
  attack('two full timelines with the times in variables', TOO_COMPLEX, (to) =>
    ask(
      to,
      `query ($from: DateTimeISO!, $to: DateTimeISO!) { ${repeat(2, (i) => `a${i}: moodTimeline(from: $from, to: $to) { ${mood} }`)} }`,
      { from: quarter, to: '2026-04-01T00:00:00Z' },
    ),
  );
  attack('five full pages of 100 messages', '200', (to) =>
    ask(to, `{ ${repeat(5, (i) => `a${i}: chats(first: 100) { ${page} }`)} }`),
  );
});

describe('introspection and suggestions', () => {
  attack('the standard introspection', '200', (to) => ask(to, getIntrospectionQuery()));
  attack('circular introspection', INVALID, (to) =>
    ask(to, `{ __schema { types { ${nested(6, 'fields { type { ', 'name')} ${'}'.repeat(6)} } } }`),
  );
  attack('a misspelt field: no suggestion', INVALID, async (to) => {
    const answer = await to.app.postRaw({ query: '{ recentChat { cursor } meee { id } }' });
    expect(JSON.stringify(answer.errors)).not.toMatch(/did you mean|recentChats/i);
    return verdict(answer);
  });
  attack('a misspelt value: no suggestion', INVALID, async (to) => {
    const query = '{ moodTimeline(from: "2026-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z", bucket: HOURS) { room } }';
    const answer = await to.app.postRaw({ query });
    expect(JSON.stringify(answer.errors)).not.toMatch(/did you mean/i);
    return verdict(answer);
  });
});

describe('odd requests', () => {
  attack('an unknown operationName', '400 OPERATION_RESOLUTION_FAILURE', async (to) =>
    verdict(await to.app.postRaw({ query: 'query A { me { id } }', operationName: 'B' })),
  );
  attack('a persisted query that is not known', '200 PERSISTED_QUERY_NOT_FOUND', async (to) =>
    verdict(await to.app.postRaw({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } })),
  );
  attack('a persisted query under the hash of another', INVALID, async (to) =>
    verdict(
      await to.app.postRaw({
        query: '{ me { id } }',
        extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } },
      }),
    ),
  );
});

test('the witness is still served', async () => {
  await target().witnessIsServed();
});
