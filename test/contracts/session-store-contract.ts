import type { SessionStore } from '../../src/ports/session-store';
import { NOON, session } from './samples';
import { eachTest, type MakeSubject } from './subject';

export function sessionStoreContract(name: string, make: MakeSubject<SessionStore>): void {
  describe(`${name} as a SessionStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;
    const later = NOON + 500;

    test('a session is read as it was created', async () => {
      await store().create(session('s1'));
      expect(await store().byId('s1')).toEqual(session('s1'));
      expect(await store().byId('s2')).toBeUndefined();
    });

    test('a rotation increments the generation and extends the session', async () => {
      await store().create(session('s1'));
      const rotated = session('s1', { generation: 1, expiresAt: NOON + 9_000 });
      expect(await store().rotate('s1', 0, later, NOON + 9_000)).toEqual({ outcome: 'rotated', session: rotated });
      expect(await store().byId('s1')).toEqual(rotated);
      expect(await store().rotate('s1', 1, later, NOON + 9_000)).toMatchObject({
        outcome: 'rotated',
        session: { generation: 2 },
      });
    });

    test('a generation that is used again ends the session', async () => {
      await store().create(session('s1'));
      await store().rotate('s1', 0, later, NOON + 9_000);
      expect(await store().rotate('s1', 0, later + 1, NOON + 9_000)).toMatchObject({
        outcome: 'reused',
        session: { endedAt: later + 1 },
      });
      expect(await store().byId('s1')).toMatchObject({ endedAt: later + 1 });
      expect(await store().rotate('s1', 1, later + 2, NOON + 9_000)).toEqual({ outcome: 'invalid' });
      expect(await store().rotate('s1', 0, later + 3, NOON + 9_000)).toMatchObject({
        outcome: 'reused',
        session: { endedAt: later + 1 },
      });
      expect(await store().endedSince(later + 1)).toEqual(['s1']);
    });

    test('of two concurrent rotations of one generation, one succeeds and the other is a reuse', async () => {
      for (let round = 0; round < 20; round++) {
        const id = `s${round}`;
        await store().create(session(id));
        const outcomes = await Promise.all([
          store().rotate(id, 0, later, NOON + 9_000),
          store().rotate(id, 0, later, NOON + 9_000),
        ]);
        expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['reused', 'rotated']);
        expect(await store().byId(id)).toMatchObject({ endedAt: later });
      }
    });

    test('an expired, an ended and an unknown session cannot be rotated', async () => {
      await store().create(session('expired'));
      await store().create(session('ended'));
      await store().end('ended', later);
      expect(await store().rotate('expired', 0, NOON + 1_000, NOON + 9_000)).toEqual({ outcome: 'invalid' });
      expect(await store().rotate('ended', 0, later, NOON + 9_000)).toEqual({ outcome: 'invalid' });
      expect(await store().rotate('unknown', 0, later, NOON + 9_000)).toEqual({ outcome: 'invalid' });
    });

    test('a generation that was never given out cannot be rotated', async () => {
      await store().create(session('s1'));
      expect(await store().rotate('s1', 1, later, NOON + 9_000)).toEqual({ outcome: 'invalid' });
      expect(await store().byId('s1')).toEqual(session('s1'));
    });

    test('a session ends only once', async () => {
      await store().create(session('s1'));
      expect(await store().end('s1', later)).toBe(true);
      expect(await store().end('s1', later + 1)).toBe(false);
      expect(await store().byId('s1')).toEqual(session('s1', { endedAt: later }));
      expect(await store().end('unknown', later)).toBe(false);
    });

    test('endAll ends the active sessions of one user', async () => {
      await store().create(session('a'));
      await store().create(session('b'));
      await store().create(session('ended'));
      await store().create(session('expired', { expiresAt: NOON + 1 }));
      await store().create(session('other', { userId: 'user-10' }));
      await store().end('ended', NOON + 2);
      expect([...(await store().endAll('user-1', later))].sort()).toEqual(['a', 'b']);
      expect(await store().byId('a')).toMatchObject({ endedAt: later });
      expect(await store().byId('other')).toMatchObject({ endedAt: null });
      expect(await store().byId('ended')).toMatchObject({ endedAt: NOON + 2 });
      expect(await store().endAll('user-1', later)).toEqual([]);
      expect(await store().endAll('nobody', later)).toEqual([]);
    });

    test('endAll keeps the excepted session', async () => {
      for (const id of ['a', 'b', 'c']) await store().create(session(id));
      expect([...(await store().endAll('user-1', later, 'b'))].sort()).toEqual(['a', 'c']);
      expect(await store().byId('b')).toMatchObject({ endedAt: null });
    });

    test('activeSessions lists the active sessions of one user, oldest first', async () => {
      await store().create(session('young', { createdAt: NOON + 3 }));
      await store().create(session('old', { createdAt: NOON + 1 }));
      await store().create(session('ended'));
      await store().create(session('expired', { expiresAt: NOON + 1 }));
      await store().create(session('other', { userId: 'user-10' }));
      await store().end('ended', NOON + 2);
      expect(await store().activeSessions('user-1', later)).toEqual([
        session('old', { createdAt: NOON + 1 }),
        session('young', { createdAt: NOON + 3 }),
      ]);
      expect(await store().activeSessions('nobody', later)).toEqual([]);
    });

    test('endedSince lists the sessions that ended at a time or later', async () => {
      for (const [i, id] of ['a', 'b', 'c'].entries()) {
        await store().create(session(id));
        await store().end(id, NOON + i);
      }
      await store().create(session('open'));
      expect([...(await store().endedSince(NOON + 1))].sort()).toEqual(['b', 'c']);
      expect(await store().endedSince(NOON + 3)).toEqual([]);
      expect(await store().endedSince(0)).toHaveLength(3);
    });

    test('all data survive a restart', async () => {
      await store().create(session('a'));
      await store().create(session('b'));
      await store().rotate('a', 0, later, NOON + 9_000);
      await store().end('b', later);
      const reopened = await subject().reopen();
      expect(await reopened.byId('a')).toMatchObject({ generation: 1 });
      expect(await reopened.endedSince(later)).toEqual(['b']);
      expect(await reopened.endAll('user-1', later)).toEqual(['a']);
    });
  });
}
