import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';

// Apollo Client's HTTP link asks for a subscription as multipart/mixed by itself. Prints each message until it is killed.
const client = new ApolloClient({ link: new HttpLink({ uri: process.env.ONE_PORT_URL }), cache: new InMemoryCache() });
client
  .subscribe({
    query: gql`
      subscription {
        newChat {
          text
        }
      }
    `,
  })
  .subscribe({
    next: ({ data, error }) => console.log(error ? `error ${error.message}` : `message ${data.newChat.text}`),
    error: (error) => console.log(`error ${error.message}`),
  });
client
  .subscribe({
    query: gql`
      subscription {
        newChat(room: "nowhere") {
          text
        }
      }
    `,
  })
  .subscribe({
    next: ({ error }) => console.log(`refused ${error?.message}`),
    error: (error) => console.log(`refused ${error.message}`),
  });
