import { ExpiredGuests } from '../accounts/expired-guests';
import { requestAccountErasure } from '../flow/account-erasure';
import type { History } from '../flow/history';
import { randomId } from '../ports/ids';
import { repeatUntil } from '../util/repeat';
import type { Base } from './base';

const CHECK_MS = 3_600_000;

/** The role worker: deletes guests whose accounts are no longer used. */
export function openExpiredGuests({ config, engine, clock, logger, releasers }: Base, history: History, holder: string): void {
  const { userStore: users, sessionStore: sessions, moderationStore: moderation, lease } = engine;
  const guests = new ExpiredGuests({
    ...{ users, sessions, lease, holder, clock, days: config.GUEST_DAYS },
    lastMessageAt: async (userId) => (await history.ownLog(userId, 1, 1)).items[0]?.sentAt,
    remove: ({ id: userId, username }) =>
      requestAccountErasure({ moderation, clock, newId: randomId, texts: 'keep' }, { userId, username }),
  });
  const { signal } = releasers;
  const running = repeatUntil(
    signal,
    CHECK_MS,
    () => guests.run(signal),
    (err) => {
      logger.warn({ err }, 'expired guests were not deleted; trying again');
    },
  );
  releasers.push('expired guests', () => running);
}
