import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { schemaFromExecutor, wrapSchema } from '@graphql-tools/wrap';
import { parse, subscribe } from 'graphql';

// A gateway of GraphQL Tools, as GraphQL Mesh and Hive Gateway are built on: it reads the schema by introspection, serves it as its
// own, and passes subscriptions on as server-sent events. Prints each message until it is killed.
const executor = buildHTTPExecutor({ endpoint: process.env.ONE_PORT_URL });
const schema = wrapSchema({ schema: await schemaFromExecutor(executor), executor });
const messages = await subscribe({ schema, document: parse('subscription { newChat { text } }') });
if (!(Symbol.asyncIterator in messages)) throw new Error(JSON.stringify(messages));
for await (const { data, errors } of messages) console.log(errors ? `error ${errors[0]}` : `message ${data.newChat.text}`);
