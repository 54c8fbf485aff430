/** Mercurius on Fastify, with its own PubSub and its own protocol implementation. */
const fastify = require('fastify')();
const mercurius = require('mercurius');
const { HOST, PORT, chatOf, typeDefs } = require('./serve.js');

const publish = (pubsub, room, newChat) => pubsub.publish({ topic: `newChat:${room}`, payload: { newChat } });

fastify.register(mercurius, {
  schema: typeDefs,
  resolvers: {
    Mutation: {
      sendChat: (_root, { input }, { pubsub }) => {
        const chat = chatOf(input.text);
        publish(pubsub, input.room, chat);
        return chat;
      },
    },
    Subscription: { newChat: { subscribe: (_root, { room }, { pubsub }) => pubsub.subscribe(`newChat:${room}`) } },
  },
  subscription: true,
});
fastify.get('/readyz', async () => ({}));
fastify.post('/publish', async ({ body: { room, texts } }) => {
  for (const text of texts) publish(fastify.graphql.pubsub, room, chatOf(text));
  return {};
});

void fastify.listen({ port: PORT, host: HOST });
