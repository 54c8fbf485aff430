import type { Clock } from '../ports/clock';
import type { Lease } from '../ports/lease';
import type { SessionStore } from '../ports/session-store';
import type { UserRecord, UserStore } from '../ports/user-store';

export interface ExpiredGuestsDeps {
  readonly users: Pick<UserStore, 'guests'>;
  readonly sessions: Pick<SessionStore, 'activeSessions'>;
  /** Time of the newest message of an account, in milliseconds since 1970; undefined if it has none. */
  readonly lastMessageAt: (userId: string) => Promise<number | undefined>;
  /** Records durably that the account is to be deleted, and its messages to be kept without their author. */
  readonly remove: (guest: UserRecord) => Promise<void>;
  readonly lease: Lease;
  /** Names this process to the lease. */
  readonly holder: string;
  readonly clock: Clock;
  /** Days without a message after which a guest expires. */
  readonly days: number;
}

const DAY_MS = 86_400_000;
const PAGE = 100;
const LEASE = 'expired-guests';
const LEASE_TTL_MS = 60_000;
/** The session of a guest who has just entered may not be open yet. */
const ENTERING_MS = 60_000;

/**
 * Deletes guests who have no open session, because nobody can get into such an account again, and no message of the last days. Of
 * several workers, the holder of the lease does it.
 */
export class ExpiredGuests {
  constructor(private readonly deps: ExpiredGuestsDeps) {}

  /** @throws DomainError UNAVAILABLE; the next run continues */
  async run(signal: AbortSignal): Promise<void> {
    const { users, lease, holder } = this.deps;
    try {
      for (let after = ''; ;) {
        if (!(await lease.acquire(LEASE, holder, LEASE_TTL_MS))) return;
        const page = await users.guests(after, PAGE);
        for (const guest of page) {
          if (signal.aborted) return;
          if (await this.isExpired(guest)) await this.deps.remove(guest);
        }
        if (page.length < PAGE) return;
        after = page.at(-1)?.id ?? '';
      }
    } finally {
      await lease.release(LEASE, holder);
    }
  }

  private async isExpired({ id, joinedAt }: UserRecord): Promise<boolean> {
    const { sessions, lastMessageAt, clock, days } = this.deps;
    const now = clock.now();
    if (joinedAt > now - ENTERING_MS) return false;
    if ((await sessions.activeSessions(id, now)).length > 0) return false;
    return ((await lastMessageAt(id)) ?? 0) < now - days * DAY_MS;
  }
}
