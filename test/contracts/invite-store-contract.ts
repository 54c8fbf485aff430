import type { Invite } from '../../src/domain/membership';
import type { InviteStore } from '../../src/ports/invite-store';
import { NOON } from './samples';
import { eachTest, type MakeSubject } from './subject';

const invite = (code: string, rest: Partial<Invite> = {}): Invite => ({
  ...{ code, room: 'a', createdBy: 'h', createdAt: NOON, expiresAt: NOON + 1_000 },
  ...rest,
});

export function inviteStoreContract(name: string, make: MakeSubject<InviteStore>): void {
  describe(`${name} as an InviteStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('an invitation is found until it expires, also after a restart', async () => {
      expect(await store().add(invite('AAAA', { usesLeft: 2 }))).toBe(true);
      expect(await store().add(invite('AAAA', { room: 'b' }))).toBe(false);
      const reopened = await subject().reopen();
      expect(await reopened.find('AAAA', NOON + 999)).toEqual(invite('AAAA', { usesLeft: 2 }));
      expect(await reopened.find('AAAA', NOON + 1_000)).toBeUndefined();
      expect(await reopened.use('AAAA', NOON + 1_000)).toBeUndefined();
    });

    test('unknown, empty and very long codes find nothing', async () => {
      await store().add(invite('AAAA'));
      for (const code of ['', 'BBBB', 'x'.repeat(70_000), '$ne']) {
        expect(await store().find(code, NOON)).toBeUndefined();
        expect(await store().use(code, NOON)).toBeUndefined();
        expect(await store().revoke(code)).toBe(false);
      }
    });

    test('of 20 concurrent uses of an invitation for five, five succeed', async () => {
      await store().add(invite('AAAA', { usesLeft: 5 }));
      const uses = await Promise.all(Array.from({ length: 20 }, () => store().use('AAAA', NOON)));
      expect(uses.filter((used) => used?.room === 'a')).toHaveLength(5);
      expect(await store().find('AAAA', NOON)).toBeUndefined();
      await store().giveBack('AAAA');
      expect(await store().find('AAAA', NOON)).toEqual(invite('AAAA', { usesLeft: 1 }));
    });

    test('an invitation without a limit is used any number of times', async () => {
      await store().add(invite('AAAA'));
      for (let i = 0; i < 3; i++) expect(await store().use('AAAA', NOON)).toEqual(invite('AAAA'));
      await store().giveBack('AAAA');
      expect(await store().find('AAAA', NOON)).toEqual(invite('AAAA'));
    });

    test('open invitations of a room are listed newest first', async () => {
      await store().add(invite('AAAA', { createdAt: NOON - 2 }));
      await store().add(invite('BBBB', { createdAt: NOON - 1, usesLeft: 1 }));
      await store().add(invite('CCCC', { createdAt: NOON, usesLeft: 1 }));
      await store().add(invite('DDDD', { room: 'ab' }));
      await store().use('BBBB', NOON);
      expect((await store().ofRoom('a', NOON)).map(({ code }) => code)).toEqual(['CCCC', 'AAAA']);
      expect(await store().ofRoom('a', NOON + 1_000)).toEqual([]);
    });

    test('a revoked invitation is gone, and those of a room can be revoked together', async () => {
      for (const code of ['AAAA', 'BBBB', 'CCCC']) await store().add(invite(code));
      await store().add(invite('DDDD', { room: 'b' }));
      expect(await store().revoke('AAAA')).toBe(true);
      expect(await store().revoke('AAAA')).toBe(false);
      await store().revokeAll('a');
      const reopened = await subject().reopen();
      for (const code of ['AAAA', 'BBBB', 'CCCC']) expect(await reopened.use(code, NOON)).toBeUndefined();
      expect(await reopened.find('DDDD', NOON)).toBeDefined();
    });
  });
}
