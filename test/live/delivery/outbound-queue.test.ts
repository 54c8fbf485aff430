import { Batch } from '../../../src/live/delivery/batch';
import type { Transport } from '../../../src/live/delivery/transport';
import { MAX_WAITING_BYTES, OutboundQueue } from '../../../src/live/delivery/outbound-queue';

/** A socket whose backlog the test controls. */
class FakeTransport implements Transport {
  sent: string[] = [];
  waiting = 0;
  full = false;
  corks = 0;
  private callbacks: (() => void)[] = [];

  write(batch: Batch, first: number, id: string): void {
    this.sent.push(...batch.messages(id, first).map((message) => String(message.length)));
    if (this.full) this.waiting += batch.bytesFrom(first);
  }
  backlog(): number {
    return this.waiting;
  }
  onceWritten(callback: () => void): void {
    this.callbacks.push(callback);
  }
  cork(): void {
    this.corks++;
  }
  uncork(): void {
    this.corks--;
  }
  /** The system accepts all bytes. */
  drain(): void {
    this.waiting = 0;
    this.callbacks.splice(0).forEach((callback) => {
      callback();
    });
  }
}

const KIB = 1_024;
const batch = (...sizes: number[]): Batch => new Batch(sizes.map((size) => Buffer.alloc(size)));
let overflows = 0;
let transport: FakeTransport;
let queue: OutboundQueue;
beforeEach(() => {
  overflows = 0;
  transport = new FakeTransport();
  queue = new OutboundQueue(transport, () => overflows++);
});

it('holds batches while the socket has a backlog, and sends them in order afterwards', () => {
  transport.full = true;
  queue.send(batch(1), 0, 'a');
  queue.send(batch(2), 0, 'a');
  queue.send(batch(3, 4), 1, 'a');
  expect(transport.sent).toHaveLength(1);
  transport.full = false;
  transport.drain();
  expect(transport.sent).toEqual(['36', '37', '39']);
  expect(queue.idle).toBe(true);
});

it('overflows once when more than 1 MiB is waiting', () => {
  transport.full = true;
  queue.send(batch(10), 0, 'a');
  let held = 0;
  while (overflows === 0) {
    queue.send(batch(100 * KIB), 0, 'a');
    held++;
  }
  expect((held - 1) * 100 * KIB).toBeLessThanOrEqual(MAX_WAITING_BYTES);
  expect(held * 100 * KIB).toBeGreaterThan(MAX_WAITING_BYTES - 100 * KIB);
  queue.send(batch(1), 0, 'a');
  transport.full = false;
  transport.drain();
  expect([overflows, transport.sent.length]).toEqual([1, 1]);
});

it('counts only waiting bytes: a client with short backlogs never overflows', () => {
  for (let i = 0; i < 100; i++) {
    transport.full = true;
    for (let j = 0; j < 5; j++) queue.send(batch(50 * KIB), 0, 'a');
    transport.full = false;
    transport.drain();
    transport.drain();
    transport.drain();
    transport.drain();
    transport.drain();
  }
  expect([overflows, transport.sent.length]).toEqual([0, 500]);
});

it('calls back when the queue is empty', () => {
  let idle = 0;
  transport.full = true;
  queue.send(batch(1), 0, 'a');
  queue.send(batch(1), 0, 'a');
  queue.onceIdle(() => idle++);
  expect(idle).toBe(0);
  transport.drain();
  expect(idle).toBe(0);
  transport.full = false;
  transport.drain();
  expect(idle).toBe(1);
});

it('writes while it is corked, and holds batches again afterwards', () => {
  transport.full = true;
  expect(queue.cork()).toBe(true);
  expect(queue.cork()).toBe(false);
  queue.send(batch(1), 0, 'a');
  queue.send(batch(1), 0, 'a');
  expect(transport.sent).toHaveLength(2);
  queue.uncork();
  expect(transport.corks).toBe(0);
  queue.send(batch(1), 0, 'a');
  expect(transport.sent).toHaveLength(2);
  expect(queue.cork()).toBe(false);
});

it('applies the 1 MiB limit within a corked slice', () => {
  transport.full = true;
  queue.cork();
  for (let i = 0; i < 20; i++) queue.send(batch(200 * KIB), 0, 'a');
  expect(overflows).toBe(1);
  expect(transport.waiting).toBeLessThanOrEqual(MAX_WAITING_BYTES);
  queue.uncork();
  expect(transport.corks).toBe(0);
});

it('sends more than 1 MiB within a corked slice to a client that reads it', () => {
  queue.cork();
  for (let i = 0; i < 20; i++) queue.send(batch(200 * KIB), 0, 'a');
  queue.uncork();
  expect([overflows, transport.sent.length, transport.corks]).toEqual([0, 20, 0]);
});

it('sends nothing after it was closed', () => {
  transport.full = true;
  queue.send(batch(1), 0, 'a');
  queue.send(batch(1), 0, 'a');
  queue.close();
  transport.full = false;
  transport.drain();
  queue.send(batch(1), 0, 'a');
  expect(transport.sent).toHaveLength(1);
});
