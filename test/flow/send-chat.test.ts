import { chatId, type Chat } from '../../src/domain/chat';
import { DomainError, unavailable } from '../../src/domain/errors';
import type { Aliases } from '../../src/flow/aliases';
import { SendChat, type SendChatDeps, type SendChatInput } from '../../src/flow/send-chat';
import { SendGuard } from '../../src/flow/send-guard';
import { memoryRateLimiter } from '../../src/adapters/rates/memory-rate-limiter';
import type { ChatLog } from '../../src/ports/chat-log';
import type { RateLimiter } from '../../src/ports/rate-limiter';
import { openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { openAccess, publicRoom } from '../support/open-access';

const viewer = { userId: 'u1', username: 'mina', sessionId: 's1', expiresAt: 1 };
const input = { clientMessageId: 'm1', room: 'main', text: 'hello' };
const id = chatId('u1', 'm1');
const room = publicRoom();
const rate = { points: 1, seconds: 600 };

async function setup(change: (log: ChatLog) => Partial<SendChatDeps> = () => ({}), claims = memoryRateLimiter(() => undefined)) {
  const engine = await openEngine();
  const limiter = memoryRateLimiter(() => undefined);
  const guard = (claimed: RateLimiter) =>
    new SendGuard({
      ...{ limiter, claims: claimed },
      perUser: { name: 'user', ...rate },
      perAddress: { name: 'address', points: 100, seconds: 600 },
      sameText: { name: 'same-text', points: 100, seconds: 600 },
    });
  const sender = () =>
    new SendChat({
      log: engine.chatLog,
      store: engine.chatStore,
      access: openAccess(room),
      aliases: { authorIn: () => Promise.resolve('mina') } as unknown as Aliases,
      scorer: { model: 'none', scoredBy: 7, score: () => ({ scores: [], dominant: null }) },
      guard: guard(claims),
      mutes: { admit: () => undefined },
      words: { mask: (text) => text },
      isQuestion: (id) => Promise.resolve(id === 'question'),
      sharedByProcesses: true,
      ...change(engine.chatLog),
    });
  return {
    engine,
    send: (more: Partial<SendChatInput> = {}) => sender().send(viewer, '192.0.2.1', { ...input, ...more }),
    limiter,
  };
}

const failing = (method: keyof ChatLog, error: DomainError) => (log: ChatLog) => ({
  log: faulty<ChatLog>(log, (name) => (name === method ? error : undefined)),
});

test('stores the feeling that is said and the question that is answered, beside what the model reads', async () => {
  const { send, engine } = await setup(() => ({
    scorer: { model: 'none', scoredBy: 7, score: () => ({ scores: [1], dominant: 'JOY' }) },
  }));
  const sent = await send({ feeling: 'SADNESS', answers: 'question' });
  expect(sent).toMatchObject({ feeling: 'SADNESS', answers: 'question', emotions: [100, 0, 0, 0, 0, 0, 0, 0], dominant: 'JOY' });
  expect(await engine.chatLog.find(id)).toEqual({ state: 'present', chat: sent });
});

test('returns the first message when it is sent again with another feeling or answer', async () => {
  const { send } = await setup();
  const first = await send({ feeling: 'HOPE' });
  expect(await send({ feeling: 'ANGER' })).toEqual(first);
  expect(await send({ answers: 'unknown' })).toEqual(first);
  expect(first).toMatchObject({ feeling: 'HOPE', answers: null });
});

test('refuses an answer to something that is no question of the room', async () => {
  const { send, engine } = await setup();
  await expect(send({ answers: 'unknown' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'answers' });
  expect((await engine.chatLog.of('main').head()).offset).toBe(0);
});

describe('UNAVAILABLE of a send', () => {
  test.each<[string, (log: ChatLog) => Partial<SendChatDeps>, 'no' | 'unknown']>([
    ['the lookup of an earlier send fails', failing('find', unavailable('down')), 'unknown'],
    ['the log refuses the message', failing('append', new DomainError('UNAVAILABLE', 'full', { stored: 'no' })), 'no'],
    [
      'the answer of the log was lost',
      failing('append', new DomainError('UNAVAILABLE', 'lost', { stored: 'unknown' })),
      'unknown',
    ],
    ['the log does not say', failing('append', unavailable('down')), 'unknown'],
    [
      'the alias cannot be read',
      () => ({ aliases: { authorIn: () => Promise.reject(unavailable('down')) } as unknown as Aliases }),
      'no',
    ],
  ])('says what is known when %s', async (_, change, stored) => {
    const { send } = await setup(change);
    await expect(send()).rejects.toMatchObject({ code: 'UNAVAILABLE', stored, retryAfter: 5 });
  });
});

describe('a send that is refused by its rate', () => {
  test('looks once for an earlier send if no other process is sending the message', async () => {
    let lookups = 0;
    const { send, limiter } = await setup((log) => ({
      log: faulty<ChatLog>(log, (name) => {
        if (name === 'find') lookups++;
        return undefined;
      }),
    }));
    await limiter.consume({ name: 'user', ...rate }, 'u1');
    await expect(send()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(lookups).toBe(1);
  });

  test('gets the message that another process was sending at the same time', async () => {
    const claims = memoryRateLimiter(() => undefined);
    let appended: Promise<Chat> | undefined;
    const { engine, send, limiter } = await setup(
      (log) => ({
        log: faulty<ChatLog>(log, (name) => {
          // The other process appends after this one has looked for an earlier send.
          if (name === 'find') appended ??= Promise.resolve().then(other);
          return undefined;
        }),
      }),
      claims,
    );
    const other = async (): Promise<Chat> => {
      await claims.consume({ name: 'send-claim', points: 2, seconds: 1 }, id);
      await limiter.consume({ name: 'user', ...rate }, 'u1');
      await new Promise((resolve) => setTimeout(resolve, 20));
      const result = await engine.chatLog.append({
        ...{
          id,
          room: 'main',
          authorId: 'u1',
          author: 'mina',
          text: 'hello',
          emotions: [],
          dominant: null,
          feeling: null,
          answers: null,
        },
      });
      if (result.duplicate) throw new Error('appended twice');
      return result.chat;
    };
    expect(await send()).toEqual(await appended);
  });
});
