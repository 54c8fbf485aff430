import { ExpiredGuests } from '../accounts/expired-guests';
import { requestAccountErasure } from '../flow/account-erasure';
import type { History } from '../flow/history';
import { randomId } from '../ports/ids';
import type { Base } from './base';
import { repeatWork } from './repeat-work';

const CHECK_MS = 3_600_000;

/** The role worker: deletes guests whose accounts are no longer used. */
export function openExpiredGuests(base: Base, history: History, holder: string): void {
  const { config, engine, clock } = base;
  const { userStore: users, sessionStore: sessions, moderationStore: moderation, lease } = engine;
  const guests = new ExpiredGuests({
    ...{ users, sessions, lease, holder, clock, days: config.GUEST_DAYS },
    lastMessageAt: async (userId) => (await history.ownLog(userId, 1, 1)).items[0]?.sentAt,
    remove: ({ id: userId, username }) =>
      requestAccountErasure({ moderation, clock, newId: randomId, texts: 'keep' }, { userId, username }),
  });
  const failure = 'expired guests were not deleted; trying again';
  repeatWork(base, 'expired guests', CHECK_MS, (signal) => guests.run(signal), failure);
}
