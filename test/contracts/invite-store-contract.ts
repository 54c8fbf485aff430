import type { Invite } from '../../src/domain/membership';
import type { InviteStore } from '../../src/ports/invite-store';
import { NOON } from './samples';
import { eachTest, type MakeSubject } from './subject';

const claimBy = (userId: string, at = NOON, id = `claim of ${userId}`) => ({ id, userId, at });
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
      expect(await reopened.claim('AAAA', claimBy('u1', NOON + 1_000))).toBeUndefined();
    });

    test('unknown, empty and very long codes find nothing', async () => {
      await store().add(invite('AAAA'));
      for (const code of ['', 'BBBB', 'x'.repeat(70_000), '$ne']) {
        expect(await store().find(code, NOON)).toBeUndefined();
        expect(await store().claim(code, claimBy('u1'))).toBeUndefined();
        await store().settle(code, 'claim of u1', false);
        expect(await store().revoke(code)).toBe(false);
      }
    });

    test('of 20 accounts that claim an invitation for five at once, five may join', async () => {
      await store().add(invite('AAAA', { usesLeft: 5 }));
      const claims = await Promise.all(Array.from({ length: 20 }, (_, i) => store().claim('AAAA', claimBy(`u${i}`))));
      const claimed = claims.flatMap((claim) => claim?.id ?? []);
      expect(claimed).toHaveLength(5);
      expect((await store().find('AAAA', NOON))?.usesLeft).toBe(0);
      for (const id of claimed) await store().settle('AAAA', id, true);
      expect(await store().find('AAAA', NOON)).toEqual(invite('AAAA', { usesLeft: 0 }));
      expect(await store().claim('AAAA', claimBy('late'))).toBeUndefined();
    });

    test('an account that claims again has one claim, which is kept until it is settled', async () => {
      await store().add(invite('AAAA', { usesLeft: 2 }));
      const claims = await Promise.all(['a', 'b', 'c'].map((id) => store().claim('AAAA', claimBy('u1', NOON, id))));
      const first = claims[0] ?? claimBy('nobody');
      expect(claims).toEqual([first, first, first]);
      await store().claim('AAAA', claimBy('u2', NOON + 1));
      const reopened = await subject().reopen();
      const claimed = [first, claimBy('u2', NOON + 1)];
      expect(await reopened.find('AAAA', NOON)).toEqual(invite('AAAA', { usesLeft: 0, claims: claimed }));
      expect(await reopened.claim('AAAA', claimBy('u1', NOON + 2, 'd'))).toEqual(first);
      expect(await reopened.claim('AAAA', claimBy('u3'))).toBeUndefined();
      await reopened.settle('AAAA', first.id, false);
      expect(await reopened.find('AAAA', NOON)).toEqual(invite('AAAA', { usesLeft: 1, claims: claimed.slice(1) }));
      for (const used of [false, true]) await reopened.settle('AAAA', first.id, used);
      await reopened.settle('AAAA', 'claim of u2', true);
      expect(await reopened.find('AAAA', NOON)).toEqual(invite('AAAA', { usesLeft: 1 }));
    });

    test('an invitation without a limit is used any number of times', async () => {
      await store().add(invite('AAAA'));
      for (let i = 0; i < 3; i++) expect(await store().claim('AAAA', claimBy(`u${i}`))).toEqual(claimBy(`u${i}`));
      await store().settle('AAAA', 'claim of u0', false);
      expect(await store().find('AAAA', NOON)).toEqual(invite('AAAA'));
    });

    test('open invitations of a room are listed newest first', async () => {
      await store().add(invite('AAAA', { createdAt: NOON - 2 }));
      await store().add(invite('BBBB', { createdAt: NOON - 1, usesLeft: 1 }));
      await store().add(invite('CCCC', { createdAt: NOON, usesLeft: 1 }));
      await store().add(invite('DDDD', { room: 'ab' }));
      await store().claim('BBBB', claimBy('u1'));
      expect((await store().ofRoom('a', NOON)).map(({ code }) => code)).toEqual(['CCCC', 'BBBB', 'AAAA']);
      await store().settle('BBBB', 'claim of u1', true);
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
      for (const code of ['AAAA', 'BBBB', 'CCCC']) expect(await reopened.claim(code, claimBy('u1'))).toBeUndefined();
      expect(await reopened.find('DDDD', NOON)).toBeDefined();
    });
  });
}
