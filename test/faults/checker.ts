import type { Account, Seen, Segment } from './history';

/** What an installation holds at the end, each room's messages in the order of `chats`, oldest first. */
export type Final = ReadonlyMap<string, readonly Seen[]>;

/** All are zero in a correct run, unless the fault is allowed to lose messages. */
export interface Verdict {
  readonly acknowledged: number;
  readonly indeterminate: number;
  readonly received: number;
  /** Acknowledged and not stored. */
  readonly lost: number;
  /** Stored or received twice. */
  readonly duplicated: number;
  /** Stored and never sent, or stored at another position than acknowledged. */
  readonly unexpected: number;
  /** Received and not stored, or stored at another position. */
  readonly phantom: number;
  /** Not in the one order, or before a message that had been acknowledged when it was first tried. */
  readonly reordered: number;
  /** Stored and not delivered to a subscriber. */
  readonly gaps: number;
  readonly expired: number;
  /** Lost or moved by a loss of the log that is allowed to lose them. */
  readonly excused: number;
  /** The first few findings, as sentences. */
  readonly examples: readonly string[];
}

/** What a loss of a partition's data may lose: entries of one epoch above the highest stored offset. */
export interface Loss {
  /** The epoch that ended. Messages acknowledged in later epochs must not be lost. */
  readonly epoch: string;
  /** Highest offset of the partition in the store when its data were lost. */
  readonly stored: number;
}

const EXAMPLES = 10;

/** Compares acknowledgements and deliveries with what is stored. */
export function check(
  { sends, segments }: Pick<Account, 'sends' | 'segments'>,
  final: Final,
  losses: readonly Loss[] = [],
): Verdict {
  const count = { lost: 0, duplicated: 0, unexpected: 0, phantom: 0, reordered: 0, gaps: 0, excused: 0 };
  const examples: string[] = [];
  const note = (kind: keyof typeof count, text: string): void => {
    count[kind]++;
    if (examples.length < EXAMPLES) examples.push(`${kind}: ${text}`);
  };
  const isExcused = ({ place }: Seen): boolean =>
    losses.some(({ epoch, stored }) => place.epoch === epoch && place.offset > stored);

  const byId = new Map<string, Seen>();
  const offsets = new Map<number, string>();
  const texts = new Set<string>();
  for (const [room, messages] of final) {
    let before: Seen | undefined;
    for (const message of messages) {
      if (texts.has(message.text) || byId.has(message.id)) note('duplicated', `${message.text} is stored twice`);
      texts.add(message.text);
      byId.set(message.id, message);
      if (offsets.has(message.place.offset)) note('duplicated', `offset ${message.place.offset} is stored twice`);
      offsets.set(message.place.offset, message.id);
      if (before && before.place.offset >= message.place.offset) note('reordered', `${message.text} in the history of ${room}`);
      before = message;
      if (sends.get(message.text)?.room !== room) note('unexpected', `${message.text} in ${room}`);
    }
  }

  let [acknowledged, indeterminate] = [0, 0];
  for (const { text, ack, floor } of sends.values()) {
    if (!ack) {
      indeterminate++;
      continue;
    }
    acknowledged++;
    const there = byId.get(ack.id);
    // Even if the message is lost, no other message may have its position.
    const owner = offsets.get(ack.place.offset);
    if (owner !== undefined && owner !== ack.id) note('unexpected', `offset ${ack.place.offset} of ${text} was given out again`);
    if (there && isAt(there, ack)) {
      if (there.text !== text) note('unexpected', `${there.text} under the id of ${text}`);
      if (there.place.offset <= floor) note('reordered', `${text} at ${there.place.offset}, tried when ${floor} was known`);
    } else if (isExcused(ack)) note('excused', `${text} ${there ? 'moved' : 'lost'}`);
    else if (there) note('unexpected', `${text} at ${there.place.offset}, not ${ack.place.offset}`);
    else note('lost', `${text} at ${ack.place.offset}`);
  }

  const last = lastOf(segments);
  let received = 0;
  for (const segment of segments) {
    received += segment.received.length;
    follow(segment, final.get(segment.room) ?? [], last.has(segment), byId, isExcused, note);
  }
  const expired = segments.filter((segment) => segment.expired).length;
  return { acknowledged, indeterminate, received, ...count, expired, examples };
}

const isAt = (a: Seen, b: Seen): boolean => a.place.offset === b.place.offset && a.place.epoch === b.place.epoch;

/** The last segment of each subscriber, which must reach the end. */
const lastOf = (segments: readonly Segment[]): ReadonlySet<Segment> =>
  new Set(new Map(segments.map((segment) => [segment.subscriber, segment])).values());

function follow(
  { subscriber, room, from, received }: Segment,
  history: readonly Seen[],
  toTheEnd: boolean,
  byId: ReadonlyMap<string, Seen>,
  isExcused: (seen: Seen) => boolean,
  note: (kind: 'phantom' | 'duplicated' | 'reordered' | 'gaps' | 'excused', text: string) => void,
): void {
  const who = (text: string) => `${text} at subscriber ${subscriber} of ${room}`;
  const got = new Set<string>();
  let highest = from.offset;
  for (const message of received) {
    const there = byId.get(message.id);
    if (!there || !isAt(there, message)) {
      // It was delivered, so it counts as acknowledged even if its writer got no answer.
      if (!isExcused(message)) note('phantom', who(message.text));
      continue;
    }
    if (got.has(message.id)) note('duplicated', who(message.text));
    else if (message.place.offset <= highest) note('reordered', who(message.text));
    got.add(message.id);
    highest = Math.max(highest, message.place.offset);
  }
  const end = toTheEnd ? Infinity : highest;
  for (const message of history) {
    const { offset, epoch } = message.place;
    if (offset <= from.offset || offset > end || got.has(message.id)) continue;
    // A segment that expired ends with its epoch.
    if (!toTheEnd && epoch !== from.epoch) continue;
    note('gaps', who(`${message.text} (${offset})`));
  }
}
