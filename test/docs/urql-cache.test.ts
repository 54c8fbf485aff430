import { Client, fetchExchange, gql, subscriptionExchange } from 'urql';
import { cache } from './urql-cache';

const counts = (...values: number[]) =>
  ['ME_TOO', 'HUG', 'CHEER'].map((empathy, i) => ({ __typename: 'EmpathyCount', empathy, count: values[i] }));
const chat = (text: string, ...values: number[]) => ({ __typename: 'Chat', id: 'c1', text, empathies: counts(...values) });
const recent = (item: object) => ({ recentChats: { __typename: 'RecentChats', items: [item] } });
const shown = (text: string, ...values: number[]) => ({
  recentChats: { items: [{ text, empathies: values.map((count) => ({ count })) }] },
});

test('a chatChanged event updates a query in the cache of urql by the id of the message', async () => {
  const warnings = jest.spyOn(console, 'warn').mockImplementation();
  const fetched = jest.fn(() => Promise.resolve(Response.json({ data: recent(chat('before', 0, 0, 0)) })));
  const client = new Client({
    url: 'http://localhost/graphql',
    preferGetMethod: false,
    fetch: fetched,
    exchanges: [
      cache,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: () => ({
          subscribe: (sink) => {
            sink.next({ data: { chatChanged: chat('after', 0, 2, 0) } });
            sink.complete();
            return { unsubscribe: () => undefined };
          },
        }),
      }),
    ],
  });
  const query = gql`
    query Recent {
      recentChats {
        items {
          id
          text
          empathies {
            empathy
            count
          }
        }
      }
    }
  `;
  const subscription = gql`
    subscription Changed {
      chatChanged {
        id
        text
        empathies {
          empathy
          count
        }
      }
    }
  `;
  expect((await client.query(query, {})).data).toMatchObject(shown('before', 0, 0, 0));
  await client.subscription(subscription, {});
  expect(client.readQuery(query, {})?.data).toMatchObject(shown('after', 0, 2, 0));
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(warnings).not.toHaveBeenCalled();
});
