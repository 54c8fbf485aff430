import { memoryRateLimiter } from '../../src/adapters/rates/memory-rate-limiter';
import { SendGuard, type Sending } from '../../src/flow/send-guard';

const much = { points: 100, seconds: 600 };
const refused: string[] = [];
const guard = new SendGuard({
  limiter: memoryRateLimiter((name) => refused.push(name)),
  claims: memoryRateLimiter(() => undefined),
  perUser: { name: 'user', ...much },
  perAddress: { name: 'address', ...much },
  sameText: { name: 'same-text', points: 1, seconds: 600 },
});
const sending = (userId: string, room: string, text: string, slowModeSeconds: number): Sending => ({
  viewer: { userId, username: userId, sessionId: 's', expiresAt: 0 },
  address: '192.0.2.1',
  room,
  text,
  slowModeSeconds,
});

test('slow mode refuses a second message of the author in the room within its time', async () => {
  await guard.admit(sending('mina', 'slow', 'one', 600));
  await expect(guard.admit(sending('mina', 'slow', 'two', 600))).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 600 });
  await guard.admit(sending('haru', 'slow', 'one', 600));
  await guard.admit(sending('mina', 'other', 'one', 600));
  await guard.admit(sending('mina', 'quick', 'one', 0));
  await guard.admit(sending('mina', 'quick', 'two', 0));
  expect(refused).toEqual(['slow-600']);
});

test('a message refused for another reason does not start the wait of slow mode', async () => {
  await guard.admit(sending('yuna', 'room', 'hello', 0));
  await expect(guard.admit(sending('yuna', 'room', 'hello', 600))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await guard.admit(sending('yuna', 'room', 'something else', 600));
});

test('a claim shows whether another process is sending the message', async () => {
  expect([await guard.claim('alone'), await guard.claim('alone')]).toEqual([true, true]);
  const [one, two] = [await guard.claim('both'), await guard.claim('both')];
  expect([one, two, await guard.claim('both')]).toEqual([true, true, false]);
});
