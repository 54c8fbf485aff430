import type { Answer } from './history';

/** A fault of one of several Redis servers. Times are of `performance.now()`. */
export interface Outage {
  readonly server: number;
  readonly from: number;
  /** When the fault ended. */
  until: number;
}

/** What is measured, in milliseconds. "Elsewhere" are the rooms whose server had no fault. */
export interface Pauses {
  /** Longest time without an acknowledgement in a room elsewhere. */
  readonly sendsMs: number;
  /** Slowest answer to a send into a room elsewhere. */
  readonly slowestMs: number;
  /** When that answer came, from the beginning of the outage. */
  readonly slowestAtMs: number;
  /** Longest time without a delivery to a subscriber of a room elsewhere. */
  readonly deliveriesMs: number;
  /** Slowest refusal of a send into a room of the server that had the fault. */
  readonly refusalMs: number;
  /** Longest time from the end of a fault to the first acknowledgement in each of its rooms. */
  readonly recoveredMs: number;
  /** Longest time in which the event loop of the suite itself stood still: part of all other figures. */
  readonly ownMs: number;
}

export interface Measured {
  readonly outages: readonly Outage[];
  /** When the load ended. */
  readonly end: number;
  readonly answers: readonly Answer[];
  /** The room of each subscriber, and when it received messages. */
  readonly subscribers: readonly { readonly room: string; readonly deliveredAt: readonly number[] }[];
  readonly serverOf: (room: string) => number;
  readonly ownMs: number;
}

/** Every outage is measured until the next one begins, so the recovery belongs to it. */
export function pausesOf({ outages, end, answers, subscribers, serverOf, ownMs }: Measured): Pauses {
  const pauses = { sendsMs: 0, slowestMs: 0, slowestAtMs: 0, deliveriesMs: 0, refusalMs: 0, recoveredMs: 0, ownMs };
  const note = (kind: keyof Pauses, ms: number): void => {
    pauses[kind] = Math.max(pauses[kind], ms);
  };
  const rooms = new Set(answers.map(({ room }) => room));
  outages.forEach(({ server, from, until }, i) => {
    const over = outages[i + 1]?.from ?? end;
    for (const room of rooms) {
      const all = answers.filter((answer) => answer.room === room);
      const acks = all.filter(({ code }) => code === 'OK').map(({ at }) => at);
      if (serverOf(room) === server) {
        note('recoveredMs', (acks.find((at) => at >= until) ?? Infinity) - until);
        for (const { at, ms, code } of all) if (code !== 'OK' && at >= from && at <= until) note('refusalMs', ms);
      } else {
        note('sendsMs', longestPause(acks, from, over));
        for (const { at, ms } of all) {
          if (at < from || at > over || ms <= pauses.slowestMs) continue;
          pauses.slowestMs = ms;
          pauses.slowestAtMs = at - from;
        }
      }
    }
    for (const { room, deliveredAt } of subscribers)
      if (serverOf(room) !== server) note('deliveriesMs', longestPause(deliveredAt, from, over));
  });
  return pauses;
}

export function described({ sendsMs, slowestMs, slowestAtMs, deliveriesMs, refusalMs, ownMs }: Pauses): string {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
  return [
    `elsewhere, acknowledgements paused ${seconds(sendsMs)}, deliveries ${seconds(deliveriesMs)}, the slowest send took ${seconds(slowestMs)}, ${seconds(slowestAtMs)} after the beginning of the fault`,
    `in the rooms of the fault the slowest refusal took ${seconds(refusalMs)}`,
    `the suite itself stood still for ${seconds(ownMs)}`,
  ].join('; ');
}

/** Longest time between two of the times, of which at least a part is in the period. @param times ascending */
export function longestPause(times: readonly number[], from: number, until: number): number {
  let longest = 0;
  let before = from;
  for (const at of times) {
    if (at > from) longest = Math.max(longest, Math.min(at, until) - before);
    if (at >= until) return longest;
    before = at;
  }
  return Math.max(longest, until - before);
}
