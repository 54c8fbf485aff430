import { ExpiredGuests } from '../../src/accounts/expired-guests';
import { NOON, session, user } from '../contracts/samples';
import { openEngine } from '../support/engine';

const DAY_MS = 86_400_000;
const going = new AbortController().signal;

/** Guests who expire after 30 days, with the times of their newest messages. */
async function setup(messages: Record<string, number> = {}) {
  const engine = await openEngine({ clock: { now: () => NOON } });
  const { userStore: users, sessionStore: sessions, lease } = engine;
  const removed: string[] = [];
  const guests = (signal = going) =>
    new ExpiredGuests({
      ...{ users, sessions, lease, holder: 'one', clock: { now: () => NOON }, days: 30 },
      lastMessageAt: (id) => Promise.resolve(messages[id]),
      remove: ({ id }) => {
        removed.push(id);
        return Promise.resolve();
      },
    }).run(signal);
  const guest = (id: string, joinedAt = NOON - 90 * DAY_MS) => users.create(user(id, { passwordHash: null, joinedAt }));
  return { engine, guests, guest, removed };
}

test('removes guests without an open session and without a message of the last days', async () => {
  const { engine, guests, guest, removed } = await setup({ old: NOON - 30 * DAY_MS - 1, recent: NOON - 30 * DAY_MS, online: 1 });
  for (const id of ['silent', 'old', 'recent', 'online', 'expired']) await guest(id);
  await engine.userStore.create(user('member'));
  await engine.sessionStore.create(session('s1', { userId: 'online', expiresAt: NOON + 1 }));
  await engine.sessionStore.create(session('s2', { userId: 'expired', expiresAt: NOON }));
  await guests();
  expect(removed).toEqual(['expired', 'old', 'silent']);
});

test('keeps a guest who has just entered and whose session is not open yet', async () => {
  const { guests, guest, removed } = await setup();
  await guest('entering', NOON - 1_000);
  await guest('gone', NOON - DAY_MS);
  await guests();
  expect(removed).toEqual(['gone']);
});

test('looks at every page of guests', async () => {
  const { guests, guest, removed } = await setup();
  for (let i = 0; i < 205; i++) await guest(`guest-${i}`);
  await guests();
  expect(new Set(removed).size).toBe(205);
});

test('of several workers, the holder of the lease removes guests', async () => {
  const { engine, guests, guest, removed } = await setup();
  await guest('silent');
  await engine.lease.acquire('expired-guests', 'another', 60_000);
  await guests();
  expect(removed).toEqual([]);
  await engine.lease.release('expired-guests', 'another');
  await guests(AbortSignal.abort());
  expect(removed).toEqual([]);
  await guests();
  expect(removed).toEqual(['silent']);
});
