import { requestAccountErasure } from '../../src/flow/account-erasure';
import { openEngine } from '../support/engine';

const viewer = { userId: 'u1', username: 'mina', sessionId: 's1', expiresAt: 1 };

test('records the erasure and one audit entry, and keeps the first pseudonym when it is requested again', async () => {
  const { moderationStore: moderation } = await openEngine();
  let ids = 0;
  const deps = { moderation, clock: { now: () => 7 }, newId: () => `id${++ids}`, texts: 'keep' as const };
  await requestAccountErasure(deps, viewer);
  await requestAccountErasure(deps, viewer);
  expect(await moderation.pendingErasures(10)).toEqual([
    { id: 'account.u1', at: 7, actorId: 'u1', actor: 'mina', kind: 'account', pseudonym: 'deleted-id1', texts: 'keep' },
  ]);
  expect(await moderation.auditEntries(undefined, 10)).toMatchObject([
    { action: 'DELETE_ACCOUNT', actorId: 'u1', actor: 'mina', subject: '', details: 'keep' },
  ]);
});
