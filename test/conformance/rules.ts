import type { LiveRig, RawClient } from '../support/live-rig';
import { until } from '../support/until';

/** One rule of graphql-transport-ws, WebSocket or HTTP, and how this server behaves. */
export interface Rule {
  readonly when: string;
  readonly then: string;
  /** Does what `when` says. @returns what the server did, in the words of `then` */
  readonly see: (rig: LiveRig) => Promise<string>;
}

const closing = async (client: RawClient): Promise<string> => {
  const { code, reason } = await until(() => client.closed);
  return `closes ${code} “${reason}”`;
};
/** Sends only these messages. */
const afterSending =
  (...messages: readonly (string | object)[]) =>
  async (rig: LiveRig): Promise<string> => {
    const client = await rig.dial();
    for (const message of messages) client.send(message);
    return closing(client);
  };
/** Sends the messages after connection_ack. */
const afterAck =
  (...messages: readonly (string | object)[]) =>
  async (rig: LiveRig): Promise<string> => {
    const client = await rig.connect();
    for (const message of messages) client.send(message);
    return closing(client);
  };
const INIT = { type: 'connection_init' };
const subscribe = (id: string, query = 'subscription { newChat { text } }', more: object = {}): object => ({
  id,
  type: 'subscribe',
  payload: { query, ...more },
});

/** The types of the received messages in order, with the codes of errors. */
async function answers(rig: LiveRig, enough: (client: RawClient) => boolean, ...messages: readonly object[]): Promise<string> {
  const client = await rig.connect();
  for (const message of messages) client.send(message);
  await until(() => enough(client));
  const said = client.messages.slice(1).map(({ type, payload }) => {
    const codes =
      type === 'error' ? (payload as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code) : [];
    return `${type}${codes.length ? ` ${codes.join()}` : ''}`;
  });
  if (client.closed) said.push(await closing(client));
  return said.join(', ');
}
const refusal =
  (...messages: readonly object[]) =>
  (rig: LiveRig): Promise<string> =>
    answers(rig, (client) => client.of('error').length > 0, ...messages).then((said) => `${said}; the socket stays open`);

/** Whose socket it is. The test's server has one user, who may have one socket. */
async function userOf(client: RawClient, rig: LiveRig): Promise<string> {
  if (client.of('connection_ack').length !== 1) return closing(client);
  // The end of the session closes the sockets of its user only. The others answer the ping.
  rig.revoked.call('session');
  client.send({ type: 'ping' });
  await until(() => client.closed ?? client.of('pong')[0]);
  const user = client.closed ? 'its user' : 'nobody';
  client.ws.close();
  return `connection_ack for ${user}`;
}

export const RULES: readonly Rule[] = [
  {
    when: '`connection_init` without a payload or with `{}`',
    then: 'connection_ack',
    see: async (rig) => {
      const [bare, empty] = [await rig.connect(), await rig.connect({})];
      return [bare, empty].every((client) => client.texts.join() === '{"type":"connection_ack"}')
        ? 'connection_ack'
        : 'another answer';
    },
  },
  { when: 'no `connection_init` within 3 s', then: 'closes 4408 “Connection initialisation timeout”', see: afterSending() },
  { when: 'a second `connection_init`', then: 'closes 4429 “Too many initialisation requests”', see: afterSending(INIT, INIT) },
  {
    when: '`connection_init` with an invalid or expired token, or one of an ended session',
    then: 'closes 4403 “Forbidden”',
    see: afterSending({ ...INIT, payload: { authorization: 'Bearer bad' } }),
  },
  {
    when: '`connection_init` with an authorization that is not a string',
    then: 'closes 4403 “Forbidden”',
    see: afterSending({ ...INIT, payload: { authorization: 1 } }),
  },
  ...Object.entries({
    '`authorization`, `Authorization`': [{ authorization: 'Bearer good' }, { Authorization: 'Bearer good' }],
    '`headers.authorization`, `headers.Authorization`': [
      { headers: { authorization: 'Bearer good' } },
      { headers: { Authorization: 'Bearer good' } },
    ],
    '`authToken`, with or without `Bearer`': [{ authToken: 'good' }, { authToken: 'Bearer good' }],
  }).map(([names, payloads]) => ({
    when: `\`connection_init\` with a good token as ${names}`,
    then: 'connection_ack for its user',
    see: async (rig: LiveRig) => {
      const seen: string[] = [];
      for (const payload of payloads) {
        const client = await rig.connect(payload);
        seen.push(await userOf(client, rig));
      }
      return [...new Set(seen)].join();
    },
  })),
  {
    when: 'an upgrade with a good token in its `Authorization` header',
    then: 'connection_ack for its user',
    see: async (rig) => userOf(await rig.connect(undefined, { headers: { authorization: 'Bearer good' } }), rig),
  },
  {
    when: 'an upgrade with a token in its query string',
    then: 'connection_ack for nobody',
    see: async (rig) => {
      const url = rig.url;
      rig.url = `${url}?authorization=Bearer%20good&token=good&authToken=good`;
      return userOf(await rig.connect().finally(() => (rig.url = url)), rig);
    },
  },
  {
    when: '`connection_init` with an invalid token in any of these places',
    then: 'closes 4403 “Forbidden”',
    see: async (rig) => {
      const bad = 'Bearer bad';
      const seen: string[] = [];
      for (const payload of [{ Authorization: bad }, { headers: { Authorization: bad } }, { authToken: bad }, { authToken: 1 }]) {
        seen.push(await closing(await rig.connect(payload)));
      }
      seen.push(await closing(await rig.connect(undefined, { headers: { authorization: bad } })));
      return [...new Set(seen)].join();
    },
  },
  {
    when: '`connection_init` with two tokens that differ',
    then: 'closes 4403 “Forbidden”',
    see: async (rig) => {
      const seen = [
        await closing(await rig.connect({ authorization: 'Bearer good', Authorization: 'Bearer other' })),
        await closing(await rig.connect({ authorization: 'Bearer good', headers: { authorization: 'Bearer other' } })),
        await closing(await rig.connect({ authorization: 'Bearer good' }, { headers: { authorization: 'Bearer other' } })),
      ];
      return [...new Set(seen)].join();
    },
  },
  {
    when: 'the token of an open socket expires, or its session ends',
    then: 'closes 4403 “Forbidden”',
    see: async (rig) => {
      const client = await rig.connect({ authorization: 'Bearer good' });
      rig.revoked.call('session');
      return closing(client);
    },
  },
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

/** The table of docs/protocol.md. */
export const tableOfRules = (): string =>
  ['| event | what the server does |', '| --- | --- |', ...RULES.map(({ when, then }) => `| ${when} | ${then} |`)].join('\n');
