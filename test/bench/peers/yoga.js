/** GraphQL Yoga with its own PubSub, and graphql-ws as Yoga's documentation sets it up. */
const { createServer } = require('node:http');
const { createPubSub, createSchema, createYoga } = require('graphql-yoga');
const { useServer } = require('graphql-ws/use/ws');
const { WebSocketServer } = require('ws');
const { HOST, PORT, chatOf, typeDefs } = require('./serve.js');

const pubSub = createPubSub();
const resolvers = {
  Mutation: {
    sendChat: (_root, { input }) => {
      const chat = chatOf(input.text);
      pubSub.publish('newChat', input.room, chat);
      return chat;
    },
  },
  Subscription: { newChat: { subscribe: (_root, { room }) => pubSub.subscribe('newChat', room), resolve: (chat) => chat } },
};
const publishAll = {
  onRequest: async ({ url, request, endResponse }) => {
    if (url.pathname === '/readyz') endResponse(new Response('{}'));
    if (url.pathname !== '/publish') return;
    const { room, texts } = await request.json();
    for (const text of texts) pubSub.publish('newChat', room, chatOf(text));
    endResponse(new Response('{}'));
  },
};
const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  graphiql: false,
  logging: false,
  plugins: [publishAll],
});

const server = createServer(yoga);
useServer(
  {
    execute: ({ rootValue, ...args }) => rootValue.execute(args),
    subscribe: ({ rootValue, ...args }) => rootValue.subscribe(args),
    onSubscribe: async (context, _id, { query, operationName, variables }) => {
      const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped(context);
      const document = parse(query);
      const errors = validate(schema, document);
      if (errors.length > 0) return errors;
      const contextValue = await contextFactory();
      return { schema, operationName, document, variableValues: variables, contextValue, rootValue: { execute, subscribe } };
    },
  },
  new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false }),
);
server.listen(PORT, HOST);
