import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LiveRig, NEW_CHAT } from '../support/live-rig';
import { until } from '../support/until';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapMb = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

let rig: LiveRig;
beforeEach(async () => {
  rig = await LiveRig.start();
});
afterEach(() => rig.stop());

/** About 12 KB of JSON and 40 KB of heap, which the document does not use. */
const unused = (n: number) => ({ unused: Array.from({ length: 700 }, (_, i) => `${n}-${i}-padding`) });

it('releases the variables of ended subscriptions while the socket stays open', async () => {
  const client = await rig.connect();
  await client.subscribe('first', NEW_CHAT, unused(0));
  const before = heapMb();
  for (let n = 1; n <= 500; n++) {
    await client.subscribe(`s${n}`, NEW_CHAT, unused(n));
    client.send({ id: `s${n}`, type: 'complete' });
  }
  await until(() => rig.hub.subscriptions().get('newChat') === 1);
  // 500 sets of variables take about 20 MB.
  await until(() => heapMb() - before < 5, 'the variables are released');
});

it('releases the variables of open subscriptions that their documents do not use', async () => {
  const clients = await Promise.all(Array.from({ length: 20 }, () => rig.connect()));
  for (const client of clients) await client.subscribe('first', NEW_CHAT, unused(0));
  const before = heapMb();
  for (const client of clients) for (let n = 1; n <= 25; n++) await client.subscribe(`s${n}`, NEW_CHAT, unused(n));
  expect(rig.hub.subscriptions().get('newChat')).toBe(20 * 26);
  // 500 sets of variables take about 20 MB.
  await until(() => heapMb() - before < 5, 'the variables are released');
});
