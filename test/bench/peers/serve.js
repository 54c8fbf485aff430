/** Shared by the peers in JavaScript: the message, the schema, and the server on PORT. */
const { randomBytes } = require('node:crypto');
const { setMaxListeners } = require('node:events');
const http = require('node:http');

const PORT = Number(process.env.PORT);
const HOST = '127.0.0.1';

// Each subscriber is a listener; the default of ten prints a warning.
setMaxListeners(0);

const typeDefs = /* GraphQL */ `
  type Chat {
    id: ID!
    author: String!
    text: String!
    sentAt: String!
    cursor: String!
  }
  input SendChatInput {
    clientMessageId: ID!
    room: ID!
    text: String!
  }
  type Query {
    ok: Boolean
  }
  type Mutation {
    sendChat(input: SendChatInput!): Chat!
  }
  type Subscription {
    newChat(room: ID!): Chat!
  }
`;

/** The same length as the messages of the server under test. */
const chatOf = (text) => ({
  id: randomBytes(16).toString('base64url'),
  author: '조용한 수달',
  text,
  sentAt: new Date().toISOString(),
  cursor: randomBytes(24).toString('base64url'),
});

function respond(response, body, headers = { 'content-type': 'application/json' }, status = 200) {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Answers sendChat without GraphQL. */
const withoutGraphql = (publish) => (body, request, response) => {
  const { room, text } = JSON.parse(body).variables.input;
  const chat = chatOf(text);
  publish(room, chat);
  respond(response, JSON.stringify({ data: { sendChat: { id: chat.id, sentAt: chat.sentAt, cursor: chat.cursor } } }));
};

/** Answers by Apollo Server, with nothing between it and node:http. */
function byApollo(schema) {
  const { ApolloServer, HeaderMap } = require('@apollo/server');
  const { ApolloServerPluginCacheControlDisabled } = require('@apollo/server/plugin/disabled');
  const apollo = new ApolloServer({ schema, plugins: [ApolloServerPluginCacheControlDisabled()] });
  const started = apollo.start();
  return async (body, request, response) => {
    await started;
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method, headers, search: '', body: JSON.parse(body) },
      context: async () => ({}),
    });
    respond(response, answer.body.string, Object.fromEntries(answer.headers), answer.status);
  };
}

/**
 * POST /publish { room, texts } publishes them all in one turn; GET /readyz answers when the server listens.
 * @param answer handles the body of every other request
 */
function serve(publish, answer = withoutGraphql(publish)) {
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (request.url === '/readyz') respond(response, '{}');
      else if (request.url === '/publish') {
        const { room, texts } = JSON.parse(body);
        for (const text of texts) publish(room, chatOf(text));
        respond(response, '{}');
      } else void answer(body, request, response);
    });
  });
  return server.listen(PORT, HOST);
}

/** Apollo Server, and graphql-ws over ws as its documentation sets it up. The schema's newChat has a `subscribe`. */
function serveGraphql(schema, publish) {
  const { WebSocketServer } = require('ws');
  const { useServer } = require('graphql-ws/use/ws');
  const server = serve(publish, byApollo(schema));
  useServer({ schema }, new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false }));
}

module.exports = { PORT, HOST, typeDefs, chatOf, serve, serveGraphql };
