import { decodeCursor, type LogPosition } from '../../src/domain/position';

/** A message as its writer knows it. Texts are unique and identify messages. */
export interface Send {
  readonly text: string;
  readonly room: string;
  /** Highest acknowledged offset of its partition when the message was first sent. Its own offset must be higher. */
  readonly floor: number;
  tries: number;
  /** Errors of failed attempts, oldest first. */
  readonly errors: string[];
  ack: Seen | undefined;
}

export interface Seen {
  readonly id: string;
  readonly text: string;
  readonly place: LogPosition;
}

/** Answer to one attempt to send. */
export interface Answer {
  readonly room: string;
  /** When it came, by `performance.now()`. */
  readonly at: number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** OK, the code of a refusal, or NONE if the connection failed. */
  readonly code: string;
}

/** What a subscriber received from one cursor on, over any number of connections. It must contain every message after `from`. */
export interface Segment {
  readonly subscriber: number;
  readonly room: string;
  readonly from: LogPosition;
  readonly received: Seen[];
  /** The server answered CURSOR_EXPIRED. The subscriber loaded again and began the next segment. */
  expired: boolean;
}

/** Every send, answer, refusal and delivery of a run. */
export class Account {
  readonly sends = new Map<string, Send>();
  readonly segments: Segment[] = [];
  /** Times of the acknowledgements, by `performance.now()`. */
  readonly ackTimes: number[] = [];
  readonly answers: Answer[] = [];
  /** Highest acknowledged offset of each partition. */
  private readonly highest = new Map<number, number>();

  /** @param partitionOf the partition of a room: its rooms have one order */
  constructor(private readonly partitionOf: (room: string) => number = () => 0) {}

  attempt(text: string, room: string): Send {
    const send: Send = this.sends.get(text) ?? {
      text,
      room,
      floor: this.highest.get(this.partitionOf(room)) ?? 0,
      tries: 0,
      errors: [],
      ack: undefined,
    };
    this.sends.set(text, send);
    send.tries++;
    return send;
  }

  /** @throws Error if the message was acknowledged before with another id or position of the same epoch */
  acknowledge(send: Send, seen: Seen): void {
    const { ack } = send;
    if (ack && (ack.id !== seen.id || (ack.place.epoch === seen.place.epoch && ack.place.offset !== seen.place.offset))) {
      throw new Error(`${send.text} was acknowledged twice, as ${JSON.stringify(ack)} and ${JSON.stringify(seen)}`);
    }
    send.ack ??= seen;
    const partition = this.partitionOf(send.room);
    this.highest.set(partition, Math.max(this.highest.get(partition) ?? 0, seen.place.offset));
    this.ackTimes.push(performance.now());
  }

  begin(subscriber: number, room: string, from: LogPosition): Segment {
    const segment: Segment = { subscriber, room, from, received: [], expired: false };
    this.segments.push(segment);
    return segment;
  }
}

export const seen = ({ id, text, cursor }: { id: string; text: string; cursor: string }, room: string): Seen => {
  const { epoch, offset } = decodeCursor(cursor, 'cursor', room);
  return { id, text, place: { epoch, offset } };
};
