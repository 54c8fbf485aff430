import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { draft, offsets } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';

describe('the log of LMDB', () => {
  let engine: LmdbEngine;
  beforeEach(async () => {
    engine = await openEngine();
  });
  afterEach(() => closeEngine(engine));

  test('an append resolves after the head has moved and every tail was told', async () => {
    const seen: number[] = [];
    await engine.chatLog.tail({ entries: (entries) => seen.push(...(offsets(entries) ?? [])), epoch: () => undefined });
    const told = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const appended = await engine.chatLog.append(draft(`a${i}`));
        return appended.duplicate ? false : seen.includes(appended.chat.offset);
      }),
    );
    expect(told).toEqual(told.map(() => true));
  });

  test('a listener that throws costs nobody an acknowledgement', async () => {
    const seen: number[] = [];
    await engine.chatLog.tail({
      entries: () => {
        throw new Error('a bug of the listener');
      },
      epoch: () => undefined,
    });
    await engine.chatLog.tail({ entries: (entries) => seen.push(...(offsets(entries) ?? [])), epoch: () => undefined });
    expect(await engine.chatLog.append(draft('a'))).toMatchObject({ duplicate: false });
    expect(seen).toEqual([1]);
  });

  test('a listener may stop another one, or itself, while it is told', async () => {
    const seen: string[] = [];
    const listen = (name: string, then: () => void) =>
      engine.chatLog.tail({
        entries: () => {
          seen.push(name);
          then();
        },
        epoch: () => undefined,
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

  test('one epoch of this installation is remembered by the store', async () => {
    const { epoch } = await engine.chatLog.head();
    expect(await engine.chatStore.hasEpoch(epoch)).toBe(true);
  });

  test('what the log has and the store has not is not in the store', async () => {
    await engine.chatLog.append(draft('a'));
    expect(await engine.chatStore.byId('a')).toBeUndefined();
  });
});
