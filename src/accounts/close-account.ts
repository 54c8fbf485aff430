import type { Clock } from '../ports/clock';
import type { PushStore } from '../ports/push-store';
import type { SessionStore } from '../ports/session-store';
import type { UserStore } from '../ports/user-store';

export interface CloseAccountDeps {
  readonly users: Pick<UserStore, 'remove'>;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly pushes: Pick<PushStore, 'removeOf'>;
  readonly clock: Clock;
  /** Announces that a session was revoked. */
  readonly announce: (sessionId: string) => void;
}

/**
 * Revokes the sessions of an account and deletes it, with its subscriptions to notifications. Safe to repeat: the next call completes what an interrupted one left.
 * @param last session that stays active until the account is deleted, so that its user can repeat a call that failed
 * @throws DomainError UNAVAILABLE
 */
export async function closeAccount(
  { users, sessions, pushes, clock, announce }: CloseAccountDeps,
  userId: string,
  last?: string,
): Promise<void> {
  const revoke = async (except?: string): Promise<void> => {
    for (const sessionId of await sessions.endAll(userId, clock.now(), except)) announce(sessionId);
  };
  await revoke(last);
  await users.remove(userId);
  // A login may have opened a session meanwhile.
  await revoke();
  await pushes.removeOf(userId);
}
