import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { Chat } from '../../src/domain/chat';
import { draft, offsets } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';
import { follow } from '../support/follow';
import { tempDir } from '../support/temp-dir';

let dataDir: string;
async function restarted(engine: LmdbEngine): Promise<LmdbEngine> {
  await closeEngine(engine);
  return openEngine({ dataDir });
}

describe('LMDB log', () => {
  let engine: LmdbEngine;
  beforeEach(async () => {
    dataDir = tempDir();
    engine = await openEngine({ dataDir });
  });
  afterEach(() => closeEngine(engine));

  test('an append resolves after the head has moved and every tail was called', async () => {
    const seen: number[] = [];
    await follow(engine.chatLog, ['main'], (entries) => void seen.push(...(offsets(entries) ?? [])));
    const delivered = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const appended = await engine.chatLog.append(draft(`a${i}`));
        return appended.duplicate ? false : seen.includes(appended.chat.offset);
      }),
    );
    expect(delivered).toEqual(delivered.map(() => true));
  });

  test('an append resolves and other tails are called when a listener throws', async () => {
    const seen: number[] = [];
    await follow(engine.chatLog, ['main'], () => {
      throw new Error('a bug of the listener');
    });
    await follow(engine.chatLog, ['main'], (entries) => void seen.push(...(offsets(entries) ?? [])));
    expect(await engine.chatLog.append(draft('a'))).toMatchObject({ duplicate: false });
    expect(seen).toEqual([1]);
  });

  test('a listener can stop itself or another one while it is called', async () => {
    const seen: string[] = [];
    const listen = (name: string, then: () => void) =>
      follow(engine.chatLog, ['main'], () => {
        seen.push(name);
        then();
      });
    const first = await listen('first', () => {
      first.stop();
      second.stop();
    });
    const second = await listen('second', () => undefined);
    await listen('third', () => undefined);
    await engine.chatLog.append(draft('a'));
    await engine.chatLog.append(draft('b'));
    expect(seen).toEqual(['first', 'third', 'third']);
  });

  test('an id that find did not find is appended once, also when its entry is settled between two appends', async () => {
    const { chatLog } = engine;
    expect(await chatLog.find('a')).toEqual({ state: 'unknown' });
    const [first] = await Promise.all([chatLog.append(draft('a')), chatLog.find('a'), chatLog.find('a')]);
    expect(first).toMatchObject({ duplicate: false });
    await chatLog.commit(1, 1);
    expect(await chatLog.append(draft('a'))).toEqual({ duplicate: true });
    expect((await chatLog.head()).offset).toBe(1);
  });

  test('the store knows the epoch of the log', async () => {
    const { epoch } = await engine.chatLog.head();
    expect(await engine.chatStore.hasEpoch(epoch)).toBe(true);
  });

  test('the store does not find a message that only the log has', async () => {
    await engine.chatLog.append(draft('a'));
    expect(await engine.chatStore.byId('a')).toBeUndefined();
  });

  describe('with messages that the store has', () => {
    const store = async (upTo: number): Promise<Chat[]> => {
      const { chatLog, chatStore } = engine;
      const { epoch } = await chatLog.head();
      const chats = (await chatLog.read({ epoch, offset: await chatLog.committed() }, upTo)) ?? [];
      expect(await chatStore.insertBatch(chats)).toEqual([]);
      expect(await chatLog.commit(upTo, 1)).toBe(true);
      return [...chats];
    };
    const append = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await engine.chatLog.append(draft(`s${i}`));
    };

    test('reads them like others, also after a restart', async () => {
      await append(6);
      const chats = await store(4);
      const read = async ({ chatLog }: LmdbEngine) => {
        const { epoch } = await chatLog.head();
        return [
          await chatLog.read({ epoch, offset: 0 }, 4),
          (await chatLog.readBack(5, 10)).toReversed(),
          await Promise.all(chats.map(async ({ id }) => ((await chatLog.find(id)) as { chat?: Chat }).chat)),
        ];
      };
      expect(await read(engine)).toEqual([chats, chats, chats]);
      expect(offsets(await engine.chatLog.readBack(Infinity, 10))).toEqual([6, 5, 4, 3, 2, 1]);
      engine = await restarted(engine);
      expect(await read(engine)).toEqual([chats, chats, chats]);
      expect(offsets(await engine.chatLog.readBack(Infinity, 3))).toEqual([6, 5, 4]);
    });

    test('keeps them once', async () => {
      await append(3);
      await store(2);
      await engine.chatStore.rename(1, { authorId: 'gone', author: 'nobody' });
      expect(await engine.chatLog.readBack(2, 1)).toMatchObject([{ authorId: 'gone' }]);
    });

    test('a change of the log changes what the store has', async () => {
      await append(3);
      await store(3);
      const { chatLog, chatStore } = engine;
      await chatLog.rename(1, { authorId: 'gone', author: 'nobody' });
      await chatLog.setFeeling(2, { feeling: 'JOY', revision: 1 });
      await chatLog.erase(3);
      const changed = [{ authorId: 'gone' }, { feeling: 'JOY' }, { hidden: true, text: '' }];
      expect(await chatLog.read({ ...(await chatLog.head()), offset: 0 }, 3)).toMatchObject(changed);
      expect(await chatStore.inOrder({}, 3)).toMatchObject(changed);
      expect(offsets(await chatStore.byAuthor('gone', [{}], 0, 10))).toEqual([1]);
    });

    test('trims them like others and leaves them in the store', async () => {
      await append(6);
      const [first] = await store(4);
      const { chatLog, chatStore } = engine;
      await chatLog.trim(3, 0);
      const { epoch } = await chatLog.head();
      expect(await chatLog.read({ epoch, offset: 2 }, 10)).toBeUndefined();
      expect(offsets(await chatLog.read({ epoch, offset: 3 }, 10))).toEqual([4, 5, 6]);
      expect(offsets(await chatLog.readBack(Infinity, 10))).toEqual([6, 5, 4]);
      expect(await chatLog.find(first?.id ?? '')).toEqual({ state: 'trimmed' });
      await chatLog.erase(1);
      expect(await chatStore.inOrder({}, 1)).toEqual([first]);
      await chatLog.trim(10, Date.now() + 1e12);
      expect(offsets(await chatLog.readBack(Infinity, 10))).toEqual([6, 5]);
    });
  });
});
