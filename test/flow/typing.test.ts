import { DomainError } from '../../src/domain/errors';
import { Typing, type TypingDeps } from '../../src/flow/typing';
import type { BusEvent } from '../../src/ports/bus';
import { openAccess, publicRoom } from '../support/open-access';

const viewer = { userId: 'u1', username: 'mina', sessionId: 's1', expiresAt: 1 };

function typingWith(change: Partial<TypingDeps> = {}): { typing: Typing; published: BusEvent[] } {
  const published: BusEvent[] = [];
  const typing = new Typing({
    access: openAccess(publicRoom({ anonymous: true })),
    aliases: { authorIn: () => Promise.resolve('quiet otter') },
    bus: { publish: (event) => void published.push(event) },
    limiter: { consume: () => Promise.resolve() },
    perUser: { name: 'typing', points: 1, seconds: 1 },
    ...change,
  });
  return { typing, published };
}

test('announces the session that is typing under its alias in the room', async () => {
  const { typing, published } = typingWith();
  await typing.set(viewer, 'main', true);
  expect(published).toEqual([{ type: 'typing', room: 'main', memberId: 's1', author: 'quiet otter', typing: true }]);
});

test('announces nothing beyond the rate or in an unknown room', async () => {
  for (const change of [
    { limiter: { consume: () => Promise.reject(new DomainError('RATE_LIMITED')) } },
    { access: { ...openAccess(), requireReader: () => Promise.reject(new DomainError('NOT_FOUND')) } },
  ]) {
    const { typing, published } = typingWith(change);
    await expect(typing.set(viewer, 'main', true)).rejects.toThrow(DomainError);
    expect(published).toEqual([]);
  }
});
