/** Apollo Server and graphql-ws, with the createPubSub of type-graphql, by resolvers with a topic per room. */
require('reflect-metadata');
const {
  Arg,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
  buildSchema,
} = require('type-graphql');
// Where type-graphql's documentation takes it from; it is a dependency of type-graphql.
const { createPubSub } = require('@graphql-yoga/subscription');
const { chatOf, serveGraphql } = require('./serve.js');

const pubSub = createPubSub();

// Decorators, applied by hand: plain JavaScript has no syntax for them.
class Chat {}
for (const name of ['id', 'author', 'text', 'sentAt', 'cursor']) Field(() => (name === 'id' ? ID : String))(Chat.prototype, name);
ObjectType()(Chat);

class SendChatInput {}
for (const name of ['clientMessageId', 'room', 'text'])
  Field(() => (name === 'text' ? String : ID))(SendChatInput.prototype, name);
InputType()(SendChatInput);

class ChatResolver {
  ok() {
    return true;
  }
  sendChat({ room, text }) {
    const chat = chatOf(text);
    pubSub.publish('newChat', room, chat);
    return chat;
  }
  newChat(chat) {
    return chat;
  }
}
const decorate = (name, types, ...decorators) => {
  Reflect.defineMetadata('design:paramtypes', types, ChatResolver.prototype, name);
  for (const decorator of decorators) decorator(ChatResolver.prototype, name, undefined);
};
decorate(
  'ok',
  [],
  Query(() => Boolean),
);
Arg('input', () => SendChatInput)(ChatResolver.prototype, 'sendChat', 0);
decorate(
  'sendChat',
  [SendChatInput],
  Mutation(() => Chat),
);
Root()(ChatResolver.prototype, 'newChat', 0);
Arg('room', () => ID)(ChatResolver.prototype, 'newChat', 1);
decorate(
  'newChat',
  [Chat, String],
  Subscription(() => Chat, { topics: 'newChat', topicId: ({ args }) => args.room }),
);
Resolver()(ChatResolver);

void buildSchema({ resolvers: [ChatResolver], pubSub, validate: false }).then((schema) => {
  serveGraphql(schema, (room, chat) => pubSub.publish('newChat', room, chat));
});
