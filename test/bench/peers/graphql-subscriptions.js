/** The stock stack: graphql-ws with the PubSub of graphql-subscriptions. */
const { buildSchema } = require('graphql');
const { PubSub } = require('graphql-subscriptions');
const { serveGraphqlWs, typeDefs } = require('./serve.js');

const pubSub = new PubSub();
// The default of Node's EventEmitter would warn at the eleventh subscriber.
pubSub.ee.setMaxListeners(0);

const schema = buildSchema(typeDefs);
schema.getSubscriptionType().getFields().newChat.subscribe = (_root, { room }) => pubSub.asyncIterableIterator(`newChat:${room}`);

serveGraphqlWs(schema, (room, newChat) => void pubSub.publish(`newChat:${room}`, { newChat }));
