import type { LiveRig, RawClient } from '../support/live-rig';
import { until } from '../support/until';

/** One rule of graphql-transport-ws, WebSocket or HTTP, and how this server behaves. */
export interface Rule {
  readonly when: string;
  readonly then: string;
  /** Does what `when` says. @returns what the server did, in the words of `then` */
  readonly see: (rig: LiveRig) => Promise<string>;
}

export const closing = async (client: RawClient): Promise<string> => {
  const { code, reason } = await until(() => client.closed);
  return `closes ${code} “${reason}”`;
};
/** Sends only these messages. */
export const afterSending =
  (...messages: readonly (string | object)[]) =>
  async (rig: LiveRig): Promise<string> => {
    const client = await rig.dial();
    for (const message of messages) client.send(message);
    return closing(client);
  };
/** Sends the messages after connection_ack. */
export const afterAck =
  (...messages: readonly (string | object)[]) =>
  async (rig: LiveRig): Promise<string> => {
    const client = await rig.connect();
    for (const message of messages) client.send(message);
    return closing(client);
  };
export const INIT = { type: 'connection_init' };
export const subscribe = (id: string, query = 'subscription { newChat { text } }', more: object = {}): object => ({
  id,
  type: 'subscribe',
  payload: { query, ...more },
});

/** The types of the received messages in order, with the codes of errors. */
export async function answers(
  rig: LiveRig,
  enough: (client: RawClient) => boolean,
  ...messages: readonly object[]
): Promise<string> {
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
export const refusal =
  (...messages: readonly object[]) =>
  (rig: LiveRig): Promise<string> =>
    answers(rig, (client) => client.of('error').length > 0, ...messages).then((said) => `${said}; the socket stays open`);
