import { ApolloClient, ApolloLink, gql, InMemoryCache, Observable } from '@apollo/client';

const counts = (...values: number[]) =>
  ['ME_TOO', 'HUG', 'CHEER'].map((empathy, i) => ({ __typename: 'EmpathyCount', empathy, count: values[i] }));
const chat = (text: string, ...values: number[]) => ({ __typename: 'Chat', id: 'c1', text, empathies: counts(...values) });

test('a chatChanged event updates a query in the cache of Apollo Client without a type policy', async () => {
  const answers: Record<string, object> = {
    Recent: { recentChats: { __typename: 'RecentChats', items: [chat('before', 0, 0, 0)] } },
    Changed: { chatChanged: chat('after', 0, 2, 0) },
  };
  const link = new ApolloLink(
    ({ operationName = '' }) =>
      new Observable((observer) => {
        observer.next({ data: answers[operationName] as Record<string, unknown> });
        observer.complete();
      }),
  );
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
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
  await client.query({ query });
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
  await new Promise<void>((resolve) => {
    client.subscribe({ query: subscription }).subscribe({ complete: resolve });
  });
  expect(client.readQuery({ query })).toEqual({
    recentChats: { __typename: 'RecentChats', items: [chat('after', 0, 2, 0)] },
  });
  client.stop();
});
