import { MAX_TOKENS, type PasswordResetStore, type ResetRequest } from '../../src/ports/password-reset-store';
import { NOON } from './samples';
import { eachTest, type MakeSubject } from './subject';

const HOUR_MS = 3_600_000;
const token = (hash: string, userId = 'u1', expiresAt = NOON + HOUR_MS) => ({ hash, userId, expiresAt });
const request = (userId: string, rest: Partial<ResetRequest> = {}): ResetRequest => ({
  ...{ userId, locale: 'ko', requestedAt: NOON, dueAt: NOON, failures: 0 },
  ...rest,
});

export function passwordResetStoreContract(name: string, make: MakeSubject<PasswordResetStore>): void {
  describe(`${name} as a PasswordResetStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('a token is found until it expires, also after a restart', async () => {
      await store().addToken(token('a'), NOON);
      const reopened = await subject().reopen();
      expect(await reopened.findToken('a', NOON + HOUR_MS - 1)).toBe('u1');
      expect(await reopened.findToken('a', NOON + HOUR_MS)).toBeUndefined();
      expect(await reopened.useToken('a', NOON + HOUR_MS)).toBeUndefined();
    });

    test('unknown, empty and very long hashes find nothing', async () => {
      await store().addToken(token('a'), NOON);
      for (const hash of ['', 'b', 'x'.repeat(70_000), '$ne']) {
        expect(await store().findToken(hash, NOON)).toBeUndefined();
        expect(await store().useToken(hash, NOON)).toBeUndefined();
      }
    });

    test('using a token removes all tokens of its account and none of another', async () => {
      await store().addToken(token('a'), NOON);
      await store().addToken(token('b'), NOON);
      await store().addToken(token('c', 'u2'), NOON);
      expect(await store().useToken('b', NOON)).toBe('u1');
      const reopened = await subject().reopen();
      for (const hash of ['a', 'b']) {
        expect(await reopened.findToken(hash, NOON)).toBeUndefined();
        expect(await reopened.useToken(hash, NOON)).toBeUndefined();
      }
      expect(await reopened.findToken('c', NOON)).toBe('u2');
    });

    test('of concurrent uses of the tokens of one account, one succeeds', async () => {
      await store().addToken(token('a'), NOON);
      await store().addToken(token('b'), NOON);
      const used = await Promise.all(['a', 'b', 'a', 'b', 'a'].map((hash) => store().useToken(hash, NOON)));
      expect(used.filter((userId) => userId === 'u1')).toHaveLength(1);
      expect(used.filter((userId) => userId === undefined)).toHaveLength(4);
    });

    test('concurrent additions are all kept', async () => {
      await Promise.all(['a', 'b', 'c', 'd'].map((hash) => store().addToken(token(hash), NOON)));
      for (const hash of ['a', 'b', 'c', 'd']) expect(await store().findToken(hash, NOON)).toBe('u1');
    });

    test('an account keeps its newest tokens, and expired ones of others are removed', async () => {
      await store().addToken(token('old', 'u2', NOON + 1), NOON);
      for (let i = 0; i <= MAX_TOKENS; i++) await store().addToken(token(`t${i}`, 'u1', NOON + HOUR_MS + i), NOON + 1);
      expect(await store().findToken('t0', NOON)).toBeUndefined();
      for (let i = 1; i <= MAX_TOKENS; i++) expect(await store().findToken(`t${i}`, NOON)).toBe('u1');
      expect(await store().findToken('old', NOON)).toBeUndefined();
    });

    test('due returns the requests whose time has come, the earliest first, also after a restart', async () => {
      await store().enqueue(request('u1', { dueAt: NOON + 2 }), 10);
      await store().enqueue(request('u2', { dueAt: NOON + 1, locale: 'en' }), 10);
      await store().enqueue(request('u3', { dueAt: NOON + 3 }), 10);
      const reopened = await subject().reopen();
      expect(await reopened.due(NOON + 2, 10)).toEqual([
        request('u2', { dueAt: NOON + 1, locale: 'en' }),
        request('u1', { dueAt: NOON + 2 }),
      ]);
      expect(await reopened.due(NOON + 3, 1)).toHaveLength(1);
      expect(await reopened.due(NOON, 10)).toEqual([]);
    });

    test('a request replaces the earlier one of its account', async () => {
      await store().enqueue(request('u1', { failures: 3 }), 10);
      await store().enqueue(request('u1', { requestedAt: NOON + 5, locale: 'en' }), 10);
      expect(await store().due(NOON, 10)).toEqual([request('u1', { requestedAt: NOON + 5, locale: 'en' })]);
    });

    test('a full queue accepts no account, also not one that is in it', async () => {
      expect(await store().enqueue(request('u1'), 2)).toBe(true);
      expect(await store().enqueue(request('u2'), 2)).toBe(true);
      expect(await store().enqueue(request('u3'), 2)).toBe(false);
      expect(await store().enqueue(request('u1', { failures: 9 }), 2)).toBe(false);
      expect(await store().due(NOON, 10)).toHaveLength(2);
      await store().settle(request('u1'));
      expect(await store().enqueue(request('u3'), 2)).toBe(true);
    });

    test('settle replaces or removes a request, unless a later one has replaced it', async () => {
      const [first, retry] = [request('u1'), request('u1', { dueAt: NOON + 9, failures: 1 })];
      await store().enqueue(first, 10);
      await store().settle(first, retry);
      expect(await store().due(NOON + 9, 10)).toEqual([retry]);
      const later = request('u1', { requestedAt: NOON + 1 });
      await store().enqueue(later, 10);
      await store().settle(retry);
      await store().settle(retry, retry);
      expect(await store().due(NOON + 9, 10)).toEqual([later]);
      await store().settle(later);
      expect(await store().due(NOON + 9, 10)).toEqual([]);
    });
  });
}
