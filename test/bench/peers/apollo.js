/** The stock stack: Apollo Server, and graphql-ws with the PubSub of graphql-subscriptions. */
const { buildSchema } = require('graphql');
const { PubSub } = require('graphql-subscriptions');
const { chatOf, serveGraphql, typeDefs } = require('./serve.js');

const pubSub = new PubSub();
const publish = (room, newChat) => void pubSub.publish(`newChat:${room}`, { newChat });

const schema = buildSchema(typeDefs);
schema.getMutationType().getFields().sendChat.resolve = (_root, { input }) => {
  const chat = chatOf(input.text);
  publish(input.room, chat);
  return chat;
};
schema.getSubscriptionType().getFields().newChat.subscribe = (_root, { room }) => pubSub.asyncIterableIterator(`newChat:${room}`);

serveGraphql(schema, publish);
