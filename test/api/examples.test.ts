import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getOperationAST, parse, type FieldNode } from 'graphql';
import { TestApp } from '../support/app';
import { until } from '../support/until';
import { EXAMPLES, type Example } from './examples';

const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));

const rootFieldOf = ({ document }: Example): string => {
  const operation = getOperationAST(parse(document));
  return (operation?.selectionSet.selections[0] as FieldNode).name.value;
};

test('every query, mutation and subscription has an example', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
  expect(new Set(EXAMPLES.map(rootFieldOf))).toEqual(new Set(fields));
});

test('the examples of docs/api.md work in their order', async () => {
  const app = await TestApp.start({ ADMINS: 'mina', MODERATORS: 'mina', PUSH_CONTACT: 'mailto:wall@example.org' });
  const kept = new Map<string, string>();
  const fill = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, item: unknown) =>
      typeof item === 'string' && item.startsWith('<') ? (kept.get(item.slice(1, -1)) ?? item) : item,
    );
  const login = async (password: string): Promise<void> => {
    const query = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
    const { data } = await app.postRaw<{ login: { accessToken: string } }>({
      query,
      variables: { input: { login: 'mina', password } },
    });
    kept.set('token', data?.login.accessToken ?? '');
  };
  const live = app.wsClient();
  const refusals: unknown[] = [];
  const heard: unknown[] = [];
  for (const example of EXAMPLES) {
    const name = rootFieldOf(example);
    const payload = { query: example.document, variables: fill(example.variables ?? {}) as Record<string, unknown> };
    if (example.document.startsWith('subscription')) {
      live.subscribe(payload, {
        next: ({ data, errors }) => {
          heard.push(name);
          if (!data) refusals.push(errors);
        },
        error: (error) => refusals.push(error),
        complete: () => undefined,
      });
      continue;
    }
    if (name === 'deleteAccount' || name === 'logoutEverywhere') await login('calm-heron-8');
    const { data, errors } = await app.postRaw<Record<string, unknown>>(
      payload,
      kept.get(example.byGuest ? 'guest token' : 'token'),
    );
    expect([name, errors]).toEqual([name, []]);
    for (const [key, path] of Object.entries(example.keep ?? {})) {
      const value = path.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], data) as string;
      // Of a link, its token.
      kept.set(key, value.split('?token=').at(-1) ?? value);
    }
    if (name === 'sendChat') await until(() => heard.includes('newChat'), 'the message is heard');
  }
  expect(refusals).toEqual([]);
});
