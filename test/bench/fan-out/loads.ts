import type { Generator } from './generator';
import { FULL, Session, type Delivered, type Layout } from './session';
import { nowUs } from './stamp';
import { NAMES, OURS, startTarget, type Name, type OurServer, type Target } from './target';

const SECONDS = Number(process.env['SECONDS'] ?? 5);
const WARM_UP_SECONDS = Math.min(2, SECONDS);
const BURSTS = 4;
const MAX_P99_MS = 50;
/** Twice the rate until it is too much, then so many halvings of the interval: a step of 19 %. */
const RAMP_HALVINGS = 2;
const RAMP_SECONDS = Math.min(2, SECONDS);
const IDLE_SOCKETS = Number(process.env['IDLE_SOCKETS'] ?? 10_000);
const SETTLE_MS = 3_000;
const STALL_SECONDS = Number(process.env['STALL_SECONDS'] ?? 30);
/** The largest message there is fills the buffers of a stalled socket soonest: 3 bytes a character. */
const LONG_TEXT = '가'.repeat(960);

/** One run of one load on one server. Figures by name; those that are missing were not measured. */
export interface Figures {
  readonly [figure: string]: number;
}

export interface Load {
  readonly name: string;
  readonly servers: readonly Name[];
  run(target: Target, generator: Generator): Promise<Figures>;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @param base CPU of the same sends without subscribers, which is not the fan-out's */
function figuresOf(all: readonly Delivered[], base: readonly Delivered[]): Figures {
  const sum = (of: readonly Delivered[], key: keyof Delivered) => of.reduce((total, one) => total + one[key], 0);
  const deliveries = sum(all, 'deliveries');
  const gross = sum(all, 'serverCpuSeconds');
  const sends = (sum(base, 'serverCpuSeconds') / sum(base, 'sent')) * sum(all, 'sent');
  return {
    p50: Math.max(...all.map(({ p50 }) => p50)),
    p99: Math.max(...all.map(({ p99 }) => p99)),
    perSecond: deliveries / sum(all, 'seconds'),
    cpuPerDelivery: (1e6 * (gross - sends)) / deliveries,
    grossCpuPerDelivery: (1e6 * gross) / deliveries,
    generatorCpuPerDelivery: (1e6 * sum(all, 'generatorCpuSeconds')) / deliveries,
    generatorCores: sum(all, 'generatorCpuSeconds') / sum(all, 'seconds'),
    faults: sum(all, 'faults'),
  };
}

const steady = (name: string, perSecond: number, layout: Layout): Load => ({
  name,
  servers: NAMES,
  async run(target, generator) {
    await target.createRooms(layout.rooms);
    const session = new Session(generator, target, layout);
    await session.steady(perSecond, WARM_UP_SECONDS);
    const alone = await session.steady(perSecond, SECONDS);
    await session.subscribe();
    await session.steady(perSecond, WARM_UP_SECONDS);
    return figuresOf([await session.steady(perSecond, SECONDS)], [alone]);
  },
});

const burst = (sockets: number, messages: number): Load => ({
  name: `burst-${sockets}`,
  servers: NAMES,
  async run(target, generator) {
    const session = new Session(generator, target, { sockets, rooms: ['main'], selections: [FULL] });
    const bursts = async (): Promise<Delivered[]> => {
      await session.burst(messages);
      const all: Delivered[] = [];
      for (let i = 0; i < BURSTS; i++) all.push(await session.burst(messages));
      return all;
    };
    const alone = await bursts();
    await session.subscribe();
    return figuresOf(await bursts(), alone);
  },
});

/** How many deliveries a second, to 1,000 sockets, before p99 exceeds its limit. */
const ramp: Load = {
  name: 'ramp',
  servers: NAMES,
  async run(target, generator) {
    const session = new Session(generator, target, { sockets: 1_000, rooms: ['main'], selections: [FULL] });
    await session.subscribe();
    await session.steady(20, WARM_UP_SECONDS);
    let best: Figures = { perSecond: 0, faults: 0 };
    const passes = async (perSecond: number): Promise<boolean> => {
      const step = await session.steady(perSecond, RAMP_SECONDS);
      if (step.faults > 0 || step.p99 > MAX_P99_MS) return false;
      best = {
        ...figuresOf([step], [{ ...step, serverCpuSeconds: 0 }]),
        perSecond: perSecond * 1_000,
        deliveriesPerCpuSecond: step.deliveries / step.serverCpuSeconds,
        serverCores: step.serverCpuSeconds / step.seconds,
      };
      return true;
    };
    let low = 10;
    let high = 20;
    while (await passes(high)) {
      low = high;
      high *= 2;
    }
    for (let i = 0; i < RAMP_HALVINGS; i++) {
      const middle = Math.sqrt(low * high);
      if (await passes(middle)) low = middle;
      else high = middle;
    }
    return best;
  },
};

const idle: Load = {
  name: 'idle',
  servers: NAMES,
  async run(target, generator) {
    const open = (sockets: number): Promise<void> =>
      new Session(generator, target, { sockets, rooms: ['main'], selections: [FULL] }).subscribe();
    await open(100);
    await generator.tell({ type: 'close' });
    await wait(SETTLE_MS);
    const before = target.usage();
    const start = performance.now();
    await open(IDLE_SOCKETS);
    const seconds = (performance.now() - start) / 1000;
    await wait(SETTLE_MS);
    return {
      kbPerSocket: ((target.usage().rssAnonMb - before.rssAnonMb) * 1024) / IDLE_SOCKETS,
      opensPerSecond: IDLE_SOCKETS / seconds,
    };
  },
};

/** All sockets are cut, miss messages, and come back at once. */
const reconnect = (sockets: number, missed: number): Load => ({
  name: `reconnect-${sockets}x${missed}`,
  servers: [OURS],
  async run(target, generator) {
    const session = new Session(generator, target, { sockets, rooms: ['main'], selections: [FULL] });
    await session.subscribe(1);
    await session.burst(1);
    await generator.tell({ type: 'cut' });
    await wait(1_000);
    const ours = target as OurServer;
    const reads = await ours.storeReads();
    await session.burst(missed, 0);
    const { cpuSeconds } = target.usage();
    const start = nowUs();
    await generator.tell({ type: 'back' });
    const got = await session.arrivals(sockets * missed);
    return {
      secondsToAllBack: (got.lastAt - start) / 1e6,
      faults: got.faults + Math.abs(sockets * missed - got.delivered),
      storeReads: (await ours.storeReads()) - reads,
      cpuPerDelivery: (1e6 * (target.usage().cpuSeconds - cpuSeconds)) / got.delivered,
    };
  },
});

/** One socket in ten stops reading. */
const stalled: Load = {
  name: 'stalled',
  servers: [OURS],
  async run(target, generator) {
    const sockets = 1_000;
    const every = 10;
    const session = new Session(generator, target, { sockets, rooms: ['main'], selections: [FULL] });
    await session.subscribe(1);
    await session.steady(20, WARM_UP_SECONDS, sockets, LONG_TEXT);
    const before = target.usage().rssAnonMb;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, target.usage().rssAnonMb)), 200);
    await generator.tell({ type: 'stall', every });
    const others = await session.steady(20, STALL_SECONDS, sockets - sockets / every, LONG_TEXT);
    clearInterval(watch);
    await generator.tell({ type: 'mark' });
    await generator.tell({ type: 'read-again' });
    const missed = (others.sent * sockets) / every;
    await wait(SETTLE_MS);
    const { closes } = await session.arrivals(0);
    await generator.tell({ type: 'back' });
    const back = await session.arrivals(missed);
    return {
      p50: others.p50,
      p99: others.p99,
      memoryMb: peak - before,
      closedWith1013: closes[1013] ?? 0,
      closedOtherwise: Object.values(closes).reduce((sum, count) => sum + count, 0) - (closes[1013] ?? 0),
      faults: back.faults + Math.abs(missed - back.delivered),
    };
  },
};

const main = { rooms: ['main'], selections: [FULL] };
const roomNames = Array.from({ length: 100 }, (_, i) => `room-${i}`);
const selections = ['text', 'id text', 'id author text sentAt', FULL];

export const LOADS: readonly Load[] = [
  steady('steady-200', 100, { ...main, sockets: 200 }),
  steady('steady-1000', 20, { ...main, sockets: 1_000 }),
  steady('steady-5000', 4, { ...main, sockets: 5_000 }),
  burst(200, 250),
  burst(1_000, 50),
  burst(5_000, 10),
  steady('rooms-100x50', 400, { sockets: 5_000, rooms: roomNames, selections: [FULL] }),
  steady('selections-4', 20, { sockets: 1_000, rooms: ['main'], selections }),
  ramp,
  idle,
  reconnect(10_000, 50),
  reconnect(1_000, 500),
  stalled,
];

/** One run in a server of its own. */
export async function runOnce(load: Load, name: Name, generator: Generator): Promise<Figures> {
  const target = await startTarget(name);
  try {
    return await load.run(target, generator);
  } finally {
    await generator.tell({ type: 'close' });
    await target.stop();
  }
}
