import type { LiveRig, RawClient } from '../support/live-rig';
import { until } from '../support/until';
import { afterSending, closing, INIT, type Rule } from './rule';

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

/** connection_init and tokens. */
export const LOGIN_RULES: readonly Rule[] = [
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
];
