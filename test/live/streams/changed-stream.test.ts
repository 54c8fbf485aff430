import { toTombstone } from '../../../src/domain/chat';
import { LiveRig, type RawClient } from '../../support/live-rig';
import { until } from '../../support/until';

let rig: LiveRig;
beforeEach(async () => {
  rig = await LiveRig.start();
});
afterEach(() => rig.stop());

const CHANGED = 'subscription { chatChanged { id text hidden empathies { count } } }';
const seen = (client: RawClient) =>
  client
    .data<{ chatChanged: { id: string; text: string; hidden: boolean; empathies: { count: number }[] } }>()
    .map(({ chatChanged: { id, text, empathies } }) => `${id} ${text} ${empathies.map(({ count }) => count).join()}`);
const announce = (chatId: string): void => {
  rig.bus.publish({ type: 'chat-changed', room: 'main', chatId });
};

async function watch(): Promise<RawClient> {
  const client = await rig.connect();
  await client.subscribe('c', CHANGED);
  return client;
}

test('chatChanged sends the first change at once and the newest state after the interval, each read once for all subscribers', async () => {
  rig.stored.push(...rig.log.put('main', 'one', 'two'));
  const [client, other] = [await watch(), await watch()];
  announce('e1-1');
  await until(() => seen(client).length === 1);
  for (let i = 1; i <= 50; i++) {
    rig.counts.set('e1-1', [0, i, 0]);
    announce('e1-1');
  }
  await until(() => seen(client).length === 2 && seen(other).length === 2);
  announce('e1-2');
  await until(() => seen(client).length === 3 && seen(other).length === 3);
  expect(seen(client)).toEqual(['e1-1 one 0,0,0', 'e1-1 one 0,50,0', 'e1-2 two 0,0,0']);
  expect(seen(other)).toEqual(seen(client));
  expect(rig.countReads).toBe(3);
});

test('chatChanged sends the tombstone of a hidden message with zero counts', async () => {
  const [chat] = rig.log.put('main', 'unkind');
  if (chat) rig.stored.push(toTombstone(chat));
  rig.counts.set('e1-1', [3, 0, 0]);
  const client = await watch();
  rig.bus.publish({ type: 'chat-hidden', room: 'main', chatId: 'e1-1', offset: 1 });
  await until(() => seen(client).length === 1);
  expect(seen(client)).toEqual(['e1-1  0,0,0']);
});

test('a change of a room without subscribers of chatChanged reads nothing', async () => {
  rig.stored.push(...rig.log.put('main', 'one'), ...rig.log.put('garden', 'two'));
  const client = await watch();
  rig.bus.publish({ type: 'chat-changed', room: 'garden', chatId: 'e1-2' });
  announce('unknown');
  announce('e1-1');
  await until(() => seen(client).length === 1);
  expect(rig.countReads).toBe(1);
});
