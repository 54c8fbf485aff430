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
    moods: engine.moodStore,
    rooms: { find: () => Promise.resolve(ROOM) },
    roomErasure: { erase: () => Promise.resolve(true) },
    closeAccount: () => Promise.resolve(),
    leaveRooms: () => Promise.resolve(),
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
  await chatLog.of('main').commit(chats.at(-1)?.offset ?? 0, 1);
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
  for (const found of [await engine.chatStore.inOrder({}, 10), (await engine.chatLog.of('main').readBack(10, 10)).toReversed()]) {
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

describe('the mood', () => {
  const EVER = { start: 0, end: Number.MAX_SAFE_INTEGER };
  const counts = async ({ moodStore }: LmdbEngine) =>
    (await moodStore.hours('main', EVER)).map(({ count, said, sums }) => ({ count, said, joy: sums[0] }));
  const said = (): Promise<LmdbEngine & { readonly chats: readonly Chat[] }> =>
    openEngine().then(async (engine) => ({
      ...engine,
      chats: await appendAll(engine.chatLog, [draft({ id: 'one', feeling: 'JOY' }), draft({ id: 'two' })]),
    }));
  const add = async (engine: LmdbEngine, chats: readonly Chat[]) => {
    await flush(engine, chats);
    await engine.moodStore.add(chats);
  };

  test.each(['before', 'after'])('forgets a message that is erased %s the writer adds it', async (when) => {
    const engine = await said();
    const { erasures } = erasuresOn(engine);
    if (when === 'after') await add(engine, engine.chats);
    await erasures.begin(erasure('one'));
    await add(engine, engine.chats);
    await erasures.run(running);
    expect(await counts(engine)).toEqual([{ count: 1, said: 0, joy: 10 }]);
  });

  test('forgets a message once when its erasure was interrupted after the mood', async () => {
    const engine = await said();
    await add(engine, engine.chats);
    let failing = true;
    const log = faulty<ChatLog>(engine.chatLog, (method) => (method === 'erase' && failing ? unavailable('down') : undefined));
    const { erasures } = erasuresOn(engine, { log });
    await expect(erasures.begin(erasure('one'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    failing = false;
    await erasures.run(running);
    expect(await counts(engine)).toEqual([{ count: 1, said: 0, joy: 10 }]);
    expect(await engine.chatStore.byId('one')).toMatchObject({ hidden: true });
  });

  test.each([
    ['erase', [{ count: 0, said: 0, joy: 0 }]],
    ['keep', [{ count: 2, said: 1, joy: 110 }]],
  ] as const)('after the deletion of an account with texts %s', async (texts, expected) => {
    const engine = await said();
    await add(engine, engine.chats);
    await erasuresOn(engine).erasures.begin({ ...accountErasure, texts });
    expect(await counts(engine)).toEqual(expected);
  });
});

test('resolves the open reports of an erased message, also when it was interrupted before', async () => {
  const engine = await openEngine();
  await appendAll(engine.chatLog, [draft({ id: 'one' })]);
  await engine.moderationStore.addReport({ chatId: 'one', room: 'main', reporterId: 'r', reason: 'x', createdAt: 1 });
  await engine.moderationStore.beginErasure(erasure('one'));
  await erasuresOn(engine).erasures.run(running);
  expect(await engine.moderationStore.openReports(10)).toEqual([]);
});
