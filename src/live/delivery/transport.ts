import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Batch } from './batch';

const NOTHING = Buffer.alloc(0);

/** How frames get into a socket. Everything here is about bytes; what may be sent is decided by OutboundQueue. */
export interface Transport {
  /** @param first index of the first payload to send */
  write(batch: Batch, first: number, id: string): void;
  /** Bytes that were written and that the operating system has not taken yet. */
  backlog(): number;
  /** Calls back once, when what has been written up to now is gone. Not if the socket dies before. */
  onceWritten(callback: () => void): void;
  /** What is written between the two leaves in one piece. */
  cork(): void;
  uncork(): void;
}

/**
 * Writes ready frames past `ws`, into the TCP socket that the upgrade handed out. `ws` writes its own frames (pong, close) whole
 * and at once as long as no extension is on, so the two never mix within a frame.
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
    // Zero means that the kernel has copied it all, and the buffer can carry the next receiver's id.
    if (this.socket.writableLength > 0) batch.give(frames);
  }

  backlog(): number {
    return this.socket.writableLength;
  }

  onceWritten(callback: () => void): void {
    if (this.ws.readyState !== this.ws.OPEN) return;
    // An empty chunk is done when all before it are; the drain event would not come for less than the high-water mark.
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

/** The same bytes by the public interface of `ws`: one message, one send. */
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
    // Not to be had in public.
  }

  uncork(): void {
    // See cork.
  }
}

/** @param socket the one that the upgrade request came with */
export function transportFor(ws: WebSocket, socket: Duplex): Transport {
  const usable = ws.extensions === '' && typeof socket.cork === 'function' && typeof socket.writableLength === 'number';
  return usable ? new RawTransport(ws, socket) : new PublicTransport(ws);
}
