import { whereInstalled } from '../support/services';
import { runAll, SCENARIOS } from './suite';

/** No time is judged, see runAll. */
const SCALE = { seed: 1, outage: 0.1, perSecond: 50, subscribers: 16, processes: 1, settleMs: 60_000 };

whereInstalled(['redis', 'mongo'], () => {
  test('the partitions of a worker that is killed, and of one that ends, are stored by the others, and shared again when it is back', async () => {
    const chosen = SCENARIOS.filter(({ name }) => ['workers-kill', 'workers-sigterm'].includes(name));
    for await (const { name, wrong, logs } of runAll(chosen, SCALE)) expect([name, wrong, logs]).toEqual([name, [], []]);
  }, 300_000);
});
