import type { RedisEngine } from '../../src/adapters/redis/open-redis';
import { aliasStoreContract } from '../contracts/alias-store-contract';
import { chatLogContract } from '../contracts/chat-log-contract';
import { closeRedisEngine, openRedisEngine, StoredChats } from '../support/redis-engine';
import { withServices } from '../support/services';

const MAX_BACKLOG = 40;

withServices(['redis'], (services) => {
  const start = async () => {
    const url = await services.redis.empty();
    const store = new StoredChats();
    const open = () => openRedisEngine(url, store, { logMaxBacklog: MAX_BACKLOG });
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

  chatLogContract('Redis', async () => {
    const { url, store, engine, close, reopen } = await start();
    return {
      port: engine().chatLog,
      maxBacklog: MAX_BACKLOG,
      reopen: async () => (await reopen()).chatLog,
      lose: async (storedUpTo) => {
        const { chatLog } = engine();
        const { epoch } = await chatLog.head();
        store.put((await chatLog.read({ epoch, offset: 0 }, storedUpTo)) ?? []);
        return (await reopen(() => services.redis.ask(url, (redis) => redis.flushdb()))).chatLog;
      },
      close,
    };
  });

  aliasStoreContract('Redis', async () => {
    const { engine, close, reopen } = await start();
    return { port: engine().aliasStore, reopen: async () => (await reopen()).aliasStore, close };
  });
});
