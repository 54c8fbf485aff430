import { AccountGuard } from '../../src/accounts/account-guard';
import { AccountSettings } from '../../src/accounts/account-settings';
import { Passwords } from '../../src/accounts/passwords';
import { Revocations } from '../../src/accounts/revocations';
import { InProcessBus } from '../../src/adapters/in-process/bus';
import { unavailable } from '../../src/domain/errors';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import { noRates } from '../../src/ports/rate-limiter';
import type { SessionStore } from '../../src/ports/session-store';
import type { UserStore } from '../../src/ports/user-store';
import { openEngine } from '../support/engine';
import { faulty } from '../support/faulty';

const NOW = systemClock.now();
const viewer = { userId: 'u1', username: 'mina', sessionId: 's1', expiresAt: NOW + 1e6 };
const OLD = 'old password 1';
const NEW = 'new password 2';

/** Settings on stores whose method named in `down` fails. */
async function setup() {
  const engine = await openEngine();
  const down = new Set<string>();
  const faults = (method: PropertyKey) => (down.has(String(method)) ? unavailable('the store is unavailable') : undefined);
  const users = faulty<UserStore>(engine.userStore, faults);
  const sessions = faulty<SessionStore>(engine.sessionStore, faults);
  const passwords = new Passwords(4);
  const revocations = new Revocations(sessions, new InProcessBus(silentLogger), systemClock, silentLogger, 1e6);
  const rate = { name: 'r', points: 1, seconds: 1 };
  const erasures: string[] = [];
  const settings = new AccountSettings({
    ...{ users, sessions, pushes: engine.pushStore, passwords, revocations, clock: systemClock },
    guard: new AccountGuard({
      limiter: noRates,
      rates: { login: rate, register: rate, refresh: rate, usernames: rate, resets: rate, guests: rate },
      freeTries: 5,
      maxDelaySeconds: 60,
    }),
    requestErasure: ({ userId }) => Promise.resolve(void erasures.push(userId)),
  });
  await engine.userStore.create({
    ...{ id: 'u1', username: 'mina', usernameKey: 'mina', email: null, emailKey: null, joinedAt: NOW },
    passwordHash: await passwords.hash(OLD),
  });
  for (const id of ['s1', 's2']) {
    await engine.sessionStore.create({ id, userId: 'u1', createdAt: NOW, generation: 1, expiresAt: NOW + 1e6, endedAt: null });
  }
  const isPassword = async (password: string) => passwords.verify(password, (await engine.userStore.byId('u1'))?.passwordHash);
  const active = async () => (await engine.sessionStore.activeSessions('u1', NOW)).map(({ id }) => id);
  return { settings, down, isPassword, active, revocations, erasures };
}

describe('changePassword', () => {
  test.each(['endAll', 'setPasswordHash'])('is completed by a retry after %s failed', async (method) => {
    const { settings, down, isPassword, active } = await setup();
    down.add(method);
    await expect(settings.changePassword(viewer, OLD, NEW)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    down.clear();
    await settings.changePassword(viewer, OLD, NEW);
    expect([await isPassword(NEW), await active()]).toEqual([true, ['s1']]);
  });

  test('leaves no other session active when the new password could not be stored', async () => {
    const { settings, down, active, revocations } = await setup();
    down.add('setPasswordHash');
    await expect(settings.changePassword(viewer, OLD, NEW)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect([await active(), revocations.has('s2'), revocations.has('s1')]).toEqual([['s1'], true, false]);
  });

  test('is completed by a retry when the new password is already stored', async () => {
    const { settings, isPassword, active } = await setup();
    await settings.changePassword(viewer, OLD, NEW);
    await settings.changePassword(viewer, OLD, NEW);
    await expect(settings.changePassword(viewer, OLD, 'another password 3')).rejects.toMatchObject({ field: 'currentPassword' });
    expect([await isPassword(NEW), await active()]).toEqual([true, ['s1']]);
  });
});

describe('deleteAccount', () => {
  test.each(['endAll', 'remove'])('is completed by a retry with the same token after %s failed', async (method) => {
    const { settings, down, active, revocations, erasures } = await setup();
    down.add(method);
    await expect(settings.deleteAccount(viewer, OLD)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(revocations.has('s1')).toBe(false);
    // The worker completes the deletion if nobody retries.
    expect(erasures).toEqual(['u1']);
    down.clear();
    await settings.deleteAccount(viewer, OLD);
    expect([await active(), revocations.has('s1'), revocations.has('s2')]).toEqual([[], true, true]);
  });

  test('is completed by a retry when the account is already deleted', async () => {
    const { settings, active, revocations } = await setup();
    await settings.deleteAccount(viewer, OLD);
    await settings.deleteAccount(viewer, OLD);
    expect([await active(), revocations.has('s1')]).toEqual([[], true]);
  });
});
