import type { RedisEngine } from '../../src/adapters/redis/open-redis';
import { ONE_PARTITION } from '../../src/domain/partition';
import { aliasStoreContract } from '../contracts/alias-store-contract';
import { chatLogContract } from '../contracts/chat-log-contract';
import { closeRedisEngine, openRedisEngine, StoredChats } from '../support/redis-engine';
import { withServices } from '../support/services';

const MAX_BACKLOG = 40;

withServices(['redis'], (services) => {
  const start = async (partitions = ONE_PARTITION) => {
    const url = await services.redis.empty();
    const store = new StoredChats();
    const findPartitions = () => Promise.resolve(partitions);
    const open = () => openRedisEngine(url, store, { logMaxBacklog: MAX_BACKLOG, findPartitions });
    let engine = await open();
    return {
      url,
      store,
      engine: () => engine,
      close: () => closeRedisEngine(engine),
      reopen: async (meanwhile?: () => Promise<unknown>): Promise<RedisEngine> => {
        await closeRedisEngine(engine);
        await meanwhile?.();
        engine = await open();
        return engine;
      },
    };
  };

  for (const partitions of [ONE_PARTITION, { first: 0, count: 4 }, { first: 7, count: 4 }]) {
    chatLogContract(`Redis with partitions ${JSON.stringify(partitions)}`, async () => {
      const { url, store, engine, close, reopen } = await start(partitions);
      return {
        port: engine().chatLog,
        maxBacklog: MAX_BACKLOG,
        reopen: async () => (await reopen()).chatLog,
        lose: async (stored) => {
          const log = engine().chatLog.of('main');
          const { epoch } = await log.head();
          store.put((await log.read({ epoch, offset: log.band.base }, stored)) ?? []);
          return (await reopen(() => services.redis.ask(url, (redis) => redis.flushdb()))).chatLog;
        },
        close,
      };
    });
  }

  aliasStoreContract('Redis', async () => {
    const { engine, close, reopen } = await start();
    return { port: engine().aliasStore, reopen: async () => (await reopen()).aliasStore, close };
  });
});
