import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Batch } from './batch';

const NOTHING = Buffer.alloc(0);

/** Writes frames into a socket. OutboundQueue decides what may be written and when. */
export interface Transport {
  /** @param first index of the first payload to send */
  write(batch: Batch, first: number, id: string): void;
  /** Bytes that were written and that the operating system has not accepted yet. */
  backlog(): number;
  /** Calls back once, when the operating system has accepted everything written so far. Never if the socket closes before. */
  onceWritten(callback: () => void): void;
  /** Writes between `cork` and `uncork` are sent in one piece. */
  cork(): void;
  uncork(): void;
}

/**
 * Writes finished frames directly into the TCP socket of the upgrade, without `ws`. As long as no extension is on, `ws` writes each
 * of its own frames (pong, close) in one piece, so frames of the two never interleave.
 */
export class RawTransport implements Transport {
  constructor(
    private readonly ws: WebSocket,
    private readonly socket: Duplex,
  ) {}

  write(batch: Batch, first: number, id: string): void {
    if (this.ws.readyState !== this.ws.OPEN) return;
    const frames = batch.framesFor(id);
    this.socket.write(first === 0 ? frames.bytes : frames.bytes.subarray(frames.starts[first]));
    // At zero the kernel has copied the buffer, so it can be reused for the next receiver's id.
    if (this.socket.writableLength > 0) batch.handOver(frames);
  }

  backlog(): number {
    return this.socket.writableLength;
  }

  onceWritten(callback: () => void): void {
    if (this.ws.readyState !== this.ws.OPEN) return;
    // The callback of an empty chunk comes after all earlier ones. The drain event does not come below the high-water mark.
    this.socket.write(NOTHING, () => {
      callback();
    });
  }

  cork(): void {
    this.socket.cork();
  }

  uncork(): void {
    this.socket.uncork();
  }
}

/** Writes the same bytes by the public interface of `ws`, with one send per message. */
export class PublicTransport implements Transport {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly ws: WebSocket) {}

  write(batch: Batch, first: number, id: string): void {
    for (const message of batch.messages(id, first)) {
      this.last = new Promise((resolve) => {
        this.ws.send(message, { binary: false }, () => {
          resolve();
        });
      });
    }
  }

  backlog(): number {
    return this.ws.bufferedAmount;
  }

  onceWritten(callback: () => void): void {
    void this.last.then(callback);
  }

  cork(): void {
    // `ws` has no public way to cork.
  }

  uncork(): void {
    // As in cork.
  }
}

/** @param socket the TCP socket of the upgrade request */
export function transportFor(ws: WebSocket, socket: Duplex): Transport {
  const usable = ws.extensions === '' && typeof socket.cork === 'function' && typeof socket.writableLength === 'number';
  return usable ? new RawTransport(ws, socket) : new PublicTransport(ws);
}
