import { DEFAULT_ROOM_SETTINGS } from '../../src/domain/room';
import { mongo as driver } from 'mongoose';
import { openMongo, type MongoEngine } from '../../src/adapters/mongo/open-mongo';
import { silentLogger } from '../../src/ports/logger';
import { chat, chats, insight, NOON, session, user } from '../contracts/samples';
import { MongoService } from '../support/mongo-service';
import { withServices } from '../support/services';
import { until } from '../support/until';

const room = {
  id: 'a',
  title: 'a',
  anonymous: false,
  aliasLocale: 'en' as const,
  createdAt: NOON,
  settings: DEFAULT_ROOM_SETTINGS,
};
const claim = { username: 'a', usernameKey: 'a', email: null, emailKey: null, passwordHash: 'x' };
const resetRequest = { userId: 'u', locale: 'ko' as const, requestedAt: NOON, dueAt: NOON, failures: 0 };
const spend = { calls: 1, inputTokens: 1, outputTokens: 1, microUsd: 1 };

/** One call of each method of every store. */
const calls = (engine: MongoEngine): (() => Promise<unknown>)[] => [
  () => engine.chatStore.insertBatch([chat(1)]),
  () => engine.chatStore.addDeadLetter(chat(1), 'refused'),
  () => engine.chatStore.deadLetterCount(),
  () => engine.chatStore.byId('id-1'),
  () => engine.chatStore.byRoom('main', {}, 1, 'newest-first'),
  () => engine.chatStore.byAuthor('author-1', [{ before: 2 }], 0, 1),
  () => engine.chatStore.countByAuthor('author-1', [{ before: 2 }]),
  () => engine.chatStore.countByRoom('main', {}, 1),
  () => engine.chatStore.highestOffset(),
  () => engine.chatStore.recordEpoch('e'),
  () => engine.chatStore.hasEpoch('e'),
  () => engine.chatStore.erase(1),
  () => engine.userStore.create(user('1')),
  () => engine.userStore.byId('1'),
  () => engine.userStore.byUsernameKey('1'),
  () => engine.userStore.byEmailKey('1'),
  () => engine.userStore.setPasswordHash('1', 'x'),
  () => engine.sessionStore.create(session('s')),
  () => engine.sessionStore.byId('s'),
  () => engine.sessionStore.rotate('s', 0, NOON, NOON),
  () => engine.sessionStore.end('s', NOON),
  () => engine.sessionStore.endAll('u', NOON),
  () => engine.sessionStore.activeSessions('u', NOON),
  () => engine.sessionStore.endedSince(0),
  () => engine.roomStore.create(room, 1),
  () => engine.roomStore.byId('a'),
  () => engine.roomStore.update('a', DEFAULT_ROOM_SETTINGS),
  () => engine.roomStore.list(),
  () => engine.moodStore.add([chat(1)]),
  () => engine.moodStore.minutes('main', { start: 0, end: 1 }),
  () => engine.moodStore.hours('main', { start: 0, end: 1 }),
  () => engine.insightStore.put(insight('main:1', 1), 1),
  () => engine.insightStore.byId('main:1'),
  () => engine.insightStore.latest('main'),
  () => engine.insightStore.page('main', undefined, 1),
  () => engine.insightStore.schedule(),
  () => engine.insightStore.advance({ doneUntil: 1 }, 1),
  () => engine.userStore.claim('1', claim),
  () => engine.userStore.guests('', 1),
  () => engine.passwordResetStore.addToken({ hash: 'h', userId: 'u', expiresAt: NOON }, NOON),
  () => engine.passwordResetStore.findToken('h', NOON),
  () => engine.passwordResetStore.useToken('h', NOON),
  () => engine.passwordResetStore.enqueue(resetRequest, 1),
  () => engine.passwordResetStore.due(NOON, 1),
  () => engine.passwordResetStore.settle(resetRequest),
  () => engine.partitionStore.read(),
  () => engine.partitionStore.create({ first: 0, count: 16 }),
  () => engine.partitionStore.replace({ first: 0, count: 16 }, { first: 16, count: 4 }),
  () => engine.spendStore.add('2026-03-01', spend),
  () => engine.lease.acquire('writer', 'a', 1_000),
  () => engine.lease.release('writer', 'a'),
];

withServices(['mongo'], () => {
  let mongo: MongoService;
  let engine: MongoEngine;
  beforeEach(async () => {
    mongo = await MongoService.start();
  });
  afterEach(async () => {
    await engine.close();
    await mongo.stop();
  });
  const open = async () => {
    engine = await openMongo({ uri: mongo.empty(), logger: silentLogger });
    return engine;
  };

  const allUnavailable = async () => {
    const outcomes = await Promise.allSettled(calls(engine).map((call) => call()));
    const unavailable = { status: 'rejected', reason: { code: 'UNAVAILABLE', retryAfter: expect.any(Number) as number } };
    for (const outcome of outcomes) expect(outcome).toMatchObject(unavailable);
  };

  test('every method rejects with UNAVAILABLE while MongoDB is down at start, and works with indexes once it is up', async () => {
    await mongo.down();
    await open();
    expect(engine.isReady()).toBe(false);
    await allUnavailable();
    await mongo.up();
    await until(() => engine.isReady(), 'the store is connected');
    expect(await engine.userStore.create(user('1'))).toBe('created');
    expect(await engine.userStore.create(user('2', { usernameKey: 'user_1' }))).toBe('username-taken');
  });

  test('every method rejects with UNAVAILABLE while MongoDB restarts, and everything is stored once afterwards', async () => {
    await open();
    await engine.chatStore.insertBatch(chats(1, 50));
    await engine.userStore.create(user('1'));
    await mongo.down();
    await allUnavailable();
    await mongo.up();
    // Repeats a batch of which it is not known whether it was stored.
    await until(() => engine.chatStore.insertBatch(chats(1, 60)).then(() => true), 'the store is connected again');
    expect(await engine.chatStore.countByRoom('main', {}, 1_000)).toBe(60);
    expect(await engine.userStore.byId('1')).toEqual(user('1'));
  });

  test('methods reject with UNAVAILABLE while MongoDB does not answer, and everything is stored once afterwards', async () => {
    await open();
    await engine.chatStore.insertBatch(chats(1, 5));
    mongo.signal('SIGSTOP');
    const insert = engine.chatStore.insertBatch(chats(1, 20)).catch(() => undefined);
    const quick = calls(engine).filter((_, i) => i > 0 && i !== 26);
    const outcomes = await Promise.allSettled(quick.map((call) => call()));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } });
    mongo.signal('SIGCONT');
    await insert;
    await until(() => engine.chatStore.insertBatch(chats(6, 20)).then(() => true), 'the store is connected again');
    expect(await engine.chatStore.countByRoom('main', {}, 1_000)).toBe(20);
  });

  test('a chat that cannot be encoded is rejected, and the rest of its batch is stored', async () => {
    await open();
    const circular: unknown[] = [];
    circular.push(circular);
    const poison = chat(7, { emotions: circular as number[] });
    const batch = chats(1, 20).map((one) => (one.offset === 7 ? poison : one));
    const rejected = await engine.chatStore.insertBatch(batch);
    expect(rejected).toEqual([{ chat: poison, reason: expect.any(String) as string }]);
    expect(await engine.chatStore.countByRoom('main', {}, 100)).toBe(19);
  });

  test('a batch whose write concern failed rejects with UNAVAILABLE, also if every chat is a duplicate', async () => {
    await open();
    await engine.chatStore.insertBatch(chats(1, 2));
    const writeErrors = [0, 1].map((index) => ({ index, code: 11_000 }) as driver.WriteError);
    const error = new driver.MongoBulkWriteError({ message: 'E11000 duplicate key', code: 11_000, writeErrors }, {
      getWriteConcernError: () => ({ code: 64, errmsg: 'waiting for replication timed out' }),
    } as driver.BulkWriteResult);
    const insert = jest.spyOn(driver.Collection.prototype, 'insertMany').mockRejectedValueOnce(error);
    await expect(engine.chatStore.insertBatch(chats(1, 2))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(insert).toHaveBeenCalledTimes(1);
    insert.mockRestore();
    expect(await engine.chatStore.insertBatch(chats(1, 2))).toEqual([]);
  });

  test.each(['EPIPE', 'ECONNRESET'])('a batch that meets %s rejects with UNAVAILABLE and is not split', async (code) => {
    await open();
    const broken = Object.assign(new Error(`write ${code}`), { code, syscall: 'write', errno: -32 });
    const insert = jest.spyOn(driver.Collection.prototype, 'insertMany').mockRejectedValue(broken);
    await expect(engine.chatStore.insertBatch(chats(1, 4))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(insert).toHaveBeenCalledTimes(1);
    insert.mockRestore();
    const find = jest.spyOn(driver.Collection.prototype, 'find').mockImplementation(() => {
      throw broken;
    });
    await expect(engine.chatStore.byRoom('main', {}, 1, 'newest-first')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    find.mockRestore();
    expect(await engine.chatStore.insertBatch(chats(1, 4))).toEqual([]);
  });

  test('a batch that the server refuses as a whole is not split into dead letters', async () => {
    await open();
    const refused = new driver.MongoServerError({ message: 'not authorized on x to execute command', code: 13 });
    const insert = jest.spyOn(driver.Collection.prototype, 'insertMany').mockRejectedValue(refused);
    await expect(engine.chatStore.insertBatch(chats(1, 4))).rejects.toBe(refused);
    expect(insert).toHaveBeenCalledTimes(1);
    insert.mockRestore();
  });

  test('changes of log entries are merged by message, an erasure is kept, and those of a partition are read in pages', async () => {
    const { logChangeStore: changes } = await open();
    const authorship = { authorId: 'deleted', author: '(deleted)' };
    await changes.record({ id: 'b', partition: 0, hidden: true, at: 1 });
    await changes.record({ id: 'b', partition: 0, hidden: false, authorship, at: 2 });
    await changes.record({ id: 'a', partition: 0, hidden: false, authorship, at: 3 });
    await changes.record({ id: 'ab', partition: 5, hidden: true, at: 4 });
    expect(await changes.page(0, '', 1)).toEqual([{ id: 'a', partition: 0, hidden: false, authorship, at: 3 }]);
    expect(await changes.page(0, 'a', 10)).toEqual([{ id: 'b', partition: 0, hidden: true, authorship, at: 2 }]);
    expect(await changes.page(5, '', 10)).toEqual([{ id: 'ab', partition: 5, hidden: true, at: 4 }]);
    await changes.remove(['a', 'b']);
    expect(await changes.page(0, '', 10)).toEqual([]);
  });

  test('rejects another chat with an offset that is taken', async () => {
    await open();
    await engine.chatStore.insertBatch([chat(1)]);
    const other = chat(1, { id: 'other' });
    expect(await engine.chatStore.insertBatch([other, chat(2)])).toEqual([{ chat: other, reason: 'offset mismatch' }]);
    expect(await engine.chatStore.byRoom('main', {}, 10, 'oldest-first')).toEqual([chat(1), chat(2)]);
  });

  test('a dead letter whose offset another chat has is counted, and found by its id only', async () => {
    await open();
    await engine.chatStore.insertBatch(chats(1, 3));
    const other = chat(2, { id: 'other' });
    await engine.chatStore.addDeadLetter(other, 'offset mismatch');
    expect(await engine.chatStore.deadLetterCount()).toBe(1);
    expect(await engine.chatStore.byId('other')).toEqual(other);
    expect(await engine.chatStore.byRoom('main', {}, 10, 'oldest-first')).toEqual(chats(1, 3));
    expect(await engine.chatStore.countByAuthor('author-1', [{ before: 4 }])).toBe(3);
  });

  test('pages of an author are complete wherever dead letters are among the chats', async () => {
    await open();
    const set = new Set([1, 4, 5, 9, 12]);
    for (const one of chats(1, 12)) {
      if (set.has(one.offset)) await engine.chatStore.addDeadLetter(one, 'refused');
    }
    await engine.chatStore.insertBatch(chats(1, 12).filter(({ offset }) => !set.has(offset)));
    for (let skip = 0; skip <= 12; skip++) {
      for (const limit of [1, 3, 12]) {
        const page = await engine.chatStore.byAuthor('author-1', [{ before: 13 }], skip, limit);
        expect(page).toEqual(
          chats(1, 12)
            .reverse()
            .slice(skip, skip + limit),
        );
      }
    }
  });

  test('replaces the index of authors that earlier versions made', async () => {
    const uri = mongo.empty();
    const client = new driver.MongoClient(uri);
    const collection = client.db().collection('chats');
    await collection.createIndex({ authorId: 1, offset: 1 });
    engine = await openMongo({ uri, logger: silentLogger });
    await engine.chatStore.insertBatch(chats(1, 2));
    const names = (await collection.indexes()).map(({ name }) => name);
    await client.close();
    expect(names).toContain('authorId_1_sentAt_1_offset_1');
    expect(names).not.toContain('authorId_1_offset_1');
  });
});
