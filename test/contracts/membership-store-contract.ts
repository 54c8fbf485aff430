import type { MembershipStore } from '../../src/ports/membership-store';
import { NOON } from './samples';
import { eachTest, type MakeSubject } from './subject';

const member = (userId: string, since = NOON, room = 'a') => ({ room, userId, role: 'MEMBER' as const, since });
const host = (userId: string, since = NOON, room = 'a') => ({ room, userId, role: 'HOST' as const, since });

export function membershipStoreContract(name: string, make: MakeSubject<MembershipStore>): void {
  describe(`${name} as a MembershipStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;
    /** Room a with the host h and these members. */
    const roomWith = async (...userIds: readonly string[]) => {
      await store().found('a', 'h', NOON);
      for (const userId of userIds) await store().join(member(userId));
    };

    test('a room has the first host that is named, once, also after a restart', async () => {
      expect(await store().found('a', 'u1', NOON)).toBe(true);
      expect(await store().found('a', 'u1', NOON + 1)).toBe(false);
      expect(await store().found('a', 'u2', NOON)).toBe(false);
      const reopened = await subject().reopen();
      expect(await reopened.find('a', 'u1')).toEqual(host('u1'));
      expect(await reopened.find('a', 'u2')).toBeUndefined();
      expect(await reopened.found('b', 'u2', NOON)).toBe(true);
    });

    test('joining again changes nothing', async () => {
      await roomWith('u1');
      expect(await store().join(member('u1', NOON + 1))).toBe('present');
      expect(await store().join(member('h', NOON + 1))).toBe('present');
      expect(await store().find('a', 'u1')).toEqual(member('u1'));
      expect(await store().find('a', 'h')).toEqual(host('h'));
      expect(await store().find('b', 'u1')).toBeUndefined();
    });

    test('a membership keeps the claim that it began with', async () => {
      await roomWith();
      await store().join({ ...member('u1'), claim: 'c1' });
      await store().setRole('a', 'u1', 'HOST', NOON + 1);
      const reopened = await subject().reopen();
      expect(await reopened.find('a', 'u1')).toEqual({ ...host('u1'), claim: 'c1' });
    });

    test('of concurrent joins of one account, one is the first', async () => {
      await roomWith();
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => store().join(member('u1'))));
      expect(outcomes.sort()).toEqual(['joined', 'present', 'present', 'present']);
    });

    test('a removed account cannot join until a host names it', async () => {
      await roomWith('u1');
      expect(await store().end('a', 'u1', true)).toBe('ended');
      expect(await store().end('a', 'u1', true)).toBe('absent');
      expect(await store().find('a', 'u1')).toBeUndefined();
      expect(await store().since('a', 'u1')).toBe(NOON);
      expect(await store().removedFrom('a')).toEqual([{ room: 'a', userId: 'u1', since: NOON }]);
      const reopened = await subject().reopen();
      expect(await reopened.join(member('u1'))).toBe('barred');
      expect(await reopened.setRole('a', 'u1', 'MEMBER', NOON + 5)).toEqual(member('u1', NOON + 5));
      expect(await reopened.find('a', 'u1')).toEqual(member('u1', NOON + 5));
      expect(await reopened.removedFrom('a')).toEqual([]);
      expect(await reopened.ofRoom('a', undefined, 9)).toEqual([host('h'), member('u1', NOON + 5)]);
    });

    test('an account that left can join again', async () => {
      await roomWith('u1');
      expect(await store().end('a', 'u1', false)).toBe('ended');
      expect(await store().join(member('u1', NOON + 1))).toBe('joined');
      expect(await store().ofUser('u1')).toEqual([member('u1', NOON + 1)]);
    });

    test('roles change, and an account without a membership has none', async () => {
      await roomWith('u1');
      expect(await store().setRole('a', 'u1', 'HOST', NOON + 1)).toEqual(host('u1'));
      expect(await store().setRole('a', 'h', 'MEMBER', NOON + 1)).toEqual(member('h'));
      expect(await store().setRole('a', 'u2', 'HOST', NOON)).toBeUndefined();
      expect(await store().find('a', 'u1')).toEqual(host('u1'));
    });

    test('the last host stays one', async () => {
      await roomWith('u1');
      expect(await store().setRole('a', 'h', 'MEMBER', NOON)).toBe('last-host');
      expect(await store().end('a', 'h', false)).toBe('last-host');
      expect(await store().end('a', 'h', true)).toBe('last-host');
      expect(await store().find('a', 'h')).toEqual(host('h'));
    });

    test('of hosts who all leave at once, one stays', async () => {
      const all = ['h', 'u1', 'u2', 'u3'];
      await roomWith('u1', 'u2', 'u3');
      for (const userId of all) await store().setRole('a', userId, 'HOST', NOON);
      const outcomes = await Promise.all(
        all.map((userId, i) => (i % 2 ? store().end('a', userId, false) : store().setRole('a', userId, 'MEMBER', NOON))),
      );
      expect(outcomes.filter((outcome) => outcome === 'last-host').length).toBeGreaterThanOrEqual(1);
      const left = await store().ofRoom('a', undefined, 9);
      expect(left.filter(({ role }) => role === 'HOST')).toHaveLength(1);
    });

    test('members are listed by the start of their membership, in pages', async () => {
      await roomWith();
      for (const [userId, since] of [
        ['u3', NOON + 3],
        ['u1', NOON + 2],
        ['u2', NOON + 2],
      ] as const)
        await store().join(member(userId, since));
      await store().join(member('u9', NOON, 'ab'));
      const ids = (list: readonly { userId: string }[]) => list.map(({ userId }) => userId);
      expect(ids(await store().ofRoom('a', undefined, 2))).toEqual(['h', 'u1']);
      expect(ids(await store().ofRoom('a', { userId: 'u1', since: NOON + 2 }, 9))).toEqual(['u2', 'u3']);
      expect(ids(await store().ofRoom('a', { userId: 'u3', since: NOON + 3 }, 9))).toEqual([]);
      expect(ids(await store().ofRoom('b', undefined, 9))).toEqual([]);
    });

    test('rooms of an account are listed newest membership first', async () => {
      await store().found('a', 'u1', NOON + 1);
      await store().found('b', 'h', NOON);
      await store().join(member('u1', NOON + 2, 'b'));
      expect(await store().ofUser('u1')).toEqual([member('u1', NOON + 2, 'b'), host('u1', NOON + 1)]);
      expect(await store().ofUser('u')).toEqual([]);
    });

    test('a deleted room has neither members nor removed accounts nor hosts', async () => {
      await roomWith('u1', 'u2');
      await store().found('ab', 'h', NOON);
      await store().end('a', 'u2', true);
      await store().removeRoom('a');
      expect(await store().ofRoom('a', undefined, 9)).toEqual([]);
      expect(await store().ofUser('h')).toEqual([host('h', NOON, 'ab')]);
      expect(await store().join(member('u2'))).toBe('joined');
      expect(await store().found('a', 'u1', NOON)).toBe(true);
    });
  });
}
