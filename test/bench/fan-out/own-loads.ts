import { setTimeout as delay } from 'node:timers/promises';
import type { Load } from './loads';
import { nowUs } from './stamp';
import { urlOf } from './session';
import { CHURN_SECONDS, STALL_SECONDS } from './settings';
import { OURS } from '../servers/catalogue';
import type { OurServer } from '../servers/target';

/** Idle time before memory is read. */
const SETTLE_MS = 2_000;
const STALLED_EVERY = 10;
/** The largest message fills the buffers of a stalled socket fastest: 3 bytes a character. */
const LONG_TEXT = '가'.repeat(960);
const CHURN_PER_SECOND = 200;

/** All sockets are cut, miss messages, and reconnect at the same time. */
export const reconnect = (missed: number): Load => ({
  name: `reconnect-${missed}-missed`,
  servers: [OURS],
  async run(target, session, generator) {
    const { sockets } = session.layout;
    const ours = target as OurServer;
    await session.burst(1);
    await generator.command({ type: 'cut' });
    await delay(SETTLE_MS);
    const { storeReads } = await ours.state();
    await session.burst(missed, 0);
    await generator.command({ type: 'mark' });
    const { cpuSeconds } = target.usage();
    const start = nowUs();
    await generator.command({ type: 'back' });
    const got = await session.arrivals(sockets * missed);
    return {
      sockets,
      secondsToAllBack: (got.lastAt - start) / 1e6,
      faults: got.faults + Math.abs(sockets * missed - got.delivered),
      storeReads: (await ours.state()).storeReads - storeReads,
      cpuPerDelivery: (1e6 * (target.usage().cpuSeconds - cpuSeconds)) / got.delivered,
    };
  },
});

/** One socket in ten stops reading and continues later. */
export const stalled: Load = {
  name: 'stalled',
  servers: [OURS],
  async run(target, session, generator) {
    const { sockets } = session.layout;
    const rate = { perSecond: 20, text: LONG_TEXT };
    await session.steady({ ...rate, seconds: 2 });
    const before = target.usage().rssAnonMb;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, target.usage().rssAnonMb)), 200);
    await generator.command({ type: 'stall', every: STALLED_EVERY });
    const readers = sockets - sockets / STALLED_EVERY;
    const others = await session.steady({ ...rate, seconds: STALL_SECONDS, receivers: readers });
    clearInterval(watch);
    await generator.command({ type: 'mark' });
    await generator.command({ type: 'read-again' });
    const missed = (others.sent * sockets) / STALLED_EVERY;
    await delay(SETTLE_MS);
    const { closes } = await session.arrivals(0);
    await generator.command({ type: 'back' });
    const back = await session.arrivals(missed);
    return {
      p50: others.p50,
      p99: others.p99,
      memoryMb: peak - before,
      closedWith1013: closes[1013] ?? 0,
      closedOtherwise: Object.values(closes).reduce((sum, count) => sum + count, 0) - (closes[1013] ?? 0),
      faults: others.faults + back.faults + Math.abs(missed - back.delivered),
    };
  },
};

/** Sockets connect, subscribe and disconnect, half of them without a close frame. */
export const churn: Load = {
  name: 'churn',
  servers: [OURS],
  runs: 1,
  async run(target, _session, generator) {
    const ours = target as OurServer;
    const come = async (seconds: number): Promise<void> => {
      await generator.command({ type: 'churn', url: urlOf(target), perSecond: CHURN_PER_SECOND, seconds });
      await delay(SETTLE_MS);
    };
    // The first tenth warms up the heap.
    await come(CHURN_SECONDS / 10);
    const [first, before] = [await ours.state(), target.usage().rssAnonMb];
    await come(CHURN_SECONDS);
    const [last, after] = [await ours.state(), target.usage().rssAnonMb];
    return {
      opened: CHURN_PER_SECOND * CHURN_SECONDS,
      heapGrowthMb: last.heapMb - first.heapMb,
      memoryGrowthMb: after - before,
      groupsLeft: last.groups,
      socketsLeft: last.sockets,
    };
  },
};
