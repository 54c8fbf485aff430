import { unavailable } from '../../src/domain/errors';
import { keepRoomsOpen, Rooms } from '../../src/flow/rooms';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import type { RoomStore } from '../../src/ports/room-store';
import { openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { until } from '../support/until';

test('starts while the store is unavailable, and creates the main room when it is back', async () => {
  const { roomStore } = await openEngine();
  let down = true;
  const store = faulty<RoomStore>(roomStore, () => (down ? unavailable('the store is unavailable') : undefined));
  const stop = await keepRoomsOpen(new Rooms(store, systemClock, 10), silentLogger);
  down = false;
  await until(async () => (await roomStore.byId('main')) !== undefined, 'the main room exists');
  await stop();
});

test('does not start when the main room cannot be created for another reason', async () => {
  const broken = { open: () => Promise.reject(new Error('broken')) };
  await expect(keepRoomsOpen(broken, silentLogger)).rejects.toThrow('broken');
});
