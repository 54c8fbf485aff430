import { InProcessBus } from '../../src/adapters/in-process/bus';
import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { chatId, type Chat } from '../../src/domain/chat';
import { unavailable } from '../../src/domain/errors';
import { Feelings, type FeelingsDeps } from '../../src/flow/feelings';
import type { BusEvent } from '../../src/ports/bus';
import type { ChatLog } from '../../src/ports/chat-log';
import type { ChatStore } from '../../src/ports/chat-store';
import type { FeelingChangeStore } from '../../src/ports/feeling-change-store';
import type { MoodStore } from '../../src/ports/mood-store';
import { silentLogger } from '../../src/ports/logger';
import { appendAll, draft, openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { openAccess } from '../support/open-access';

const WINDOW_MS = 60_000;
const EVER = { start: 0, end: Number.MAX_SAFE_INTEGER };
const running = new AbortController().signal;
const author = { userId: 'author', username: 'mina', sessionId: 's1', expiresAt: 1 };

/** Two messages; the feeling of the first is changed. */
async function setup() {
  const engine = await openEngine();
  const [chat, other] = (await appendAll(engine.chatLog, [draft({ id: chatId('author', 'm1') }), draft()])) as [Chat, Chat];
  const published: BusEvent[] = [];
  const bus = new InProcessBus(silentLogger);
  bus.subscribe((event) => void published.push(event));
  let now = chat.sentAt;
  const feelings = (change: Partial<FeelingsDeps> = {}) =>
    new Feelings({
      ...{ log: engine.chatLog, store: engine.chatStore, moods: engine.moodStore, changes: engine.feelingChangeStore },
      ...{ access: openAccess(), bus, clock: { now: () => now }, logger: silentLogger, windowMs: WINDOW_MS },
      ...change,
    });
  return { engine, chat, other, published, feelings, setNow: (ms: number) => (now = ms) };
}

/** As the batch writer does. */
async function flush({ chatStore, moodStore, chatLog }: LmdbEngine, chats: readonly Chat[]): Promise<void> {
  await chatStore.insertBatch(chats);
  await moodStore.add(chats);
  await chatLog.of('main').commit(chats.at(-1)?.offset ?? 0, 1);
}

/** What log, store and mood say of the first message. */
async function states({ chatLog, chatStore, moodStore }: LmdbEngine, chat: Chat) {
  const found = await chatLog.find(chat.id);
  const [hour] = await moodStore.hours('main', EVER);
  const stored = await chatStore.byId(chat.id);
  return {
    log: found.state === 'present' ? found.chat.feeling : found.state,
    store: stored?.feeling,
    mood: hour?.sums,
    said: hour?.said,
  };
}

const HOPEFUL = { log: 'HOPE', store: 'HOPE', mood: [10, 0, 0, 100, 0, 0, 0, 0], said: 1 };

describe('setFeeling', () => {
  test('changes log, store, mood and the memory of all processes for a stored message', async () => {
    const { engine, chat, other, published, feelings } = await setup();
    await flush(engine, [chat, other]);
    expect(await feelings().set(author, chat.id, 'HOPE')).toEqual({ ...chat, feeling: 'HOPE', revision: 1 });
    expect(await states(engine, chat)).toEqual(HOPEFUL);
    const feeling = { offset: chat.offset, feeling: 'HOPE', revision: 1 };
    expect(published).toEqual([{ type: 'chat-changed', room: 'main', chatId: chat.id, feeling }]);
    expect(await engine.feelingChangeStore.pending(10)).toEqual([]);
  });

  test('stays when the writer stores the message afterwards in the form that it had read before', async () => {
    const { engine, chat, other, feelings } = await setup();
    await feelings().set(author, chat.id, 'HOPE');
    await flush(engine, [chat, other]);
    expect(await states(engine, chat)).toEqual(HOPEFUL);
  });

  test('null leaves the feeling to the model again, and the mood counts its reading', async () => {
    const { engine, chat, other, feelings } = await setup();
    await flush(engine, [chat, other]);
    await feelings().set(author, chat.id, 'HOPE');
    expect(await feelings().set(author, chat.id, null)).toEqual({ ...chat, revision: 2 });
    expect(await states(engine, chat)).toEqual({ log: null, store: null, mood: [20, 0, 0, 0, 0, 0, 0, 0], said: 0 });
  });

  test('of many concurrent changes one is the last, for log, store and mood alike', async () => {
    const { engine, chat, other, feelings } = await setup();
    const process = [feelings(), feelings()];
    const all = (['JOY', 'ANGER', 'HOPE', 'CALM'] as const).map((feeling, i) => process[i % 2]?.set(author, chat.id, feeling));
    await Promise.all([...all, flush(engine, [chat, other])]);
    const { log, store, mood, said } = await states(engine, chat);
    expect(store).toBe(log);
    const last = { JOY: 0, ANGER: 5, HOPE: 3, CALM: 2 }[log as 'JOY'];
    expect(mood).toEqual([10, 0, 0, 0, 0, 0, 0, 0].map((percent, i) => percent + (i === last ? 100 : 0)));
    expect(said).toBe(1);
    expect(await engine.feelingChangeStore.pending(10)).toEqual([]);
  });

  const failing = <T extends object>(port: T, name: keyof T): T =>
    faulty(port, (method) => (method === name ? unavailable('down') : undefined));
  test.each<[string, (engine: LmdbEngine) => Partial<FeelingsDeps>]>([
    ['the mood', ({ moodStore }) => ({ moods: failing<MoodStore>(moodStore, 'correct') })],
    ['the log', ({ chatLog }) => ({ log: failing<ChatLog>(chatLog, 'setFeeling') })],
    ['the insert', ({ chatStore }) => ({ store: failing<ChatStore>(chatStore, 'insertBatch') })],
    ['the store', ({ chatStore }) => ({ store: failing<ChatStore>(chatStore, 'setFeeling') })],
    ['the end', ({ feelingChangeStore }) => ({ changes: failing<FeelingChangeStore>(feelingChangeStore, 'end') })],
  ])('is completed by the worker if it is interrupted at %s', async (_, change) => {
    const { engine, chat, other, feelings } = await setup();
    await flush(engine, [chat, other]);
    await expect(feelings(change(engine)).set(author, chat.id, 'HOPE')).rejects.toMatchObject({
      ...{ code: 'UNAVAILABLE', stored: 'unknown' },
    });
    await feelings().run(running);
    expect(await states(engine, chat)).toEqual(HOPEFUL);
    expect(await engine.feelingChangeStore.pending(10)).toEqual([]);
  });

  test('changes nothing and says so if it cannot be recorded', async () => {
    const { engine, chat, other, feelings } = await setup();
    await flush(engine, [chat, other]);
    const store = failing<ChatLog>(engine.chatLog, 'find');
    await expect(feelings({ log: store }).set(author, chat.id, 'HOPE')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      stored: 'no',
    });
    await feelings().run(running);
    expect(await states(engine, chat)).toMatchObject({ log: null, said: 0 });
  });

  test('does not bring back a message that is erased while its change is pending', async () => {
    const { engine, chat, other, feelings } = await setup();
    await flush(engine, [chat, other]);
    await expect(
      feelings({ log: failing<ChatLog>(engine.chatLog, 'setFeeling') }).set(author, chat.id, 'HOPE'),
    ).rejects.toThrow();
    await engine.chatLog.erase(chat.offset);
    await engine.chatStore.erase(chat.offset);
    await feelings().run(running);
    expect(await engine.chatStore.byId(chat.id)).toMatchObject({ text: '', feeling: null, hidden: true });
    expect(await engine.feelingChangeStore.pending(10)).toEqual([]);
  });

  test('is FORBIDDEN for somebody else, NOT_FOUND for unknown and erased messages, and CONFLICT after the window', async () => {
    const { engine, chat, other, feelings, setNow } = await setup();
    const set = (userId: string, id: string) => feelings().set({ ...author, userId }, id, 'JOY');
    await expect(set('somebody', chat.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(set('author', 'unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await engine.chatLog.erase(other.offset);
    await expect(set('author', other.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    setNow(chat.sentAt + WINDOW_MS);
    await set('author', chat.id);
    setNow(chat.sentAt + WINDOW_MS + 1);
    await expect(set('author', chat.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
