import { badInput, DomainError, unavailable } from '../domain/errors';
import type { Locale } from '../domain/locale';
import { auditId } from '../domain/moderation';
import { parsePassword, usernameKey, type Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { NewId } from '../ports/ids';
import type { ModerationStore } from '../ports/moderation-store';
import type { PasswordResetStore } from '../ports/password-reset-store';
import type { SessionStore } from '../ports/session-store';
import type { UserRecord, UserStore } from '../ports/user-store';
import type { AccountGuard, Requester } from './account-guard';
import type { AuthResult } from './account-service';
import { findByLogin } from './find-by-login';
import type { Passwords } from './passwords';
import { hashOfToken, makeResetLink, type ResetLink } from './reset-link';
import type { Revocations } from './revocations';

export interface PasswordResetsDeps {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly resets: PasswordResetStore;
  readonly passwords: Passwords;
  readonly revocations: Pick<Revocations, 'announce'>;
  readonly guard: AccountGuard;
  readonly clock: Clock;
  readonly openSession: (user: UserRecord) => Promise<AuthResult>;
  readonly audit: Pick<ModerationStore, 'addAuditEntry'>;
  readonly newId: NewId;
  /** Whether a mail server is set up. */
  readonly sendsMail: boolean;
}

/** Mails that may wait for the mail server. */
const QUEUE_LIMIT = 10_000;
/** Entry of the queue in place of an account that gets no mail. No account has this id, so the worker drops the entry. */
const NOBODY = '-';

/** The way back into an account whose password is forgotten. */
export class PasswordResets {
  constructor(private readonly deps: PasswordResetsDeps) {}

  /**
   * Queues a mail with a link. The same work is done, and one entry is written, whether or not the account exists, has an e-mail
   * address or has asked too often: neither the answer nor its time shows it.
   * @throws DomainError RATE_LIMITED for the address of the request, UNAVAILABLE
   */
  async request(login: string, locale: Locale, requester: Requester): Promise<void> {
    const { users, resets, guard, clock, sendsMail } = this.deps;
    await guard.admit('resets', requester);
    if (!sendsMail) return;
    const { key, user } = await findByLogin(users, login);
    const isAdmitted = await guard.admitReset(user?.id ?? key);
    const userId = user && user.email !== null && isAdmitted ? user.id : NOBODY;
    const requestedAt = clock.now();
    const request = { userId, locale, requestedAt, dueAt: requestedAt, failures: 0 };
    if (!(await resets.enqueue(request, QUEUE_LIMIT)))
      throw unavailable('Too many mails are waiting. Please try again later.', 60);
  }

  /**
   * Makes a link for an account, whose owner gets it from the administrator.
   * @throws DomainError NOT_FOUND, CONFLICT for a guest, UNAVAILABLE
   */
  create(administrator: Viewer, username: string, pageUrl: string): Promise<ResetLink> {
    return createResetLink(this.deps, administrator, username, pageUrl);
  }

  /**
   * Sets the password, uses up all tokens of the account, revokes all its sessions and opens a new one. After UNAVAILABLE the token
   * may be used up.
   * @throws DomainError BAD_USER_INPUT, RATE_LIMITED, UNAVAILABLE
   */
  async reset(token: string, newPassword: string, requester: Requester): Promise<AuthResult> {
    const { users, resets, passwords, guard, clock, openSession } = this.deps;
    const password = parsePassword(newPassword, 'newPassword');
    await guard.admit('resets', requester);
    const hash = hashOfToken(token);
    const userId = await resets.findToken(hash, clock.now());
    if (userId === undefined) throw badToken();
    const passwordHash = await passwords.hash(password);
    await this.endSessions(userId);
    if (!(await resets.useToken(hash, clock.now())) || !(await users.setPasswordHash(userId, passwordHash))) throw badToken();
    // Somebody may have logged in with the old password meanwhile.
    await this.endSessions(userId);
    const user = await users.byId(userId);
    if (!user) throw badToken();
    return openSession(user);
  }

  private async endSessions(userId: string): Promise<void> {
    const { sessions, revocations, clock } = this.deps;
    for (const sessionId of await sessions.endAll(userId, clock.now())) revocations.announce(sessionId);
  }
}

const badToken = (): DomainError => badInput('token', 'This link was used, has expired or is not complete. Ask for a new one.');

/** Who makes a link: an administrator; both fields are empty for the command line. */
export type Actor = Pick<Viewer, 'userId' | 'username'>;

/**
 * Makes a link for an account. The audit log has an entry before the link exists.
 * @throws DomainError NOT_FOUND, CONFLICT for a guest, UNAVAILABLE
 */
export async function createResetLink(
  deps: Pick<PasswordResetsDeps, 'users' | 'resets' | 'audit' | 'clock' | 'newId'>,
  actor: Actor,
  username: string,
  pageUrl: string,
): Promise<ResetLink> {
  const user = await deps.users.byUsernameKey(usernameKey(username));
  if (!user) throw new DomainError('NOT_FOUND', 'There is no such account.');
  if (user.passwordHash === null) throw new DomainError('CONFLICT', 'This is the account of a guest, who has no password.');
  const at = deps.clock.now();
  await deps.audit.addAuditEntry({
    ...{ id: auditId(at, deps.newId()), at, actorId: actor.userId, actor: actor.username },
    ...{ action: 'CREATE_PASSWORD_RESET' as const, subject: '', details: user.username },
  });
  return makeResetLink(deps, user.id, pageUrl);
}
