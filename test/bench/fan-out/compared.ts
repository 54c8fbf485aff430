/** Loads for all servers by the generator in C: real requests to sendChat, and bursts from inside the server. */
import { setTimeout as delay } from 'node:timers/promises';
import { Publisher, Subscribers, type Received } from '../servers/load';
import type { Reachable, Target } from '../servers/target';
import type { Figures } from './loads';
import { IDLE_SOCKETS, SECONDS } from './settings';
import { nowUs, stamped } from './stamp';

const DELIVERIES_PER_SECOND = 20_000;
const DELIVERIES_OF_BURST = 50_000;
const BURSTS = 2;
const WARM_UP_SECONDS = SECONDS / 5;
/** Work that a server does after it has answered belongs to the message. */
const SETTLE_MS = 200;
/** Time in which a server removes the subscribers that have gone. */
const CLOSING_MS = 1_000;
const IDLE_SETTLE_MS = 3_000;
const FEW_SOCKETS = 100;
const TEXT = 'what a lovely morning on the wall';

/** How messages are published. */
export interface Pattern {
  /** Number of messages for a whole measurement with this many sockets. */
  messages(sockets: number): number;
  /** Measurements with subscribers. */
  readonly times: number;
  publish(publisher: Publisher, messages: number, sockets: number): Promise<{ startUs: number; cpuSeconds: number }>;
}

/** Requests in an open loop. */
const atRate = (deliveriesPerSecond: number): Pattern => ({
  messages: (sockets) => Math.round((deliveriesPerSecond / sockets) * SECONDS),
  times: 1,
  publish: (publisher, messages, sockets) => {
    const perSecond = deliveriesPerSecond / sockets;
    return publisher.atRate(perSecond, messages / perSecond);
  },
});

/** Requests that are all due at once. */
export const byRequests: Pattern = {
  messages: (sockets) => (4 * DELIVERIES_OF_BURST) / sockets,
  times: BURSTS,
  publish: (publisher, messages) => publisher.atOnce(messages),
};

/** In one turn of the server. */
const fromInside = (target: Target): Pattern => ({
  messages: (sockets) => DELIVERIES_OF_BURST / sockets,
  times: BURSTS,
  publish: async (_publisher, messages) => {
    const startUs = nowUs();
    const texts = Array.from({ length: messages }, (_, i) => stamped(i, startUs, TEXT));
    await target.burst('main', texts);
    return { startUs, cpuSeconds: 0 };
  },
});

export const steadily = atRate(DELIVERIES_PER_SECOND);

/** By the beginning of the load's name; the number of sockets follows. */
export const PATTERNS = {
  steady: () => steadily,
  'steady-fourfold': () => atRate(4 * DELIVERIES_PER_SECOND),
  'burst-by-requests': () => byRequests,
  'burst-from-inside': fromInside,
} as const satisfies Record<string, (target: Target) => Pattern>;
export type PatternName = keyof typeof PATTERNS;

interface Measured {
  readonly messages: number;
  readonly serverCpuSeconds: number;
  readonly loadCpuSeconds: number;
  readonly startUs: number;
  readonly received?: Received;
}

/** @param subscribers without them it measures what publishing itself costs */
async function measure(
  pattern: Pick<Pattern, 'publish'>,
  messages: number,
  sockets: number,
  target: Reachable,
  publisher: Publisher,
  subscribers?: Subscribers,
): Promise<Measured> {
  await subscribers?.mark(messages);
  const before = target.usage().cpuSeconds;
  const { startUs, cpuSeconds } = await pattern.publish(publisher, messages, sockets);
  const received = await subscribers?.received();
  await delay(SETTLE_MS);
  return {
    messages,
    serverCpuSeconds: target.usage().cpuSeconds - before,
    loadCpuSeconds: cpuSeconds + (received?.cpuSeconds ?? 0),
    startUs,
    ...(received && { received }),
  };
}

function figuresOf(heard: readonly Measured[], alone: readonly Measured[]): Figures {
  const sum = (all: readonly Measured[], of: (one: Measured) => number) => all.reduce((total, one) => total + of(one), 0);
  const got = (of: (received: Received) => number) => sum(heard, ({ received }) => (received ? of(received) : 0));
  const worst = (of: (received: Received) => number) => Math.max(...heard.map(({ received }) => (received ? of(received) : 0)));
  const messages = sum(heard, (one) => one.messages);
  const deliveries = got(({ delivered }) => delivered);
  const cpuSeconds = sum(heard, (one) => one.serverCpuSeconds);
  const publishing = sum(alone, (one) => one.serverCpuSeconds) / sum(alone, (one) => one.messages);
  const seconds = sum(heard, ({ received, startUs }) => ((received?.lastAtUs ?? startUs) - startUs) / 1e6);
  return {
    netCpuPerDelivery: (1e6 * (cpuSeconds - publishing * messages)) / deliveries,
    cpuPerDelivery: (1e6 * cpuSeconds) / deliveries,
    cpuPerPublish: 1e6 * publishing,
    p50: worst(({ p50 }) => p50),
    p99: worst(({ p99 }) => p99),
    perSecond: deliveries / seconds,
    perRead: deliveries / got(({ reads }) => reads),
    loadCores: sum(heard, (one) => one.loadCpuSeconds) / seconds,
    faults: got(({ missing, repeated }) => missing + repeated),
  };
}

/**
 * Plays patterns with subscribers, each after a warm-up, and then without.
 * @returns the figures of each pattern, by its name
 */
export async function compare<Name extends string>(
  target: Reachable,
  sockets: number,
  patterns: ReadonlyMap<Name, Pattern>,
): Promise<ReadonlyMap<Name, Figures>> {
  const publisher = Publisher.open(target);
  let subscribers: Subscribers | undefined;
  const play = async ({ times, ...pattern }: Pattern, listening?: Subscribers): Promise<Measured[]> => {
    const runs: Measured[] = [];
    for (let i = 0; i < times; i++) {
      runs.push(await measure(pattern, pattern.messages(sockets), sockets, target, publisher, listening));
    }
    return runs;
  };
  try {
    await publisher.most(WARM_UP_SECONDS);
    subscribers = await Subscribers.open(target, sockets, publisher);
    const heard = new Map<Name, Measured[]>();
    for (const [name, pattern] of patterns) {
      await play({ ...pattern, times: 1 }, subscribers);
      heard.set(name, await play(pattern, subscribers));
    }
    subscribers.end();
    await delay(CLOSING_MS);
    // Now the code is as warm as it was with subscribers, so that nothing of a delivery is subtracted.
    const figures = new Map<Name, Figures>();
    for (const [name, pattern] of patterns) figures.set(name, figuresOf(heard.get(name) ?? [], await play(pattern)));
    return figures;
  } finally {
    subscribers?.end();
    publisher.end();
  }
}

/** Memory of an idle socket with one subscription. */
export async function idle(target: Target): Promise<Figures> {
  const publisher = Publisher.open(target);
  try {
    (await Subscribers.open(target, FEW_SOCKETS, publisher)).end();
    await delay(IDLE_SETTLE_MS);
    const before = target.usage();
    const subscribers = await Subscribers.open(target, IDLE_SOCKETS, publisher);
    await delay(IDLE_SETTLE_MS);
    const opened = target.usage();
    subscribers.end();
    return {
      bytesPerSocket: ((opened.rssAnonMb - before.rssAnonMb) * 2 ** 20) / IDLE_SOCKETS,
      opensPerSecond: IDLE_SOCKETS / subscribers.seconds,
      cpuPerOpen: (1e6 * (opened.cpuSeconds - before.cpuSeconds)) / IDLE_SOCKETS,
    };
  } finally {
    publisher.end();
  }
}
