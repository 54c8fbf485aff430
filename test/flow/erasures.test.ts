import { InProcessBus } from '../../src/adapters/in-process/bus';
import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { Chat } from '../../src/domain/chat';
import { unavailable } from '../../src/domain/errors';
import type { Erasure } from '../../src/domain/moderation';
import { DEFAULT_ROOM_SETTINGS, type Room } from '../../src/domain/room';
import { Erasures, type ErasuresDeps } from '../../src/flow/erasures';
import type { BusEvent } from '../../src/ports/bus';
import type { ChatLog } from '../../src/ports/chat-log';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import { appendAll, draft, openEngine } from '../support/engine';
import { faulty } from '../support/faulty';

const running = new AbortController().signal;
const ROOM: Room = {
  ...{ id: 'main', title: 'Main', anonymous: false, aliasLocale: 'en', createdAt: 1 },
  settings: DEFAULT_ROOM_SETTINGS,
};
const erasure = (id: string): Erasure => ({ id, at: 1, actorId: 'a', actor: 'a', kind: 'chat', chatId: id, reason: 'asked for' });
const accountErasure: Erasure = {
  ...{ id: 'account.author', at: 1, actorId: 'author', actor: 'a' },
  ...{ kind: 'account', pseudonym: 'deleted-1', texts: 'erase' },
};

function erasuresOn(engine: LmdbEngine, change: Partial<ErasuresDeps> = {}): { erasures: Erasures; published: BusEvent[] } {
  const published: BusEvent[] = [];
  const bus = new InProcessBus(silentLogger);
  bus.subscribe((event) => void published.push(event));
  const erasures = new Erasures({
    log: engine.chatLog,
    store: engine.chatStore,
    empathies: engine.empathyStore,
    moderation: engine.moderationStore,
    rooms: { require: () => Promise.resolve(ROOM) },
    closeAccount: () => Promise.resolve(),
    bus,
    clock: systemClock,
    logger: silentLogger,
    ...change,
  });
  return { erasures, published };
}

/** Stores what the log has, as the batch writer does. */
async function flush({ chatLog, chatStore }: LmdbEngine, chats: readonly Chat[]): Promise<void> {
  await chatStore.insertBatch(chats);
  await chatLog.commit(chats.at(-1)?.offset ?? 0, 1);
}

test('retries an erasure that fails, and completes the others meanwhile', async () => {
  const engine = await openEngine();
  let failing = true;
  const { erasures } = erasuresOn(engine, {
    log: faulty<ChatLog>(engine.chatLog, (method) => (method === 'find' && failing ? fail() : undefined)),
  });
  const fail = (): Error => {
    failing = false;
    return unavailable('this one time');
  };
  const ids = ['one', 'two', 'three'];
  for (const id of ids) await engine.moderationStore.beginErasure(erasure(id));
  await erasures.run(running);
  expect(await engine.moderationStore.pendingErasures(10)).toHaveLength(1);
  await erasures.run(running);
  expect(await engine.moderationStore.pendingErasures(10)).toEqual([]);
});

test('erases a message that the writer had read before, and ends the erasure when the writer has passed it', async () => {
  const engine = await openEngine();
  const chats = await appendAll(engine.chatLog, [draft({ id: 'one' })]);
  const { erasures, published } = erasuresOn(engine);
  await erasures.begin(erasure('one'));
  expect(await engine.moderationStore.pendingErasures(10)).toHaveLength(1);
  await flush(engine, chats);
  await erasures.run(running);
  expect(await engine.chatStore.byId('one')).toMatchObject({ text: '', hidden: true });
  expect(await engine.moderationStore.pendingErasures(10)).toEqual([]);
  const announced = published.length;
  await erasures.run(running);
  expect(published).toHaveLength(announced);
});

test('closes a deleted account and erases its messages in log and store', async () => {
  const engine = await openEngine();
  const chats = await appendAll(engine.chatLog, [draft(), draft({ authorId: 'other' }), draft()]);
  await flush(engine, chats);
  const closed: string[] = [];
  const { erasures, published } = erasuresOn(engine, { closeAccount: (id) => Promise.resolve(void closed.push(id)) });
  await engine.moderationStore.beginErasure(accountErasure);
  await erasures.run(running);
  expect(closed).toEqual(['author']);
  expect(published.at(-1)).toEqual({ type: 'chats-changed' });
  for (const found of [await engine.chatStore.inOrder(0, 10), (await engine.chatLog.readBack(10, 10)).toReversed()]) {
    expect(found.map(({ text, authorId, author }) => [text, authorId, author])).toEqual([
      ['', 'deleted-1', '(deleted)'],
      [chats[1]?.text, 'other', 'quiet otter'],
      ['', 'deleted-1', '(deleted)'],
    ]);
  }
  expect(await engine.moderationStore.pendingErasures(10)).toEqual([]);
});

test('stops between erasures when it is aborted', async () => {
  const engine = await openEngine();
  await engine.moderationStore.beginErasure(erasure('one'));
  const { erasures } = erasuresOn(engine);
  await erasures.run(AbortSignal.abort());
  expect(await engine.moderationStore.pendingErasures(10)).toHaveLength(1);
});
