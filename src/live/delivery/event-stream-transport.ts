import type { Duplex } from 'node:stream';
import type { Batch, Framing } from './batch';
import type { Transport } from './transport';

const NOTHING = Buffer.alloc(0);
const LINE_END = Buffer.from('\r\n', 'latin1');

/**
 * Writes the parts of a streamed response as HTTP/1.1 chunks into the TCP socket of a response whose head has been sent. It does not use
 * `response.write`, which buffers until the end of the turn and so hides whether the reader is slow.
 */
export class EventStreamTransport implements Transport {
  /** @param chunked false for HTTP/1.0, which some proxies use: the stream then ends with the connection */
  constructor(
    private readonly socket: Duplex,
    private readonly chunked: boolean,
    private readonly framing: Framing,
  ) {}

  write(batch: Batch, first: number): void {
    this.chunk(batch.framedFrom(first, this.framing));
  }

  /** @param bytes a complete part, not empty: an empty chunk would end the response */
  chunk(bytes: Buffer): void {
    if (!this.socket.writable) return;
    if (!this.chunked) {
      this.socket.write(bytes);
      return;
    }
    this.socket.cork();
    this.socket.write(`${bytes.length.toString(16)}\r\n`, 'latin1');
    this.socket.write(bytes);
    this.socket.write(LINE_END);
    this.socket.uncork();
  }

  backlog(): number {
    return this.socket.writableLength;
  }

  onceWritten(callback: () => void): void {
    if (!this.socket.writable) return;
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
