import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { draft, offsets } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';
import { follow } from '../support/follow';

describe('LMDB log', () => {
  let engine: LmdbEngine;
  beforeEach(async () => {
    engine = await openEngine();
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

  test('the store knows the epoch of the log', async () => {
    const { epoch } = await engine.chatLog.head();
    expect(await engine.chatStore.hasEpoch(epoch)).toBe(true);
  });

  test('the store does not find a message that only the log has', async () => {
    await engine.chatLog.append(draft('a'));
    expect(await engine.chatStore.byId('a')).toBeUndefined();
  });
});
