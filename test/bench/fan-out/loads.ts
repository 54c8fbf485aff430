import type { Generator } from './generator';
import type { Delivered, Session } from './session';
import { SECONDS } from './settings';
import { NAMES, OURS, type Name, type OurServer, type Publishing, type Target } from './target';

const WARM_UP_SECONDS = SECONDS / 2;
const BURSTS = 3;
export const MAX_P99_MS = 50;
/** Doubles the rate until the limit is exceeded, then halves the interval this many times: a resolution of 19 %. */
const RAMP_HALVINGS = 2;
const RAMP_FIRST = 5;
/** A rate that every server sustains. */
const RAMP_WARM_UP = 10;

/** One run of one load on one server. Figures by name. Missing ones were not measured. */
export interface Figures {
  readonly [figure: string]: number;
}

export interface Load {
  readonly name: string;
  readonly servers: readonly Name[];
  /** Number of runs, if fewer than RUNS are enough. */
  readonly runs?: number;
  run(target: Target, session: Session, generator: Generator): Promise<Figures>;
}

function figuresOf(all: readonly Delivered[]): Figures {
  const sum = (key: keyof Delivered) => all.reduce((total, one) => total + one[key], 0);
  const deliveries = sum('deliveries');
  return {
    p50: Math.max(...all.map(({ p50 }) => p50)),
    p99: Math.max(...all.map(({ p99 }) => p99)),
    perSecond: deliveries / sum('seconds'),
    cpuPerDelivery: (1e6 * sum('serverCpuSeconds')) / deliveries,
    generatorCpuPerDelivery: (1e6 * sum('generatorCpuSeconds')) / deliveries,
    busiestGenerator: sum('busiestCpuSeconds') / sum('seconds'),
    faults: sum('faults'),
  };
}

async function steadily(session: Session, via: Publishing, perSecond: number): Promise<Figures> {
  await session.steady({ via, perSecond, seconds: WARM_UP_SECONDS });
  return figuresOf([await session.steady({ via, perSecond, seconds: SECONDS })]);
}

/** @param perSecond messages for all rooms together */
export const steady = (name: string, perSecond: number, servers: readonly Name[] = NAMES): Load => ({
  name: `steady-${name}`,
  servers,
  run: (target, session) => steadily(session, target.publishing, perSecond),
});

/** The same by sendChat over HTTP: validated, scored and acknowledged by the process that delivers. */
export const sendChat = (name: string, perSecond: number): Load => ({
  name: `send-chat-${name}`,
  servers: [OURS],
  run: (target, session) => steadily(session, (target as OurServer).sending, perSecond),
});

export const burst = (name: string, messages: number): Load => ({
  name: `burst-${name}`,
  servers: NAMES,
  async run(_target, session) {
    await session.burst(messages);
    const all: Delivered[] = [];
    for (let i = 0; i < BURSTS; i++) all.push(await session.burst(messages));
    return figuresOf(all);
  },
});

/** The highest rate of deliveries at which p99 stays within its limit. */
export const ramp: Load = {
  name: 'ramp',
  servers: NAMES,
  async run(target, session) {
    let best: Figures = { perSecond: 0, faults: 0 };
    const passes = async (perSecond: number): Promise<boolean> => {
      const step = await session.steady({ via: target.publishing, perSecond, seconds: SECONDS });
      if (step.faults > 0 || step.p99 > MAX_P99_MS) return false;
      best = {
        ...figuresOf([step]),
        perSecond: perSecond * session.layout.sockets,
        deliveriesPerCpuSecond: step.deliveries / step.serverCpuSeconds,
        serverCores: step.serverCpuSeconds / step.seconds,
      };
      return true;
    };
    await session.steady({ via: target.publishing, perSecond: RAMP_WARM_UP, seconds: SECONDS });
    let high = RAMP_FIRST;
    while (await passes(high)) high *= 2;
    let low = high / 2;
    for (let i = 0; i < RAMP_HALVINGS; i++) {
      const middle = Math.sqrt(low * high);
      if (await passes(middle)) low = middle;
      else high = middle;
    }
    return best;
  },
};
