import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { dueAt, findStamp, nowUs, seqAt } from './stamp';

export interface Wanted {
  readonly url: string;
  readonly room: string;
  /** Fields of newChat. */
  readonly selection: string;
}

/** Totals of all sockets of a process since the last `mark`; `delivered` since the process began. */
export interface Tally {
  delivered: number;
  /** Milliseconds from due to arrival, of sampled sockets. */
  latencies: number[];
  /** Arrival of the last delivery, in microseconds. */
  lastAt: number;
  /** Counts by close code; 0 for an end without one. */
  closes: Record<number, number>;
}

/** Shared by all sockets: each read is consumed before the next one. */
const READ_BUFFER = Buffer.allocUnsafeSlow(256 * 1024);
const NOTHING = Buffer.alloc(0);
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
/** 1001 */
const GOING_AWAY = Buffer.from([3, 233]);
/** Shorter frames are protocol messages; every delivery is longer. */
const SHORTEST_DELIVERY = 64;
const CURSOR = Buffer.from('"cursor":"');

/** A client's frame. The mask is zero, which is a mask too and costs nothing. */
function frameOf(opcode: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(payload.length < 126 ? 6 : 8);
  header[0] = 0x80 | opcode;
  if (payload.length < 126) header[1] = 0x80 | payload.length;
  else {
    header[1] = 0x80 | 126;
    header.writeUInt16BE(payload.length, 2);
  }
  return Buffer.concat([header, payload]);
}

/**
 * One subscriber, as cheap as possible, so that the bench measures servers: a plain TCP socket that counts its frames and,
 * if it is sampled, reads the stamp in each. It speaks graphql-transport-ws.
 */
export class Subscriber {
  /** Numbers of messages seen: there are no gaps and no duplicates if exactly `count` numbers lie between `first` and `last`. */
  private first = Infinity;
  private last = -1;
  private count = 0;
  private cursor: string | undefined;
  private socket = new Socket();
  private carry: Buffer = NOTHING;
  private open = false;
  private ready: (() => void) | undefined;
  private quiet = false;

  constructor(
    private readonly wanted: Wanted,
    /** Whether each stamp and the last cursor are read. */
    private readonly sampled: boolean,
    private readonly tally: Tally,
  ) {}

  /** Messages that were missed or duplicated. */
  get faults(): number {
    return this.count === 0 ? 0 : Math.abs(this.last - this.first + 1 - this.count);
  }

  get closed(): boolean {
    return this.socket.destroyed;
  }

  /** Connects and subscribes, after the last cursor if there is one. @returns when the server has accepted the subscription */
  connect(): Promise<void> {
    const { hostname, port, pathname } = new URL(this.wanted.url);
    this.carry = NOTHING;
    this.open = false;
    this.quiet = false;
    return new Promise((resolve, reject) => {
      this.ready = resolve;
      this.socket = new Socket({
        onread: {
          buffer: READ_BUFFER,
          callback: (bytes: number) => {
            this.take(READ_BUFFER.subarray(0, bytes));
            return true;
          },
        },
      } as ConstructorParameters<typeof Socket>[0]);
      this.socket.setNoDelay(true);
      this.socket.on('error', reject);
      this.socket.on('close', () => {
        if (!this.quiet) this.tally.closes[0] = (this.tally.closes[0] ?? 0) + 1;
        reject(new Error('the server closed the socket'));
      });
      this.socket.connect(Number(port), hostname);
      this.socket.write(
        `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
          'Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
      );
    });
  }

  /** Ends without a close frame, like a client that lost its network. */
  cut(): void {
    this.quiet = true;
    this.socket.resetAndDestroy();
  }

  /** Ends with a close frame. */
  leave(): void {
    this.quiet = true;
    this.socket.write(frameOf(CLOSE, GOING_AWAY));
  }

  stopReading(): void {
    this.socket.pause();
  }

  readAgain(): void {
    this.socket.resume();
  }

  private take(chunk: Buffer): void {
    let bytes = this.carry.length > 0 ? Buffer.concat([this.carry, chunk]) : chunk;
    if (!this.open) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) {
        this.carry = Buffer.from(bytes);
        return;
      }
      if (!bytes.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) {
        this.socket.destroy(new Error(bytes.toString('latin1', 0, end)));
        return;
      }
      this.open = true;
      bytes = bytes.subarray(end + 4);
      this.say('{"type":"connection_init"}');
    }
    const now = nowUs();
    let at = 0;
    while (bytes.length - at >= 2) {
      const opcode = (bytes[at] as number) & 15;
      const short = (bytes[at + 1] as number) & 127;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length - at < header) break;
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
      const next = at + header + length;
      if (next > bytes.length) break;
      if (opcode === TEXT && length >= SHORTEST_DELIVERY && !this.ready) this.deliver(bytes, at + header, next, now);
      else this.control(opcode, bytes.subarray(at + header, next));
      at = next;
    }
    this.carry = at < bytes.length ? Buffer.from(bytes.subarray(at)) : NOTHING;
  }

  private deliver(bytes: Buffer, from: number, to: number, now: number): void {
    this.tally.delivered++;
    this.tally.lastAt = now;
    if (!this.sampled) return;
    const stamp = findStamp(bytes, from);
    const seq = seqAt(bytes, stamp);
    this.count++;
    if (seq < this.first) this.first = seq;
    if (seq > this.last) this.last = seq;
    this.tally.latencies.push((now - dueAt(bytes, stamp)) / 1000);
    const cursor = bytes.indexOf(CURSOR, stamp) + CURSOR.length;
    if (cursor >= CURSOR.length && cursor < to) this.cursor = bytes.toString('latin1', cursor, bytes.indexOf(34, cursor));
  }

  private control(opcode: number, payload: Buffer): void {
    if (opcode === PING) this.socket.write(frameOf(PONG, payload));
    else if (opcode === CLOSE) {
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      this.tally.closes[code] = (this.tally.closes[code] ?? 0) + 1;
      this.quiet = true;
      this.socket.destroy();
    } else if (opcode === TEXT) this.answer(payload.toString());
  }

  private answer(text: string): void {
    if (text.includes('"connection_ack"')) {
      const { room, selection } = this.wanted;
      const query = this.cursor
        ? `subscription ($room: ID!, $after: ChatCursor) { newChat(room: $room, after: $after) { ${selection} } }`
        : `subscription ($room: ID!) { newChat(room: $room) { ${selection} } }`;
      const variables = { room, ...(this.cursor && { after: this.cursor }) };
      this.say(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: { query, variables } }));
      // The pong after the subscribe shows that it was accepted.
      this.say('{"type":"ping"}');
      // Replayed messages may arrive before the pong.
      if (this.cursor) this.isReady();
    } else if (text.includes('"type":"pong"')) this.isReady();
    else if (text.includes('"type":"error"')) this.socket.destroy(new Error(text));
    else if (text.includes('"type":"ping"')) this.say('{"type":"pong"}');
  }

  private isReady(): void {
    this.ready?.();
    this.ready = undefined;
  }

  private say(text: string): void {
    this.socket.write(frameOf(TEXT, Buffer.from(text)));
  }
}
