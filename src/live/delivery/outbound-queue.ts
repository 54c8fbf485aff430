import type { Batch } from './batch';
import type { Transport } from './transport';

/** A receiver for which more than this waits is too slow: 1 MiB. */
export const MAX_WAITING_BYTES = 1 << 20;

/** As much is taken out of the waiting line at a time, in bytes. */
const REFILL_BYTES = 64 * 1024;

interface Held {
  readonly batch: Batch;
  readonly first: number;
  readonly id: string;
  readonly bytes: number;
}

/**
 * One socket's way out. While the socket is backed up, batches wait here and not in its buffer: a waiting batch is shared by all
 * who wait for it, so that many stalled readers cost little more than one, and the count is exact.
 */
export class OutboundQueue {
  private held: Held[] = [];
  private heldBytes = 0;
  private awaiting = false;
  private corked = false;
  private closed = false;
  private drained: (() => void)[] = [];

  /** @param overflow called once, when a batch finds more than MAX_WAITING_BYTES waiting; nothing is sent from then on */
  constructor(
    private readonly transport: Transport,
    private readonly overflow: () => void,
  ) {}

  get idle(): boolean {
    return this.held.length === 0 && (this.corked || this.transport.backlog() === 0);
  }

  send(batch: Batch, first: number, id: string): void {
    if (this.closed) return;
    if (this.idle) {
      this.transport.write(batch, first, id);
      if (!this.corked && this.transport.backlog() > 0) this.refillWhenWritten();
      return;
    }
    const bytes = batch.bytesFrom(first) + (batch.length - first) * (id.length + 40);
    if (this.heldBytes + this.transport.backlog() + bytes > MAX_WAITING_BYTES) {
      this.close();
      this.overflow();
      return;
    }
    this.held.push({ batch, first, id, bytes });
    this.heldBytes += bytes;
    this.refillWhenWritten();
  }

  /** Calls back when nothing waits any more, at the earliest in a later turn; never after close. */
  onceIdle(callback: () => void): void {
    this.drained.push(callback);
    this.refillWhenWritten();
  }

  /** From here to `uncork` everything that can leave leaves in one piece. @returns false if it is corked already */
  cork(): boolean {
    if (this.corked || !this.idle) return false;
    this.corked = true;
    this.transport.cork();
    return true;
  }

  uncork(): void {
    this.corked = false;
    this.transport.uncork();
    if (this.transport.backlog() > 0) this.refillWhenWritten();
  }

  close(): void {
    this.closed = true;
    this.held = [];
    this.heldBytes = 0;
    this.drained = [];
  }

  private refillWhenWritten(): void {
    if (this.awaiting) return;
    this.awaiting = true;
    this.transport.onceWritten(() => {
      this.awaiting = false;
      if (!this.closed) this.refill();
    });
  }

  private refill(): void {
    let bytes = 0;
    let taken = 0;
    this.transport.cork();
    for (const { batch, first, id, bytes: size } of this.held) {
      if (bytes >= REFILL_BYTES) break;
      this.transport.write(batch, first, id);
      bytes += size;
      taken++;
    }
    this.transport.uncork();
    this.held.splice(0, taken);
    this.heldBytes -= bytes;
    if (this.held.length > 0 || this.transport.backlog() > 0) {
      this.refillWhenWritten();
      return;
    }
    const drained = this.drained;
    this.drained = [];
    for (const callback of drained) callback();
  }
}
