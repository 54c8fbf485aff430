import { Redis } from 'ioredis';
import { MongoPartitionStore } from '../../src/adapters/mongo/mongo-partition-store';
import { openMongo } from '../../src/adapters/mongo/open-mongo';
import { repartition } from '../../src/app/commands/repartition';
import { openEngine } from '../../src/app/engine';
import { startApp } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { firstAbove } from '../../src/domain/partition';
import { encodeCursor } from '../../src/domain/position';
import { History } from '../../src/flow/history';
import { TailIndexes } from '../../src/flow/tail-index';
import { systemClock } from '../../src/ports/clock';
import type { Engine } from '../../src/ports/engine';
import { silentLogger } from '../../src/ports/logger';
import { appendAll, draft } from '../support/engine';
import { withServices } from '../support/services';

const ROOMS = ['main', 'a', 'b', 'c', 'd'];
const MESSAGES = 200;

withServices(['redis', 'mongo'], (services) => {
  const install = async () => {
    const REDIS_URL = await services.redis.empty();
    const env = { REDIS_URL, MONGODB_URI: services.mongo.empty(), JWT_SECRET: 'a secret of the tests, long enough for it' };
    const configOf = (partitions?: number) =>
      parseConfig({
        ...env,
        NODE_ENV: 'test',
        PORT: '0',
        WS_PORT: '0',
        ...(partitions && { LOG_PARTITIONS: String(partitions) }),
      });
    const withEngine = async <T>(work: (engine: Engine) => Promise<T>): Promise<T> => {
      const engine = await openEngine(configOf(), systemClock, silentLogger);
      try {
        return await work(engine);
      } finally {
        await engine.close();
      }
    };
    return { REDIS_URL, configOf, withEngine };
  };
  const fill = (engine: Engine) =>
    appendAll(
      engine.chatLog,
      Array.from({ length: MESSAGES }, (_, i) => draft({ room: ROOMS[i % ROOMS.length] ?? '' })),
    );
  const historyOf = ({ chatLog, chatStore }: Engine) => new History(chatLog, chatStore, new TailIndexes(chatLog));

  test('gives an installation more partitions and fewer, with every message once and in the order of its room', async () => {
    const { REDIS_URL, configOf, withEngine } = await install();
    const sent = await withEngine(fill);
    const cursors = await withEngine(({ chatLog }) =>
      Promise.all(ROOMS.map(async (room) => ({ room, ...(await chatLog.of(room).head()) }))),
    );
    for (const [count, first] of [
      [4, 1],
      [16, 5],
      [1, 21],
    ] as const) {
      expect(await repartition(configOf(count), silentLogger)).toEqual({ first, count });
      await withEngine(async (engine) => {
        const { chatLog, chatStore } = engine;
        expect(chatLog.partitions.map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, i) => first + i));
        expect(await chatStore.inOrder({}, 10_000)).toEqual(sent);
        const history = historyOf(engine);
        for (const cursor of cursors) {
          const { chats } = await history.chats(cursor.room, { first: 100, after: encodeCursor(cursor) });
          expect(chats.length).toBeGreaterThan(30);
          await expect(chatLog.of(cursor.room).read(cursor, 10)).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
        }
        const [again] = sent;
        if (again) expect(await chatLog.append({ ...again })).toEqual({ duplicate: true });
        sent.push(
          ...(
            await appendAll(
              chatLog,
              ROOMS.map((room) => draft({ room })),
            )
          ).sort((a, b) => a.offset - b.offset),
        );
        for (const { offset } of sent.slice(-ROOMS.length)) expect(firstAbove(offset) - 1).toBeGreaterThanOrEqual(first);
        const { chats } = await history.chats('main', { first: 100 });
        expect(chats.toReversed()).toEqual(sent.filter(({ room }) => room === 'main'));
      });
    }
    const redis = new Redis(REDIS_URL);
    const old = (await redis.keys('jb:{log*')).filter((key) => !key.startsWith('jb:{log21}'));
    redis.disconnect();
    expect(old).toEqual([]);
  }, 120_000);

  test('a repartition that is interrupted before the new partitions are recorded keeps servers from starting until it is repeated', async () => {
    const { configOf, withEngine } = await install();
    const sent = await withEngine(fill);
    const replace = jest.spyOn(MongoPartitionStore.prototype, 'replace').mockRejectedValueOnce(new Error('killed'));
    await expect(repartition(configOf(4), silentLogger)).rejects.toThrow('killed');
    replace.mockRestore();
    await expect(startApp(configOf(), silentLogger)).rejects.toThrow('run `repartition` again');
    expect(await repartition(configOf(4), silentLogger)).toEqual({ first: 1, count: 4 });
    expect(await withEngine(({ chatStore }) => chatStore.inOrder({}, 10_000))).toEqual(sent);
  }, 120_000);

  test('forgets the changes of the logs that it removes', async () => {
    const { configOf, withEngine } = await install();
    await withEngine(async (engine) => {
      const [chat] = await fill(engine);
      await engine.chatLog.erase(chat?.offset ?? 0);
    });
    await repartition(configOf(4), silentLogger);
    const mongo = await openMongo({ uri: configOf().MONGODB_URI ?? '', logger: silentLogger });
    expect(await mongo.logChangeStore.page(0, '', 10)).toEqual([]);
    const [first] = await mongo.chatStore.inOrder({}, 1);
    expect(first).toMatchObject({ hidden: true, text: '' });
    await mongo.close();
  }, 120_000);

  test('is refused while a process runs, without LOG_PARTITIONS, and on the embedded engine', async () => {
    const { configOf, withEngine } = await install();
    await withEngine(async () => {
      await expect(repartition(configOf(4), silentLogger)).rejects.toThrow('stop all of them first');
    });
    await expect(repartition(configOf(), silentLogger)).rejects.toThrow('LOG_PARTITIONS');
    await expect(repartition(parseConfig({ NODE_ENV: 'test' }), silentLogger)).rejects.toThrow('clustered engine');
  }, 120_000);
});
