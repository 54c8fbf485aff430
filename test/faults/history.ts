import { decodeCursor, type LogPosition } from '../../src/domain/position';

/** A message as its writer knows it. Its text is its name: no two are alike. */
export interface Send {
  readonly text: string;
  readonly room: string;
  /** Highest offset that anyone had been told when it was first tried: its own must be higher. */
  readonly floor: number;
  tries: number;
  /** What was answered instead of an acknowledgement, in the order of tries. */
  readonly errors: string[];
  ack: Seen | undefined;
}

export interface Seen {
  readonly id: string;
  readonly text: string;
  readonly place: LogPosition;
}

/** What a subscriber got on one unbroken way, over any number of connections: all after `from`, if all is well. */
export interface Segment {
  readonly subscriber: number;
  readonly room: string;
  readonly from: LogPosition;
  readonly received: Seen[];
  /** The server said CURSOR_EXPIRED: the subscriber loaded anew, and the next segment begins. */
  expired: boolean;
}

/** Everything that was tried, answered, refused and received. */
export class Account {
  readonly sends = new Map<string, Send>();
  readonly segments: Segment[] = [];
  /** When the acknowledgements came, `performance.now()`. */
  readonly ackTimes: number[] = [];
  private highest = 0;

  attempt(text: string, room: string): Send {
    const send: Send = this.sends.get(text) ?? { text, room, floor: this.highest, tries: 0, errors: [], ack: undefined };
    this.sends.set(text, send);
    send.tries++;
    return send;
  }

  /** @throws Error if the message has been acknowledged before with another id or place of the same epoch */
  acknowledge(send: Send, seen: Seen): void {
    const { ack } = send;
    if (ack && (ack.id !== seen.id || (ack.place.epoch === seen.place.epoch && ack.place.offset !== seen.place.offset))) {
      throw new Error(`${send.text} was acknowledged twice, as ${JSON.stringify(ack)} and ${JSON.stringify(seen)}`);
    }
    send.ack ??= seen;
    this.highest = Math.max(this.highest, seen.place.offset);
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
