import type { Clock } from '../ports/clock';
import type { Lease } from '../ports/lease';
import type { Logger } from '../ports/logger';
import type { Mailer, MailOutcome } from '../ports/mailer';
import type { PasswordResetStore, ResetRequest } from '../ports/password-reset-store';
import type { UserStore } from '../ports/user-store';
import { makeResetLink } from './reset-link';
import { resetMail } from './reset-mail';

export interface ResetMailsDeps {
  readonly resets: PasswordResetStore;
  readonly users: Pick<UserStore, 'byId'>;
  readonly mailer: Mailer;
  readonly lease: Lease;
  /** Names this process to the lease. */
  readonly holder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Address of the page, without a path. */
  readonly pageUrl: string;
}

const BATCH = 20;
const LEASE = 'reset-mails';
/** Longer than a mail server may take for one mail. */
const LEASE_TTL_MS = 120_000;
/** Pause after the first failed attempt. It doubles up to the longest. */
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 600_000;
/** A mail that could not be sent for this long is dropped. */
const GIVE_UP_MS = 3_600_000;

/**
 * Sends the queued mails with reset links. Of several workers, the holder of the lease does it. A token is made for each attempt: none
 * exists before its mail. A mail is sent at least once: after a kill between sending and recording it is sent again.
 */
export class ResetMails {
  constructor(private readonly deps: ResetMailsDeps) {}

  /** Ends after the first mail that fails for now. @throws DomainError UNAVAILABLE; the next run continues */
  async run(signal: AbortSignal): Promise<void> {
    const { resets, lease, holder, clock } = this.deps;
    const due = await resets.due(clock.now(), BATCH);
    if (due.length === 0) return;
    try {
      for (const request of due) {
        if (signal.aborted || !(await lease.acquire(LEASE, holder, LEASE_TTL_MS))) return;
        if (!(await this.work(request))) return;
      }
    } finally {
      await lease.release(LEASE, holder);
    }
  }

  /** @returns false if the mail server fails for now */
  private async work(request: ResetRequest): Promise<boolean> {
    const { resets, users, logger } = this.deps;
    const user = await users.byId(request.userId);
    if (user && user.email !== null) {
      try {
        const outcome = await this.send(request, user.username, user.email);
        if (outcome === 'refused') logger.warn({ userId: user.id }, 'the mail server refuses an address; the mail is dropped');
      } catch (err) {
        await this.retryLater(request, err);
        return false;
      }
    }
    await resets.settle(request);
    return true;
  }

  private async send({ userId, locale }: ResetRequest, username: string, to: string): Promise<MailOutcome> {
    const { url } = await makeResetLink(this.deps, userId, this.deps.pageUrl);
    return this.deps.mailer.send({ to, ...resetMail(locale, username, url) });
  }

  private async retryLater(request: ResetRequest, err: unknown): Promise<void> {
    const { resets, clock, logger } = this.deps;
    const failures = request.failures + 1;
    const dueAt = clock.now() + Math.min(FIRST_PAUSE_MS * 2 ** request.failures, LONGEST_PAUSE_MS);
    if (dueAt > request.requestedAt + GIVE_UP_MS) {
      logger.error({ err, failures }, 'a mail could not be sent for an hour and is dropped');
      await resets.settle(request);
      return;
    }
    logger.warn({ err, failures }, 'a mail was not sent; trying again');
    await resets.settle(request, { ...request, dueAt, failures });
  }
}
