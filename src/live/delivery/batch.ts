const AFTER_ID = Buffer.from('","type":"next","payload":', 'latin1');
const BEFORE_ID = Buffer.from('{"id":"', 'latin1');
const END = Buffer.from('}', 'latin1');
const AROUND = BEFORE_ID.length + AFTER_ID.length + END.length;

/** The bytes around each payload in a streamed response. */
export interface Framing {
  readonly before: Buffer;
  readonly after: Buffer;
}

/** First byte of a final text frame. A server's frames are unmasked, with a header of 2, 4 or 10 bytes (RFC 6455, 5.2). */
const FIN_TEXT = 0x81;

/** Frames of a batch for ids of one length. Only the bytes at `idAt` differ between receivers. */
export interface Frames {
  readonly bytes: Buffer;
  /** Offset of each frame, followed by the total length. */
  readonly starts: readonly number[];
  /** Offset of the id in each frame. */
  readonly idAt: readonly number[];
  /** The id that is inserted now. Most clients number their subscriptions, so the next receiver often has the same. */
  id: string | undefined;
}

/** Consecutive payloads of a group. They are serialised once and sent to each member under its own subscription id. */
export class Batch {
  private readonly frames = new Map<number, Frames>();
  private readonly payloadBytes: readonly number[];
  private framed: { readonly framing: Framing; readonly bytes: Buffer } | undefined;

  /** @param payloads each the JSON of one execution result */
  constructor(private readonly payloads: readonly Buffer[]) {
    let sum = 0;
    this.payloadBytes = payloads.map((payload) => (sum += payload.length));
  }

  get length(): number {
    return this.payloads.length;
  }

  /** Size of the payloads from the given one on, in bytes, without framing. */
  bytesFrom(first: number): number {
    return (this.payloadBytes[this.length - 1] ?? 0) - (first > 0 ? (this.payloadBytes[first - 1] ?? 0) : 0);
  }

  /** The framed payloads from the given one on. They contain no id, so all receivers with one framing share the buffer. */
  framedFrom(first: number, framing: Framing): Buffer {
    const { before, after } = framing;
    if (this.framed?.framing !== framing) {
      this.framed = { framing, bytes: Buffer.concat(this.payloads.flatMap((payload) => [before, payload, after])) };
    }
    return this.framed.bytes.subarray((this.payloadBytes[first - 1] ?? 0) + first * (before.length + after.length));
  }

  /** The complete messages from the given one on, for a transport that adds its own framing. */
  messages(id: string, first: number): Buffer[] {
    const idBytes = Buffer.from(id);
    return this.payloads.slice(first).map((payload) => Buffer.concat([BEFORE_ID, idBytes, AFTER_ID, payload, END]));
  }

  /**
   * All frames with the id inserted. The buffer is reused for every id of that length: write it before the next call, or `handOver` it.
   * @param id JSON-escaped, without quotes
   */
  framesFor(id: string): Frames {
    const idLength = Buffer.byteLength(id);
    let frames = this.frames.get(idLength);
    if (!frames) this.frames.set(idLength, (frames = this.build(idLength)));
    if (frames.id === id) return frames;
    frames.id = id;
    const { bytes, idAt } = frames;
    const first = idAt[0] ?? 0;
    bytes.write(id, first);
    for (let i = 1; i < idAt.length; i++) bytes.copyWithin(idAt[i] as number, first, first + idLength);
    return frames;
  }

  /** Leaves the buffer to the caller, who has not finished writing it. Later calls of `framesFor` build a new one. */
  handOver(frames: Frames): void {
    for (const [idLength, ours] of this.frames) if (ours === frames) this.frames.delete(idLength);
  }

  private build(idLength: number): Frames {
    const starts: number[] = [];
    const idAt: number[] = [];
    let at = 0;
    for (const payload of this.payloads) {
      const length = AROUND + idLength + payload.length;
      const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
      starts.push(at);
      idAt.push(at + header + BEFORE_ID.length);
      at += header + length;
    }
    starts.push(at);
    const bytes = Buffer.allocUnsafeSlow(at);
    this.payloads.forEach((payload, i) => {
      const start = starts[i] as number;
      const length = AROUND + idLength + payload.length;
      bytes[start] = FIN_TEXT;
      if (length < 126) bytes[start + 1] = length;
      else if (length < 65_536) {
        bytes[start + 1] = 126;
        bytes.writeUInt16BE(length, start + 2);
      } else {
        bytes[start + 1] = 127;
        bytes.writeUInt32BE(0, start + 2);
        bytes.writeUInt32BE(length, start + 6);
      }
      const id = idAt[i] as number;
      BEFORE_ID.copy(bytes, id - BEFORE_ID.length);
      AFTER_ID.copy(bytes, id + idLength);
      payload.copy(bytes, id + idLength + AFTER_ID.length);
      END.copy(bytes, id + idLength + AFTER_ID.length + payload.length);
    });
    return { bytes, starts, idAt, id: undefined };
  }
}
