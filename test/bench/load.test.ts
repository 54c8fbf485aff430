import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { notInstalled, has } from '../support/services';
import { buildLoadGenerator } from './servers/build';
import { OUR_PROTOCOL } from './servers/catalogue';
import { Publisher, Subscribers } from './servers/load';
import type { Reachable } from './servers/target';

const SOCKETS = 4;
const MESSAGES = 50;

/** A server that delivers what it gets, changed for each socket: `copies` tells how often a socket gets a message. */
async function chatServer(copies: (socket: number, number: number) => number) {
  const sockets: WebSocket[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { text } = (JSON.parse(body) as { variables: { input: { text: string } } }).variables.input;
      const message = JSON.stringify({ id: '1', type: 'next', payload: { data: { newChat: { text } } } });
      sockets.forEach((socket, i) => {
        for (let copy = 0; copy < copies(i, Number(text.slice(1, 9))); copy++) socket.send(message);
      });
      response.setHeader('content-length', 2).end('{}');
    });
  });
  const live = new WebSocketServer({ server });
  live.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { type: string };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      else if (type === 'ping') socket.send('{"type":"pong"}');
      else if (type === 'subscribe') sockets.push(socket);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const target: Reachable = {
    protocol: OUR_PROTOCOL,
    port,
    wsPort: port,
    tokens: [],
    usage: () => ({ cpuSeconds: 0, rssAnonMb: 0 }),
  };
  const stop = async (): Promise<void> => {
    sockets.forEach((socket) => socket.terminate());
    live.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { target, stop };
}

async function receive(copies: (socket: number, number: number) => number, patienceSeconds: number) {
  const { target, stop } = await chatServer(copies);
  const publisher = Publisher.open(target);
  try {
    const subscribers = await Subscribers.open(target, SOCKETS, publisher);
    await subscribers.mark(MESSAGES);
    const sent = await publisher.atRate(MESSAGES, 1);
    const received = await subscribers.received(patienceSeconds);
    subscribers.end();
    return { sent, received };
  } finally {
    publisher.end();
    await stop();
  }
}

const compilers = has('gcc', '--version');
if (!compilers) notInstalled(['gcc']);

(compilers ? describe : describe.skip)('the load generator', () => {
  beforeAll(buildLoadGenerator);

  test('counts every message of every socket', async () => {
    const { sent, received } = await receive(() => 1, 20);
    expect(sent).toMatchObject({ sent: MESSAGES, answered: MESSAGES, failed: 0 });
    expect(received).toMatchObject({ delivered: SOCKETS * MESSAGES, missing: 0, repeated: 0 });
    expect(received.p50).toBeGreaterThan(0);
  });

  test('counts what one socket missed and another received twice', async () => {
    const copies = (socket: number, number: number) => (socket === 1 && number === 7 ? 0 : socket === 2 && number === 9 ? 2 : 1);
    const { received } = await receive(copies, 1);
    expect(received).toMatchObject({ delivered: SOCKETS * MESSAGES - 1, missing: 1, repeated: 1 });
  });
});
