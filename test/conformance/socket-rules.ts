import { until } from '../support/until';
import { afterAck, closing, type Rule } from './rule';

/** Sizes, subprotocols, and what closes a socket. */
export const SOCKET_RULES: readonly Rule[] = [
  {
    when: 'a message larger than 16 KiB',
    then: 'closes 1009 “”',
    see: afterAck({ type: 'ping', payload: { a: 'x'.repeat(16 * 1024) } }),
  },
  {
    when: 'a message in more than 64 fragments',
    then: 'closes 1008 “”',
    see: async (rig) => {
      const client = await rig.connect();
      for (let i = 0; i < 64; i++) client.ws.send('x', { fin: false });
      client.ws.send('x', { fin: true });
      return closing(client);
    },
  },
  {
    when: 'another subprotocol, such as the former `graphql-ws`, or none',
    then: 'closes 4406 “Use the subprotocol graphql-transport-ws, for example by the npm package graphql-ws”',
    see: async (rig) => {
      const reasons = [await closing(await rig.dial({}, ['graphql-ws'])), await closing(await rig.dial({}, []))];
      return [...new Set(reasons)].join();
    },
  },
  {
    when: 'several subprotocols that include graphql-transport-ws',
    then: 'graphql-transport-ws is used',
    see: async (rig) => {
      const { ws } = await rig.dial({}, ['graphql-ws', 'graphql-transport-ws']);
      return ws.protocol === 'graphql-transport-ws' ? 'graphql-transport-ws is used' : ws.protocol;
    },
  },
  {
    when: 'more sockets of one account than it may have',
    then: 'closes 1013 “Too many connections for this account”',
    see: async (rig) => {
      const good = { authorization: 'Bearer good' };
      const first = await rig.connect(good);
      const reason = await closing(await rig.connect(good));
      first.ws.close();
      return reason;
    },
  },
  {
    when: 'a slow consumer, for which more than 1 MiB is waiting',
    then: 'closes 1013 “Too slow, resume from your cursor”',
    see: async (rig) => {
      const client = await rig.connect();
      await client.subscribe('a');
      const quick = await rig.connect();
      await quick.subscribe('a');
      client.ws.pause();
      // 15 MB: more than what the system buffers for a socket, and 1 MiB.
      for (let i = 0; i < 250; i++) {
        rig.log.put('main', 'x'.repeat(60_000));
        await until(() => quick.of('next').length > i);
      }
      client.ws.resume();
      return closing(client);
    },
  },
  {
    when: 'more than 10,000 events of one room at once',
    then: 'closes 1013 “Overloaded, resume from your cursor”',
    see: async (rig) => {
      const client = await rig.connect();
      await client.subscribe('a');
      rig.log.put('main', ...Array.from({ length: 10_001 }, () => 'x'));
      return closing(client);
    },
  },
  {
    when: 'the server stops',
    then: 'closes 1001 “Going away”',
    see: async (rig) => {
      const client = await rig.connect();
      void rig.server.stop();
      return closing(client);
    },
  },
];
