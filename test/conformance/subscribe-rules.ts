import { until } from '../support/until';
import { afterAck, afterSending, refusal, subscribe, type Rule } from './rule';

/** The message subscribe. */
export const SUBSCRIBE_RULES: readonly Rule[] = [
  { when: '`subscribe` before `connection_ack`', then: 'closes 4401 “Unauthorized”', see: afterSending(subscribe('a')) },
  {
    when: '`subscribe` with an id in use',
    then: 'closes 4409 “Subscriber for a already exists”',
    see: afterAck(subscribe('a'), subscribe('a')),
  },
  {
    when: '`subscribe` with the id of an ended subscription',
    then: 'next',
    see: async (rig) => {
      const client = await rig.connect();
      await client.subscribe('a');
      client.send({ id: 'a', type: 'complete' });
      await until(() => rig.hub.groupCount === 0);
      await client.subscribe('a');
      rig.log.put('main', 'again');
      await until(() => client.of('next').length > 0);
      return client.messages.at(-1)?.type ?? '';
    },
  },
  {
    when: '`subscribe` with an id of more than 128 characters',
    then: 'closes 4400 “The id is too long”',
    see: afterAck(subscribe('x'.repeat(129))),
  },
  {
    when: '`subscribe` without an id',
    then: 'closes 4400 “Invalid message received”',
    see: afterAck({ type: 'subscribe', payload: { query: '{ a }' } }),
  },
  { when: '`subscribe` with an empty id', then: 'closes 4400 “Invalid message received”', see: afterAck(subscribe('')) },
  {
    when: '`subscribe` without a payload',
    then: 'closes 4400 “Invalid message received”',
    see: afterAck({ id: 'a', type: 'subscribe' }),
  },
  {
    when: '`subscribe` with a query that is not a string',
    then: 'closes 4400 “Invalid message received”',
    see: afterAck({ id: 'a', type: 'subscribe', payload: { query: 1 } }),
  },
  {
    when: '`subscribe` with variables that are not an object',
    then: 'closes 4400 “Invalid message received”',
    see: afterAck(subscribe('a', undefined, { variables: 'x' })),
  },
  {
    when: '`subscribe` with an empty operationName, variables or extensions',
    then: 'next',
    see: async (rig) => {
      const client = await rig.connect();
      client.send(subscribe('a', undefined, { operationName: '', variables: '', extensions: '' }));
      await until(() => rig.hub.groupCount === 1 || client.closed || client.of('error').length > 0);
      rig.log.put('main', 'hello');
      await until(() => client.of('next').length > 0 || client.closed || client.of('error').length > 0);
      return client.messages.at(-1)?.type ?? '';
    },
  },
  {
    when: '`subscribe` whose root selection is a fragment',
    then: 'next',
    see: async (rig) => {
      const client = await rig.connect();
      await client.subscribe(
        'a',
        'subscription { ...F } fragment F on Subscription { ... on Subscription { newChat { text } } }',
      );
      rig.log.put('main', 'hello');
      await until(() => client.of('next').length > 0 || client.of('error').length > 0);
      return client.messages.at(-1)?.type ?? '';
    },
  },
  {
    when: '`subscribe` with a directive on its root selection',
    then: 'error GRAPHQL_VALIDATION_FAILED; the socket stays open',
    see: refusal(
      subscribe(
        'a',
        'subscription { ...F } fragment F on Subscription { ... on Subscription @skip(if: true) { newChat { text } } }',
      ),
    ),
  },
  {
    when: '`subscribe` with the id of a persisted document where none are enabled',
    then: 'error PERSISTED_QUERY_NOT_SUPPORTED; the socket stays open',
    see: refusal({ id: 'a', type: 'subscribe', payload: { documentId: 'sha256:abc' } }),
  },
  {
    when: '`subscribe` with a syntax error in the query',
    then: 'error GRAPHQL_PARSE_FAILED; the socket stays open',
    see: refusal(subscribe('a', 'subscription {')),
  },
  {
    when: '`subscribe` with an unknown field',
    then: 'error GRAPHQL_VALIDATION_FAILED; the socket stays open',
    see: refusal(subscribe('a', 'subscription { newChat { colour } }')),
  },
  {
    when: '`subscribe` with a query or mutation',
    then: 'error GRAPHQL_VALIDATION_FAILED; the socket stays open',
    see: refusal(subscribe('a', '{ rooms { id } }')),
  },
  {
    when: '`subscribe` with a variable of the wrong type, or without a required one',
    then: 'error BAD_USER_INPUT; the socket stays open',
    see: refusal(subscribe('a', 'subscription ($room: ID!) { newChat(room: $room) { text } }')),
  },
  {
    when: '`subscribe` to a room that does not exist',
    then: 'error NOT_FOUND; the socket stays open',
    see: refusal(subscribe('a', 'subscription { newChat(room: "nowhere") { text } }')),
  },
  {
    when: 'a 33rd subscription on one socket',
    then: 'error UNAVAILABLE; the socket stays open',
    see: refusal(...Array.from({ length: 33 }, (_, i) => subscribe(`s${i}`))),
  },
];
