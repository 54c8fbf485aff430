import { encodeCursor } from '../../src/domain/position';
import { LiveRig } from '../support/live-rig';
import { until } from '../support/until';

let rig: LiveRig;
beforeEach(async () => {
  rig = await LiveRig.start();
});
afterEach(() => rig.stop());

const numbers = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => `m${from + i}`);

describe('newChat', () => {
  it('begins with the first message appended after it was accepted', async () => {
    rig.log.put('main', 'before');
    const client = await rig.connect();
    await client.subscribe('a');
    rig.log.put('main', 'one', 'two');
    rig.log.put('other', 'elsewhere');
    rig.log.put('main', 'three');
    await until(() => client.chats().length === 3);
    expect(client.chats()).toEqual(['one', 'two', 'three']);
  });

  it('replays from a cursor and goes on live without a gap or a repeat', async () => {
    rig.log.put('main', ...numbers(0, 1_000));
    const client = await rig.connect();
    const after = encodeCursor({ epoch: 'e1', room: 'main', offset: 100 });
    await client.subscribe('a', undefined, { after });
    for (let i = 0; i < 500; i++) rig.log.put('main', `m${1_000 + i}`);
    await until(() => client.chats().length >= 1_400);
    expect(client.chats()).toEqual(numbers(100, 1_400));
  });
});
