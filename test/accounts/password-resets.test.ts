import { AccountGuard } from '../../src/accounts/account-guard';
import { AccountService } from '../../src/accounts/account-service';
import { PasswordResets } from '../../src/accounts/password-resets';
import { Passwords } from '../../src/accounts/passwords';
import { Revocations } from '../../src/accounts/revocations';
import { ScreenTokens } from '../../src/accounts/screen-tokens';
import { Tokens } from '../../src/accounts/tokens';
import { InProcessBus } from '../../src/adapters/in-process/bus';
import { memoryRateLimiter } from '../../src/adapters/rates/memory-rate-limiter';
import { unavailable } from '../../src/domain/errors';
import { randomId } from '../../src/ports/ids';
import { silentLogger } from '../../src/ports/logger';
import type { PasswordResetStore } from '../../src/ports/password-reset-store';
import type { SessionStore } from '../../src/ports/session-store';
import type { UserStore } from '../../src/ports/user-store';
import { NOON, session, user } from '../contracts/samples';
import { openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { tokenIn } from '../support/mail-server';

const requester = { address: '192.0.2.1', viewer: null };
const admin = { userId: 'a', username: 'admin', sessionId: 's', expiresAt: NOON };
const NEW = 'new password 2';

/** Accounts on stores whose calls are recorded, and whose method named in `down` fails. */
async function setup({ sendsMail = true } = {}) {
  const clock = { at: NOON, now: () => clock.at };
  const engine = await openEngine({ clock });
  const calls: string[] = [];
  const down = new Set<string>();
  const watch = (method: PropertyKey) => {
    calls.push(String(method));
    return down.has(String(method)) ? unavailable('the store is unavailable') : undefined;
  };
  const users = faulty<UserStore>(engine.userStore, watch);
  const sessions = faulty<SessionStore>(engine.sessionStore, watch);
  const store = faulty<PasswordResetStore>(engine.passwordResetStore, watch);
  const passwords = new Passwords(4);
  const revocations = new Revocations(sessions, new InProcessBus(silentLogger), clock, silentLogger, 1e6);
  const rate = { name: 'r', points: 100, seconds: 60 };
  const guard = new AccountGuard({
    limiter: memoryRateLimiter(() => undefined),
    rates: { login: rate, register: rate, refresh: rate, usernames: rate, resets: rate, guests: rate },
    ...{ freeTries: 5, maxDelaySeconds: 60 },
  });
  const secrets: [string] = ['a secret of the tests, long enough'];
  const screens = new ScreenTokens(secrets, clock);
  const tokens = new Tokens({ secrets, accessTtlMs: 1e6, clock });
  const parts = { users, sessions, passwords, revocations, guard, clock, newId: randomId };
  const accounts = new AccountService({ ...parts, tokens, screens, refreshTtlMs: 1e7 });
  const resets = new PasswordResets({
    ...{ ...parts, resets: store, audit: engine.moderationStore, sendsMail },
    openSession: (record) => accounts.openSession(record),
  });
  await engine.userStore.create(user('1', { username: 'mina', usernameKey: 'mina', email: 'm@b.de', emailKey: 'm@b.de' }));
  await engine.userStore.create(user('2', { username: 'jun', usernameKey: 'jun' }));
  await engine.sessionStore.create(session('s1', { userId: '1', expiresAt: NOON + 1e8 }));
  const link = async (username = 'mina') => tokenIn((await resets.create(admin, username, 'http://wall')).url);
  const queue = async () => (await engine.passwordResetStore.due(Infinity, 100)).map(({ userId }) => userId);
  const isPassword = async (password: string) => passwords.verify(password, (await engine.userStore.byId('1'))?.passwordHash);
  const active = async () => (await engine.sessionStore.activeSessions('1', NOON)).map(({ id }) => id);
  return { engine, clock, resets, calls, down, link, queue, isPassword, active, revocations };
}

describe('a request for a mail', () => {
  test('queues the account by username and by e-mail address', async () => {
    for (const login of ['mina', ' MINA ', 'M@B.de']) {
      const { resets, queue } = await setup();
      await resets.request(login, 'ko', requester);
      expect(await queue()).toEqual(['1']);
    }
  });

  test('does the same work for an account, an unknown one, one without e-mail and one that asked too often', async () => {
    const { resets, calls, queue } = await setup();
    const workOf = async (login: string) => {
      calls.length = 0;
      await resets.request(login, 'ko', requester);
      return calls.join();
    };
    for (const login of ['mina', 'mina', 'mina', 'jun', 'nobody', 'mina'])
      expect(await workOf(login)).toBe('byUsernameKey,enqueue');
    expect((await queue()).sort()).toEqual(['-', '1']);
    for (const login of ['m@b.de', 'nobody@b.de']) expect(await workOf(login)).toBe('byEmailKey,enqueue');
  });

  test('queues one account at most three times an hour', async () => {
    const { resets, engine, queue } = await setup();
    const sent = async () => {
      await resets.request('mina', 'ko', requester);
      const isQueued = (await queue()).includes('1');
      for (const request of await engine.passwordResetStore.due(Infinity, 10)) await engine.passwordResetStore.settle(request);
      return isQueued;
    };
    expect([await sent(), await sent(), await sent(), await sent()]).toEqual([true, true, true, false]);
  });

  test('without a mail server reads and stores nothing', async () => {
    const { resets, calls, queue } = await setup({ sendsMail: false });
    await resets.request('mina', 'ko', requester);
    expect([calls, await queue()]).toEqual([[], []]);
  });

  test('fails alike for known and unknown accounts while the store is unavailable', async () => {
    const { resets, down } = await setup();
    down.add('enqueue');
    for (const login of ['mina', 'nobody'])
      await expect(resets.request(login, 'ko', requester)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('a link', () => {
  test('sets the password once, revokes all sessions and opens a new one', async () => {
    const { resets, link, isPassword, active, revocations } = await setup();
    const [token, other] = [await link(), await link()];
    const { user: owner } = await resets.reset(token, NEW, requester);
    expect([owner.username, await isPassword(NEW), revocations.has('s1')]).toEqual(['mina', true, true]);
    expect(await active()).toHaveLength(1);
    expect(await active()).not.toContain('s1');
    for (const used of [token, other])
      await expect(resets.reset(used, 'third password 3', requester)).rejects.toMatchObject({ field: 'token' });
    expect(await isPassword(NEW)).toBe(true);
  });

  test('is good for one hour', async () => {
    const { resets, link, clock } = await setup();
    const [first, second] = [await link(), await link()];
    clock.at += 3_600_000 - 1;
    await resets.reset(first, NEW, requester);
    const late = await link();
    clock.at += 3_600_000;
    for (const token of [second, late])
      await expect(resets.reset(token, NEW, requester)).rejects.toMatchObject({ field: 'token' });
  });

  test('of two uses at once, one succeeds', async () => {
    const { resets, link } = await setup();
    const token = await link();
    const uses = await Promise.allSettled(['first pass 1', 'second pass 2'].map((next) => resets.reset(token, next, requester)));
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('is not used up by a password that breaks the rule', async () => {
    const { resets, link, active } = await setup();
    const token = await link();
    for (const bad of ['short1', 'no digits here', '12345678', 'a1'.repeat(37)])
      await expect(resets.reset(token, bad, requester)).rejects.toMatchObject({ field: 'newPassword' });
    expect(await active()).toEqual(['s1']);
    await resets.reset(token, NEW, requester);
  });

  test.each(['endAll', 'findToken'])('is not used up when %s fails', async (method) => {
    const { resets, link, down, isPassword } = await setup();
    const token = await link();
    down.add(method);
    await expect(resets.reset(token, NEW, requester)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    down.clear();
    await resets.reset(token, NEW, requester);
    expect(await isPassword(NEW)).toBe(true);
  });

  test('of a deleted account does nothing', async () => {
    const { resets, link, engine } = await setup();
    const token = await link();
    await engine.userStore.remove('1');
    await expect(resets.reset(token, NEW, requester)).rejects.toMatchObject({ field: 'token' });
  });

  test('by an administrator is in the audit log before it exists', async () => {
    const { resets, engine, link, down } = await setup();
    down.add('addToken');
    await expect(link()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await engine.moderationStore.auditEntries(undefined, 10)).toMatchObject([
      { actorId: 'a', actor: 'admin', action: 'CREATE_PASSWORD_RESET', subject: '', details: 'mina', at: NOON },
    ]);
    down.clear();
    await expect(resets.create(admin, 'nobody', 'http://wall')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await engine.moderationStore.auditEntries(undefined, 10)).toHaveLength(1);
  });
});
