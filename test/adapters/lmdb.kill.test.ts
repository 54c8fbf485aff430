import { setTimeout as delay } from 'node:timers/promises';
import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { Chat } from '../../src/domain/chat';
import { closeEngine, openEngine } from '../support/engine';
import { seeded } from '../support/random';
import { tempDir } from '../support/temp-dir';
import { LmdbProcess } from './lmdb-process';

const SEED = Number(process.env['SEED'] ?? 20261122);
const ROUNDS = Number(process.env['ROUNDS'] ?? 4);

/** All messages: up to the committed offset from the store, above it from the log. */
async function everything({ chatLog, chatStore }: LmdbEngine): Promise<readonly Chat[]> {
  const committed = await chatLog.committed();
  const stored = await chatStore.byRoom('main', { before: committed + 1 }, Infinity, 'oldest-first');
  const tail = await chatLog.read({ epoch: (await chatLog.head()).epoch, offset: committed }, Infinity);
  if (!tail) throw new Error('the log was trimmed beyond what is committed');
  return [...stored, ...tail];
}

test(`kill -9 at random moments loses and duplicates no acknowledged message (seed ${SEED}, ${ROUNDS} rounds)`, async () => {
  const random = seeded(SEED);
  const dataDir = tempDir();
  const acked = new Map<string, number>();
  const epochs = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const child = LmdbProcess.start(dataDir, `r${round}`, 1 + Math.floor(random() * 40));
    expect(await child.answer()).toBe('open');
    await child.printed(2 + Math.floor(random() * 800));
    await delay(random() * 20);
    await child.kill();
    for (const [id, offset] of child.acks()) acked.set(id, offset);

    const engine = await openEngine({ dataDir });
    epochs.add((await engine.chatLog.head()).epoch);
    const chats = await everything(engine);
    expect(chats.map(({ offset }) => offset)).toEqual(chats.map((_, i) => i + 1));
    expect(chats).toHaveLength((await engine.chatLog.head()).offset);
    const byId = new Map(chats.map(({ id, offset }) => [id, offset]));
    expect(byId.size).toBe(chats.length);
    expect([...acked].filter(([id, offset]) => byId.get(id) !== offset)).toEqual([]);
    for (const { id } of chats.slice(-50)) expect((await engine.chatLog.find(id)).state).not.toBe('unknown');

    // A kill may come between storing and adding moods. Messages that are added again count once.
    await engine.moodStore.add(chats);
    const hours = await engine.moodStore.hours('main', { start: 0, end: Number.MAX_SAFE_INTEGER });
    expect(hours.reduce((sum, { count }) => sum + count, 0)).toBe(chats.length);
    await closeEngine(engine);
  }
  expect(epochs.size).toBe(1);
  expect(acked.size).toBeGreaterThan(ROUNDS);
}, 120_000);
