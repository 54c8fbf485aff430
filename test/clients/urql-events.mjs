import { Client, fetchExchange, gql } from '@urql/core';

// urql fetches a subscription as server-sent events from the endpoint of its queries. Prints each message until it is killed.
const client = new Client({
  url: process.env.ONE_PORT_URL,
  exchanges: [fetchExchange],
  fetchSubscriptions: true,
  preferGetMethod: false,
});
client
  .subscription(
    gql`
      subscription {
        newChat {
          text
        }
      }
    `,
    {},
  )
  .subscribe(({ data, error }) => console.log(error ? `error ${error.message}` : `message ${data.newChat.text}`));
