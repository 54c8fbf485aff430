import { until } from '../support/until';
import { afterAck, answers, type Rule } from './rule';

/** All other messages. */
export const MESSAGE_RULES: readonly Rule[] = [
  {
    when: '`complete` for a subscription',
    then: 'no more events for it',
    see: async (rig) => {
      const client = await rig.connect();
      await client.subscribe('a');
      client.send({ id: 'a', type: 'complete' });
      client.send({ type: 'ping' });
      await until(() => client.of('pong').length === 2 && rig.hub.groupCount === 0);
      rig.log.put('main', 'not delivered');
      client.send({ type: 'ping' });
      await until(() => client.of('pong').length === 3);
      return client.of('next').length === 0 ? 'no more events for it' : 'next';
    },
  },
  {
    when: '`complete` with an id that is not in use',
    then: 'nothing; the socket stays open',
    see: async (rig) => {
      const said = await answers(
        rig,
        (client) => client.of('pong').length > 0,
        { id: 'nobody', type: 'complete' },
        { type: 'ping' },
      );
      return said === 'pong' ? 'nothing; the socket stays open' : said;
    },
  },
  {
    when: '`ping`, also before `connection_init`',
    then: 'pong with the same payload',
    see: async (rig) => {
      const client = await rig.dial();
      client.send({ type: 'ping', payload: { a: 1 } });
      await until(() => client.messages.length > 0);
      return client.texts.join() === '{"type":"pong","payload":{"a":1}}' ? 'pong with the same payload' : client.texts.join();
    },
  },
  {
    when: '`pong` without a ping',
    then: 'nothing; the socket stays open',
    see: async (rig) => {
      const said = await answers(rig, (client) => client.of('pong').length > 0, { type: 'pong' }, { type: 'ping' });
      return said === 'pong' ? 'nothing; the socket stays open' : said;
    },
  },
  ...['connection_ack', 'next', 'error'].map((type) => ({
    when: `\`${type}\` from a client`,
    then: 'closes 4400 “Only the server sends messages of this type”',
    see: afterAck({ id: 'a', type, payload: type === 'error' ? [] : {} }),
  })),
  { when: 'a message of an unknown type', then: 'closes 4400 “Invalid message received”', see: afterAck({ type: 'start' }) },
  { when: 'a message that is not JSON', then: 'closes 4400 “Invalid message received”', see: afterAck('oops') },
  { when: 'JSON that is not an object', then: 'closes 4400 “Invalid message received”', see: afterAck('[1]') },
  {
    when: 'an event',
    then: '`next` with the id of its `subscribe`',
    see: async (rig) => {
      const client = await rig.connect();
      await client.subscribe('my id');
      rig.log.put('main', 'hello');
      await until(() => client.of('next').length > 0);
      return client.of('next', 'my id').length === 1 ? '`next` with the id of its `subscribe`' : client.texts.join();
    },
  },
  {
    when: 'a new epoch of the log, which makes the cursors of open `newChat` subscriptions invalid',
    then: 'error CURSOR_EXPIRED; the socket stays open',
    see: async (rig) => {
      const client = await rig.connect();
      await client.subscribe('a');
      rig.log.recreate('e2');
      await until(() => client.of('error').length > 0);
      return `error ${client.problems()[0]?.code ?? ''}; the socket ${client.closed ? 'closes' : 'stays open'}`;
    },
  },
];
