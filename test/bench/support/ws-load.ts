/** Subscribers in a process of their own: stock graphql-ws protocol over plain sockets, with the time of each arrival. */
import WebSocket from 'ws';

export interface WsLoadOrder {
  readonly url: string;
  readonly sockets: number;
  readonly room: string;
}

export type WsLoadMessage =
  | { readonly type: 'subscribed' }
  | {
      readonly type: 'result';
      readonly deliveries: number;
      readonly arrivals: [id: string, at: number][];
      readonly cpuSeconds: number;
    };

const SUBSCRIBE = 'subscription ($room: ID!) { newChat(room: $room) { id author text sentAt cursor } }';

async function run(order: WsLoadOrder): Promise<void> {
  let deliveries = 0;
  /** Wall-clock milliseconds at which each socket received each message. */
  const arrivals: [string, number][] = [];
  const sockets: WebSocket[] = [];
  for (let i = 0; i < order.sockets; i++) {
    const socket = new WebSocket(order.url, 'graphql-transport-ws', { perMessageDeflate: false });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('{"type":"connection_ack"')) {
          const payload = { query: SUBSCRIBE, variables: { room: order.room } };
          // The pong after the subscribe shows that it was accepted.
          socket.send(JSON.stringify({ id: 's', type: 'subscribe', payload }));
          socket.send('{"type":"ping"}');
        } else if (text.startsWith('{"type":"pong"')) resolve();
        else if (text.includes('"next"')) {
          deliveries++;
          const id = /"newChat":\{"id":"([^"]+)"/.exec(text)?.[1];
          if (id) arrivals.push([id, performance.timeOrigin + performance.now()]);
        }
      });
    });
  }
  process.send?.({ type: 'subscribed' } satisfies WsLoadMessage);
  process.once('message', () => {
    const { user, system } = process.cpuUsage();
    sockets.forEach((socket) => {
      socket.terminate();
    });
    const result: WsLoadMessage = { type: 'result', deliveries, arrivals, cpuSeconds: (user + system) / 1e6 };
    process.send?.(result, () => process.disconnect());
  });
}

process.once('message', (order: WsLoadOrder) => void run(order));
