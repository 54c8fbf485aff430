/** Publishes at a fixed rate, in a process of its own. It answers each command of the parent with one result. */
import { Agent, request } from 'node:http';
import { openLoop } from '../support/open-loop';
import { nowUs, stamped } from './stamp';

export interface PublishOrder {
  /** Where the server publishes from inside. */
  readonly url: string;
  /** Message i goes to rooms[i mod n]. */
  readonly rooms: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
  /** Number of the first message of each room. */
  readonly firstSeq: number;
  readonly text: string;
}

export interface Published {
  readonly sent: number;
  readonly errors: readonly string[];
  readonly cpuSeconds: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

async function publish(order: PublishOrder): Promise<Published> {
  const { hostname, port, pathname } = new URL(order.url);
  const { rooms } = order;
  const before = process.cpuUsage();
  const clockUs = nowUs() - performance.now() * 1000;
  const errors: string[] = [];
  const calls: Promise<void>[] = [];
  await openLoop(order.perSecond, order.seconds, (i, due) => {
    const seq = order.firstSeq + Math.floor(i / rooms.length);
    const body = JSON.stringify({ room: rooms[i % rooms.length], texts: [stamped(seq, clockUs + due * 1000, order.text)] });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = new Promise<void>((resolve) => {
      const sent = request({ agent, hostname, port, path: pathname, method: 'POST', headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (answer += chunk));
        response.on('end', () => {
          if (response.statusCode !== 200) errors.push(answer.slice(0, 200));
          resolve();
        });
      });
      sent.on('error', (error) => {
        errors.push(error.message);
        resolve();
      });
      sent.end(body);
    });
    calls.push(call);
  });
  await Promise.all(calls);
  const { user, system } = process.cpuUsage(before);
  return { sent: calls.length, errors, cpuSeconds: (user + system) / 1e6 };
}

process.on('message', (order: PublishOrder) => {
  void publish(order).then((result) => process.send?.(result));
});

// The parent process has ended.
process.on('disconnect', () => process.exit());
