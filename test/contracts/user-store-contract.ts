import type { UserStore } from '../../src/ports/user-store';
import { user } from './samples';
import { eachTest, type MakeSubject } from './subject';

export function userStoreContract(name: string, make: MakeSubject<UserStore>): void {
  describe(`${name} as a UserStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('a user is found by id, username and e-mail, with all fields', async () => {
      const mina = user('1', {
        username: 'Mina_민아',
        usernameKey: 'mina_민아',
        email: 'Mina@Example.org',
        emailKey: 'mina@example.org',
      });
      expect(await store().create(mina)).toBe('created');
      expect(await store().byId('1')).toEqual(mina);
      expect(await store().byUsernameKey('mina_민아')).toEqual(mina);
      expect(await store().byEmailKey('mina@example.org')).toEqual(mina);
    });

    test('unknown, empty and very long keys find nobody', async () => {
      await store().create(user('1'));
      for (const key of ['', 'user_', 'user_11', 'x'.repeat(70_000), '가'.repeat(2_000), '\0', '__proto__', '$ne']) {
        expect(await store().byUsernameKey(key)).toBeUndefined();
        expect(await store().byEmailKey(key)).toBeUndefined();
        expect(await store().byId(key)).toBeUndefined();
      }
    });

    test('a taken username is reported before a taken e-mail, and nothing is stored', async () => {
      await store().create(user('1', { email: 'a@b.de', emailKey: 'a@b.de' }));
      expect(await store().create(user('2', { usernameKey: 'user_1', email: 'a@b.de', emailKey: 'a@b.de' }))).toBe(
        'username-taken',
      );
      expect(await store().create(user('3', { email: 'a@b.de', emailKey: 'a@b.de' }))).toBe('email-taken');
      expect(await store().byId('2')).toBeUndefined();
      expect(await store().byId('3')).toBeUndefined();
      expect(await store().byUsernameKey('user_3')).toBeUndefined();
      expect(await store().create(user('3'))).toBe('created');
    });

    test('several users can have no e-mail', async () => {
      expect(await store().create(user('1'))).toBe('created');
      expect(await store().create(user('2'))).toBe('created');
    });

    test('of several concurrent users with one username, one is created', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, i) => store().create(user(String(i), { usernameKey: 'same' }))),
      );
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'username-taken')).toHaveLength(9);
      const winner = outcomes.indexOf('created');
      expect((await store().byUsernameKey('same'))?.id).toBe(String(winner));
    });

    test('of several concurrent users with one e-mail, one is created', async () => {
      const email = { email: 'a@b.de', emailKey: 'a@b.de' };
      const outcomes = await Promise.all(Array.from({ length: 10 }, (_, i) => store().create(user(String(i), email))));
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
      expect((await store().byEmailKey('a@b.de'))?.id).toBe(String(outcomes.indexOf('created')));
    });

    test('setPasswordHash changes only the hash', async () => {
      await store().create(user('1'));
      expect(await store().setPasswordHash('1', 'new')).toBe(true);
      expect(await store().byId('1')).toEqual(user('1', { passwordHash: 'new' }));
      expect(await store().setPasswordHash('2', 'new')).toBe(false);
      expect(await store().byId('2')).toBeUndefined();
    });

    test('a removed user is not found, the username stays taken, and the e-mail becomes free', async () => {
      const email = { email: 'a@b.de', emailKey: 'a@b.de' };
      await store().create(user('1', email));
      expect(await store().isUsernameTaken('user_1')).toBe(true);
      expect(await store().remove('1')).toBe(true);
      expect(await store().remove('1')).toBe(false);
      const reopened = await subject().reopen();
      expect(await reopened.byId('1')).toBeUndefined();
      expect(await reopened.byUsernameKey('user_1')).toBeUndefined();
      expect(await reopened.byEmailKey('a@b.de')).toBeUndefined();
      expect(await reopened.setPasswordHash('1', 'new')).toBe(false);
      expect(await reopened.isUsernameTaken('user_1')).toBe(true);
      expect(await reopened.isUsernameTaken('user_2')).toBe(false);
      expect(await reopened.create(user('2', { usernameKey: 'user_1' }))).toBe('username-taken');
      expect(await reopened.create(user('3', email))).toBe('created');
    });

    test('guests pages through the accounts without a password, in order of their ids', async () => {
      for (const id of ['b', 'd', 'a', 'c']) await store().create(user(id, { passwordHash: null }));
      await store().create(user('e'));
      const reopened = await subject().reopen();
      expect(await reopened.guests('', 3)).toEqual(['a', 'b', 'c'].map((id) => user(id, { passwordHash: null })));
      expect((await reopened.guests('c', 3)).map(({ id }) => id)).toEqual(['d']);
      expect(await reopened.byUsernameKey('user_a')).toEqual(user('a', { passwordHash: null }));
      expect(await reopened.setPasswordHash('a', 'new')).toBe(false);
    });

    test('a claimed guest is a full account under its new name, and its former name is free', async () => {
      const claim = { username: 'Mina', usernameKey: 'mina', email: 'a@b.de', emailKey: 'a@b.de', passwordHash: 'hash' };
      await store().create(user('1', { passwordHash: null }));
      expect(await store().claim('1', claim)).toBe('claimed');
      const reopened = await subject().reopen();
      expect(await reopened.byUsernameKey('mina')).toEqual({ ...user('1'), ...claim });
      expect(await reopened.byEmailKey('a@b.de')).toEqual({ ...user('1'), ...claim });
      expect(await reopened.guests('', 10)).toEqual([]);
      expect(await reopened.claim('1', claim)).toBe('no-guest');
      expect(await reopened.create(user('2', { usernameKey: 'user_1' }))).toBe('created');
      expect(await reopened.remove('1')).toBe(true);
      expect(await reopened.isUsernameTaken('mina')).toBe(true);
    });

    test('a guest keeps its name in a claim, and takes none of another account', async () => {
      const claimOf = (usernameKey: string, emailKey: string | null = null) => ({
        ...{ username: usernameKey, usernameKey, email: emailKey, emailKey, passwordHash: 'hash' },
      });
      await store().create(user('1', { email: 'a@b.de', emailKey: 'a@b.de' }));
      await store().create(user('2', { passwordHash: null }));
      expect(await store().claim('2', claimOf('user_1', 'a@b.de'))).toBe('username-taken');
      expect(await store().claim('2', claimOf('user_2', 'a@b.de'))).toBe('email-taken');
      expect(await store().claim('1', claimOf('user_3'))).toBe('no-guest');
      expect(await store().claim('9', claimOf('user_9'))).toBe('no-guest');
      expect(await store().byId('2')).toEqual(user('2', { passwordHash: null }));
      expect(await store().claim('2', claimOf('user_2'))).toBe('claimed');
      expect((await store().byUsernameKey('user_2'))?.passwordHash).toBe('hash');
    });

    test('of several guests who claim one name at once, one gets it', async () => {
      for (let i = 0; i < 5; i++) await store().create(user(String(i), { passwordHash: null }));
      const claim = { username: 'Mina', usernameKey: 'mina', email: null, emailKey: null, passwordHash: 'hash' };
      const outcomes = await Promise.all(Array.from({ length: 5 }, (_, i) => store().claim(String(i), claim)));
      expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'username-taken')).toHaveLength(4);
      expect(await store().guests('', 10)).toHaveLength(4);
    });

    test('the name of a removed guest is free', async () => {
      await store().create(user('1', { passwordHash: null }));
      expect(await store().remove('1')).toBe(true);
      expect(await store().remove('1')).toBe(false);
      const reopened = await subject().reopen();
      expect(await reopened.isUsernameTaken('user_1')).toBe(false);
      expect(await reopened.guests('', 10)).toEqual([]);
      expect(await reopened.create(user('2', { usernameKey: 'user_1' }))).toBe('created');
    });

    test('names pages through all usernames once, including those of deleted accounts', async () => {
      for (let i = 0; i < 7; i++) await store().create(user(String(i)));
      await store().create(user('h', { username: '민아', usernameKey: '민아' }));
      await store().remove('3');
      const read: string[] = [];
      for (let after = ''; ;) {
        const page = await store().names(after, 3);
        expect(page.length).toBeLessThanOrEqual(3);
        for (const { id, usernameKey, user: found } of page) {
          read.push(id);
          expect(found).toEqual(id === '3' ? undefined : await store().byId(id));
          after = usernameKey;
        }
        if (page.length === 0) break;
      }
      expect(read.sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', 'h']);
    });

    test('all data survive a restart', async () => {
      await store().create(user('1', { email: 'a@b.de', emailKey: 'a@b.de' }));
      const reopened = await subject().reopen();
      expect(await reopened.byEmailKey('a@b.de')).toEqual(user('1', { email: 'a@b.de', emailKey: 'a@b.de' }));
      expect(await reopened.create(user('2', { usernameKey: 'user_1' }))).toBe('username-taken');
    });
  });
}
