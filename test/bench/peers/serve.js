/** Shared by all peers: the message, and the port on which the bench publishes. */
const { randomBytes } = require('node:crypto');
const http = require('node:http');

const PORT = Number(process.env.PORT);
const CONTROL_PORT = Number(process.env.CONTROL_PORT);

const typeDefs = /* GraphQL */ `
  type Chat {
    id: ID!
    author: String!
    text: String!
    sentAt: String!
    cursor: String!
  }
  type Query {
    ok: Boolean
  }
  type Subscription {
    newChat(room: ID! = "main"): Chat!
  }
`;

// The parent process has ended.
process.on('disconnect', () => process.exit());

/** The same length as the messages of the server under test. */
const chatOf = (text) => ({
  id: randomBytes(16).toString('base64url'),
  author: '조용한 수달',
  text,
  sentAt: new Date().toISOString(),
  cursor: randomBytes(24).toString('base64url'),
});

/** POST /publish { room, texts } publishes them all in one turn. It opens last, so an answer of /readyz means that both ports are open. */
function control(publish) {
  http
    .createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        if (request.url === '/publish') {
          const { room, texts } = JSON.parse(body);
          for (const text of texts) publish(room, chatOf(text));
        }
        response.end('{}');
      });
    })
    .listen(CONTROL_PORT, '127.0.0.1');
}

/** graphql-ws over ws, as its documentation sets it up, for a schema whose newChat has a `subscribe`. */
function serveGraphqlWs(schema, publish) {
  const { WebSocketServer } = require('ws');
  const { useServer } = require('graphql-ws/use/ws');
  const sockets = new WebSocketServer({ port: PORT, host: '127.0.0.1', path: '/graphql', perMessageDeflate: false });
  useServer({ schema }, sockets);
  sockets.on('listening', () => control(publish));
}

module.exports = { PORT, typeDefs, control, serveGraphqlWs };
