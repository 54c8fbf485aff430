import type { Generator } from './generator';
import type { Delivered, Session } from './session';
import { SECONDS } from './settings';
import type { Name } from '../servers/catalogue';
import type { Target } from '../servers/target';

const WARM_UP_SECONDS = SECONDS / 2;
const MAX_P99_MS = 50;
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

function figuresOf(one: Delivered): Figures {
  return {
    p50: one.p50,
    p99: one.p99,
    perSecond: one.deliveries / one.seconds,
    cpuPerDelivery: (1e6 * one.serverCpuSeconds) / one.deliveries,
    loadCores: one.generatorCpuSeconds / one.seconds,
    faults: one.faults,
  };
}

/** @param perSecond messages for all rooms together */
export const steady = (name: string, perSecond: number, servers: readonly Name[]): Load => ({
  name: `steady-${name}`,
  servers,
  async run(_target, session) {
    await session.steady({ perSecond, seconds: WARM_UP_SECONDS });
    return figuresOf(await session.steady({ perSecond, seconds: SECONDS }));
  },
});

/** The highest rate of deliveries at which p99 stays within its limit. */
export const ramp = (servers: readonly Name[]): Load => ({
  name: 'ramp',
  servers,
  async run(_target, session) {
    let best: Figures = { perSecond: 0, faults: 0 };
    const passes = async (perSecond: number): Promise<boolean> => {
      const step = await session.steady({ perSecond, seconds: SECONDS });
      if (step.faults > 0 || step.p99 > MAX_P99_MS) return false;
      best = {
        ...figuresOf(step),
        perSecond: perSecond * session.layout.sockets,
        deliveriesPerCpuSecond: step.deliveries / step.serverCpuSeconds,
        serverCores: step.serverCpuSeconds / step.seconds,
      };
      return true;
    };
    await session.steady({ perSecond: RAMP_WARM_UP, seconds: SECONDS });
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
});
