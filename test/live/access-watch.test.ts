import { InProcessBus } from '../../src/adapters/in-process/bus';
import { unavailable } from '../../src/domain/errors';
import type { Viewer } from '../../src/domain/user';
import { Connection } from '../../src/live/delivery/connection';
import { Operations, type Operation } from '../../src/live/operations';
import { LiveRig, NEW_CHAT, type RawClient } from '../support/live-rig';
import { viewerOf } from '../support/stream-clients';
import { until } from '../support/until';

const LATER = 4_000_000_000_000;
const reconnects: (() => void)[] = [];
let rig: LiveRig;
/** Accounts that may read the room; undefined: the room is public. */
let readers: Set<string> | undefined;

beforeEach(async () => {
  jest.spyOn(InProcessBus.prototype, 'onReconnect').mockImplementation((...listeners: (() => void)[]) => {
    reconnects.push(...listeners);
    return () => undefined;
  });
  readers = undefined;
  rig = await LiveRig.start({ authenticate: viewerOf });
  rig.mayRead = async (viewer) => !readers || (viewer !== null && readers.has(viewer.userId));
});
afterEach(async () => {
  await rig.stop();
  reconnects.length = 0;
  jest.restoreAllMocks();
});

async function reader(name?: string): Promise<RawClient> {
  const client = await rig.connect(name === undefined ? undefined : { authorization: `Bearer ${name}:${LATER}` });
  await client.subscribe('1');
  return client;
}
const codes = (client: RawClient) => client.problems('1').map(({ code }) => code);

test('ends the subscriptions of one account when its membership ends', async () => {
  readers = new Set(['u-mina', 'u-jun']);
  const [mina, jun] = [await reader('mina'), await reader('jun')];
  readers.delete('u-mina');
  rig.bus.publish({ type: 'membership-changed', room: 'main', userId: 'u-mina' });
  await until(() => codes(mina).length > 0, 'the subscription ends');
  expect([codes(mina), codes(jun)]).toEqual([['FORBIDDEN'], []]);
});

test('ends the subscriptions of all who cannot read a room that changed', async () => {
  const [mina, nobody] = [await reader('mina'), await reader()];
  readers = new Set(['u-mina']);
  rig.bus.publish({ type: 'room-changed', room: 'main' });
  await until(() => codes(nobody).length > 0, 'the subscription ends');
  expect([codes(mina), codes(nobody)]).toEqual([[], ['FORBIDDEN']]);
});

test('checks everybody when the bus reconnects, and again when the store is unavailable', async () => {
  readers = new Set(['u-mina', 'u-jun']);
  const [mina, jun] = [await reader('mina'), await reader('jun')];
  let isDown = true;
  const now = new Set(['u-jun']);
  rig.mayRead = async (viewer) => {
    if (isDown) {
      isDown = false;
      throw unavailable('down');
    }
    return viewer !== null && now.has(viewer.userId);
  };
  for (const reconnect of reconnects) reconnect();
  await until(() => codes(mina).length > 0, 'the subscription ends');
  expect([codes(mina), codes(jun)]).toEqual([['FORBIDDEN'], []]);
});

test('refuses a subscription whose reader lost the room while it was being accepted', async () => {
  readers = new Set(['u-mina']);
  const viewer: Viewer = { userId: 'u-mina', username: 'mina', sessionId: 's', expiresAt: LATER };
  const operation = new Operations(rig.schema, { maxTokens: 100, rules: [] }).prepare(NEW_CHAT, undefined) as Operation;
  const accepted = await rig.hub.accept(operation, {}, viewer, false);
  if (!('source' in accepted)) throw new Error('refused');
  readers.delete('u-mina');
  rig.bus.publish({ type: 'membership-changed', room: 'main', userId: 'u-mina' });
  const idle = { send: () => undefined, bufferedBytes: () => 0 };
  const connection = new Connection('c', idle as never, () => undefined);
  connection.viewer = viewer;
  await expect(rig.hub.subscribe(connection, '1', accepted).next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
