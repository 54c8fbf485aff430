/** Mercurius on Fastify, with its own PubSub and its own protocol implementation. */
const fastify = require('fastify')();
const mercurius = require('mercurius');
const { PORT, control, typeDefs } = require('./serve.js');

fastify.register(mercurius, {
  schema: typeDefs,
  resolvers: {
    Subscription: { newChat: { subscribe: (_root, { room }, { pubsub }) => pubsub.subscribe(`newChat:${room}`) } },
  },
  subscription: true,
});

void fastify.listen({ port: PORT, host: '127.0.0.1' }).then(() => {
  control((room, newChat) => fastify.graphql.pubsub.publish({ topic: `newChat:${room}`, payload: { newChat } }));
});
