import type { Batch } from './batch';
import type { Transport } from './transport';

/** Limit of bytes that may wait for one receiver: 1 MiB. A receiver that exceeds it is a slow consumer. */
export const MAX_WAITING_BYTES = 1 << 20;

/** Waiting batches that are written at a time, in bytes. */
const REFILL_BYTES = 64 * 1024;

interface Held {
  readonly batch: Batch;
  readonly first: number;
  readonly id: string;
  readonly bytes: number;
}

/**
 * Outbound queue of one connection. While the socket has a backlog, batches wait here instead of in its buffer. A waiting batch is
 * shared by all receivers, so many stalled clients cost little more memory than one, and the waiting bytes are known exactly.
 */
export class OutboundQueue {
  private held: Held[] = [];
  private heldBytes = 0;
  private awaiting = false;
  private corked = false;
  private closed = false;
  private drained: (() => void)[] = [];

  /** @param overflow called once, when a batch would exceed MAX_WAITING_BYTES; nothing is sent after it */
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
      // A corked socket accepts everything, so its backlog would say nothing about the client. Beyond this size it is written.
      if (this.corked && this.transport.backlog() > REFILL_BYTES) this.uncork();
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

  /** Calls back when nothing waits any more, not in the same turn, and never after `close`. */
  onceIdle(callback: () => void): void {
    this.drained.push(callback);
    this.refillWhenWritten();
  }

  /** Batches from here to `uncork` are written in one piece. @returns false if it is corked already or has a backlog */
  cork(): boolean {
    if (this.corked || !this.idle) return false;
    this.corked = true;
    this.transport.cork();
    return true;
  }

  uncork(): void {
    if (!this.corked) return;
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
