import { unavailable } from '../../src/domain/errors';
import type { Erasure } from '../../src/domain/moderation';
import { DEFAULT_ROOM_SETTINGS, type Room } from '../../src/domain/room';
import { InProcessBus } from '../../src/adapters/in-process/bus';
import { Erasures } from '../../src/flow/erasures';
import type { ChatLog } from '../../src/ports/chat-log';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import { openEngine } from '../support/engine';
import { faulty } from '../support/faulty';

const ROOM: Room = {
  ...{ id: 'main', title: 'Main', anonymous: false, aliasLocale: 'en', createdAt: 1 },
  settings: DEFAULT_ROOM_SETTINGS,
};
const erasure = (id: string): Erasure => ({ id, at: 1, actorId: 'a', actor: 'a', kind: 'chat', chatId: id, reason: 'asked for' });

test('retries an erasure that fails, and completes the others meanwhile', async () => {
  const engine = await openEngine();
  let failing = true;
  const erasures = new Erasures({
    log: faulty<ChatLog>(engine.chatLog, (method) => (method === 'find' && failing ? fail() : undefined)),
    store: engine.chatStore,
    moderation: engine.moderationStore,
    rooms: { require: () => Promise.resolve(ROOM) },
    bus: new InProcessBus(silentLogger),
    clock: systemClock,
    logger: silentLogger,
    retentionDays: 0,
  });
  const fail = (): Error => {
    failing = false;
    return unavailable('this one time');
  };
  const ids = ['one', 'two', 'three'];
  for (const id of ids) await engine.moderationStore.beginErasure(erasure(id));
  await erasures.run();
  expect(await engine.moderationStore.pendingErasures(10)).toHaveLength(1);
  await erasures.run();
  expect(await engine.moderationStore.pendingErasures(10)).toEqual([]);
});
