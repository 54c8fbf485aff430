/** Sockets that subscribe to newChat of rooms and count what arrives, in a process of their own. */
import WebSocket from 'ws';

export interface RoomReadersOrder {
  readonly url: string;
  /** The rooms of each socket. */
  readonly rooms: readonly (readonly string[])[];
}

export type RoomReadersMessage = { readonly type: 'subscribed' } | { readonly type: 'result'; readonly deliveries: number };

const SUBSCRIBE = 'subscription ($room: ID!) { newChat(room: $room) { id author text sentAt cursor } }';
let deliveries = 0;

/** Resolves when the server has accepted all subscriptions. */
function open(url: string, rooms: readonly string[]): Promise<WebSocket> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      socket.send('{"type":"connection_init"}');
    });
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('{"type":"connection_ack"')) {
        rooms.forEach((room, i) => {
          const payload = { query: SUBSCRIBE, variables: { room } };
          socket.send(JSON.stringify({ id: `s${i}`, type: 'subscribe', payload }));
        });
        socket.send('{"type":"ping"}');
      } else if (text.startsWith('{"type":"pong"')) resolve(socket);
      else if (text.includes('"type":"error"')) reject(new Error(text.slice(0, 200)));
      else if (text.includes('"next"')) deliveries++;
    });
  });
}

async function run({ url, rooms }: RoomReadersOrder): Promise<void> {
  const sockets: WebSocket[] = [];
  for (const wanted of rooms) sockets.push(await open(url, wanted));
  process.send?.({ type: 'subscribed' } satisfies RoomReadersMessage);
  process.once('message', () => {
    for (const socket of sockets) socket.terminate();
    process.send?.({ type: 'result', deliveries } satisfies RoomReadersMessage, () => process.disconnect());
  });
}

process.once('message', (order: RoomReadersOrder) => void run(order));
