import { Batch } from '../../../src/live/delivery/batch';
import type { Transport } from '../../../src/live/delivery/transport';
import { MAX_WAITING_BYTES, OutboundQueue } from '../../../src/live/delivery/outbound-queue';

/** A socket that takes what the test lets it take. */
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
  /** The system takes all. */
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
let wire: OutboundQueue;
beforeEach(() => {
  overflows = 0;
  transport = new FakeTransport();
  wire = new OutboundQueue(transport, () => overflows++);
});

it('holds back what comes while the socket is full, and sends it in order once it is not', () => {
  transport.full = true;
  wire.send(batch(1), 0, 'a');
  wire.send(batch(2), 0, 'a');
  wire.send(batch(3, 4), 1, 'a');
  expect(transport.sent).toHaveLength(1);
  transport.full = false;
  transport.drain();
  expect(transport.sent).toEqual(['36', '37', '39']);
  expect(wire.idle).toBe(true);
});

it('lets no more than 1 MiB wait, and says so once', () => {
  transport.full = true;
  wire.send(batch(10), 0, 'a');
  let held = 0;
  while (overflows === 0) {
    wire.send(batch(100 * KIB), 0, 'a');
    held++;
  }
  expect((held - 1) * 100 * KIB).toBeLessThanOrEqual(MAX_WAITING_BYTES);
  expect(held * 100 * KIB).toBeGreaterThan(MAX_WAITING_BYTES - 100 * KIB);
  wire.send(batch(1), 0, 'a');
  transport.full = false;
  transport.drain();
  expect([overflows, transport.sent.length]).toEqual([1, 1]);
});

it('forgets what has gone: a reader that is slow now and then is never too slow', () => {
  for (let i = 0; i < 100; i++) {
    transport.full = true;
    for (let j = 0; j < 5; j++) wire.send(batch(50 * KIB), 0, 'a');
    transport.full = false;
    transport.drain();
    transport.drain();
    transport.drain();
    transport.drain();
    transport.drain();
  }
  expect([overflows, transport.sent.length]).toEqual([0, 500]);
});

it('calls back when nothing waits any more', () => {
  let idle = 0;
  transport.full = true;
  wire.send(batch(1), 0, 'a');
  wire.send(batch(1), 0, 'a');
  wire.onceIdle(() => idle++);
  expect(idle).toBe(0);
  transport.drain();
  expect(idle).toBe(0);
  transport.full = false;
  transport.drain();
  expect(idle).toBe(1);
});

it('while corked it writes on, and holds back again afterwards', () => {
  transport.full = true;
  expect(wire.cork()).toBe(true);
  expect(wire.cork()).toBe(false);
  wire.send(batch(1), 0, 'a');
  wire.send(batch(1), 0, 'a');
  expect(transport.sent).toHaveLength(2);
  wire.uncork();
  expect(transport.corks).toBe(0);
  wire.send(batch(1), 0, 'a');
  expect(transport.sent).toHaveLength(2);
  expect(wire.cork()).toBe(false);
});

it('applies the 1 MiB limit within a corked slice', () => {
  transport.full = true;
  wire.cork();
  for (let i = 0; i < 20; i++) wire.send(batch(200 * KIB), 0, 'a');
  expect(overflows).toBe(1);
  expect(transport.waiting).toBeLessThanOrEqual(MAX_WAITING_BYTES);
  wire.uncork();
  expect(transport.corks).toBe(0);
});

it('sends more than 1 MiB within a corked slice to a client that reads it', () => {
  wire.cork();
  for (let i = 0; i < 20; i++) wire.send(batch(200 * KIB), 0, 'a');
  wire.uncork();
  expect([overflows, transport.sent.length, transport.corks]).toEqual([0, 20, 0]);
});

it('sends nothing after it was closed', () => {
  transport.full = true;
  wire.send(batch(1), 0, 'a');
  wire.send(batch(1), 0, 'a');
  wire.close();
  transport.full = false;
  transport.drain();
  wire.send(batch(1), 0, 'a');
  expect(transport.sent).toHaveLength(1);
});
