/** Subscribers in a process of their own. It answers each command of the parent with one message. */
import { openLoop } from '../support/open-loop';
import { nowUs } from './stamp';
import { Subscriber, type Tally } from './subscriber';

export type Order =
  | {
      readonly type: 'open';
      readonly url: string;
      readonly sockets: number;
      /** Socket i subscribes to rooms[i mod n], with selections[i mod n]. */
      readonly rooms: readonly string[];
      readonly selections: readonly string[];
      /** One socket in this many parses its messages. */
      readonly sampleEvery: number;
    }
  /** Starts a measurement. */
  | { readonly type: 'mark' }
  /** Waits for this many deliveries since the last mark, with a time limit. */
  | { readonly type: 'until'; readonly deliveries: number; readonly timeoutMs: number }
  /** Cuts all connections. */
  | { readonly type: 'cut' }
  /** Reconnects all closed sockets at once, each from its last cursor. */
  | { readonly type: 'back' }
  /** One socket in this many stops reading and is no longer measured. */
  | { readonly type: 'stall'; readonly every: number }
  | { readonly type: 'read-again' }
  /** Opens sockets at a fixed rate; each subscribes and disconnects. */
  | { readonly type: 'churn'; readonly url: string; readonly perSecond: number; readonly seconds: number }
  | { readonly type: 'close' };

export interface Answer extends Tally {
  readonly faults: number;
  readonly closed: number;
  readonly cpuSeconds: number;
  readonly error?: string;
}

/** Concurrent connection attempts during the setup, not during reconnects. */
const OPENING = 64;

let sockets: Subscriber[] = [];
let stalled: Subscriber[] = [];
let tally: Tally = { delivered: 0, latencies: [], lastAt: 0, closes: {} };

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function open(order: Extract<Order, { type: 'open' }>): Promise<void> {
  const { url, rooms, selections, sampleEvery } = order;
  sockets = Array.from({ length: order.sockets }, (_, i) => {
    const wanted = {
      url,
      room: rooms[i % rooms.length] as string,
      selection: selections[i % selections.length] as string,
    };
    return new Subscriber(wanted, i % sampleEvery === 0, tally);
  });
  const waiting = sockets.values();
  const openSome = async (): Promise<void> => {
    for (const socket of waiting) await socket.connect();
  };
  await Promise.all(Array.from({ length: OPENING }, openSome));
}

async function until(deliveries: number, timeoutMs: number): Promise<void> {
  const deadline = nowUs() + timeoutMs * 1000;
  while (tally.delivered < deliveries && nowUs() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Retries a refused or lost connection, as every client does. */
async function backAgain(socket: Subscriber): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await socket.connect();
      return;
    } catch (error) {
      if (attempt === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 + 200 * Math.random()));
    }
  }
}

/** Every other socket sends a close frame. */
async function churn({ url, perSecond, seconds }: Extract<Order, { type: 'churn' }>): Promise<void> {
  const wanted = { url, room: 'main', selection: 'id text' } as const;
  const visits: Promise<void>[] = [];
  await openLoop(perSecond, seconds, (i) => {
    const socket = new Subscriber(wanted, false, tally);
    visits.push(socket.connect().then(() => (i % 2 === 0 ? socket.cut() : socket.leave())));
  });
  await Promise.all(visits);
}

async function obey(order: Order): Promise<void> {
  switch (order.type) {
    case 'open': {
      await open(order);
      return;
    }
    case 'mark':
      Object.assign(tally, { delivered: 0, latencies: [], lastAt: 0, closes: {} });
      return;
    case 'until': {
      await until(order.deliveries, order.timeoutMs);
      return;
    }
    case 'cut':
      sockets.forEach((socket) => socket.cut());
      return;
    case 'back':
      await Promise.all(sockets.filter((socket) => socket.closed).map(backAgain));
      return;
    case 'stall':
      stalled = sockets.filter((_, i) => i % order.every === 0);
      stalled.forEach((socket) => socket.stopReading());
      return;
    case 'read-again':
      stalled.forEach((socket) => socket.readAgain());
      return;
    case 'churn': {
      await churn(order);
      return;
    }
    case 'close':
      sockets.forEach((socket) => socket.cut());
      sockets = [];
      stalled = [];
      tally = { delivered: 0, latencies: [], lastAt: 0, closes: {} };
  }
}

process.on('message', (order: Order) => {
  void obey(order)
    .then(() => undefined, String)
    .then((error) => {
      const answer: Answer = {
        ...tally,
        latencies: order.type === 'until' ? tally.latencies : [],
        faults: sockets.reduce((sum, socket) => sum + socket.faults, 0),
        closed: sockets.filter((socket) => socket.closed).length,
        cpuSeconds: cpuSeconds(),
        ...(error !== undefined && { error }),
      };
      process.send?.(answer);
    });
});

// The parent process has ended.
process.on('disconnect', () => process.exit());
