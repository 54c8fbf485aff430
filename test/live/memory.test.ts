import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocketServer } from 'ws';
import { LiveRig, NEW_CHAT } from '../support/live-rig';
import { until } from '../support/until';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let rig: LiveRig;
/** The variables of each subscribe message that the server has parsed. */
let parsed: WeakRef<object>[];
const { parse } = JSON;
beforeEach(async () => {
  parsed = [];
  JSON.parse = (text: string, reviver?: Parameters<typeof parse>[1]) => {
    const value = parse(text, reviver) as { payload?: { variables?: object } } | null;
    if (value?.payload?.variables) parsed.push(new WeakRef(value.payload.variables));
    return value;
  };
  rig = await LiveRig.start();
});
afterEach(async () => {
  JSON.parse = parse;
  await rig.stop();
});

const unused = (n: number) => ({ unused: `${n}-padding` });

/** Counts the variables, because the size of the heap also depends on what else the process of the test has run. */
const allReleased = (): Promise<unknown> =>
  until(() => {
    collectGarbage();
    return parsed.every((variables) => variables.deref() === undefined);
  }, 'the variables are released');

it('releases the variables of ended subscriptions while the socket stays open', async () => {
  const client = await rig.connect();
  await client.subscribe('first', NEW_CHAT, unused(0));
  for (let n = 1; n <= 100; n++) {
    await client.subscribe(`s${n}`, NEW_CHAT, unused(n));
    client.send({ id: `s${n}`, type: 'complete' });
  }
  await until(() => rig.hub.subscriptions().get('newChat') === 1);
  expect(parsed).toHaveLength(101);
  await allReleased();
});

it('releases the variables of open subscriptions that their documents do not use', async () => {
  const clients = await Promise.all(Array.from({ length: 5 }, () => rig.connect()));
  for (const client of clients) for (let n = 1; n <= 20; n++) await client.subscribe(`s${n}`, NEW_CHAT, unused(n));
  expect(rig.hub.subscriptions().get('newChat')).toBe(100);
  expect(parsed).toHaveLength(100);
  await allReleased();
});

it('releases the upgrade request while the socket stays open', async () => {
  const upgrades = jest.spyOn(WebSocketServer.prototype, 'handleUpgrade');
  const clients = [await rig.connect(), await rig.connect()];
  const requests = upgrades.mock.calls.map(([request]) => new WeakRef(request as object));
  // Otherwise the mock keeps the arguments of its calls.
  upgrades.mockRestore();
  for (const client of clients) await client.subscribe('s', NEW_CHAT);
  expect(requests).toHaveLength(2);
  await until(() => {
    collectGarbage();
    return requests.every((request) => request.deref() === undefined);
  }, 'the requests are released');
  expect(rig.hub.subscriptions().get('newChat')).toBe(2);
});
