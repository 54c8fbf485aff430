import { badInput, DomainError } from '../domain/errors';
import { parsePassword, type User, type Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { Session, SessionStore } from '../ports/session-store';
import type { UserRecord, UserStore } from '../ports/user-store';
import type { AccountGuard } from './account-guard';
import type { Passwords } from './passwords';
import type { Revocations } from './revocations';

export interface AccountSettingsDeps {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly revocations: Revocations;
  readonly guard: AccountGuard;
  readonly clock: Clock;
  /** Records durably that the account is to be erased. An interrupted deletion is completed later. */
  readonly requestErasure: (viewer: Viewer) => Promise<void>;
}

/** What people do with an account they have: its password, its log-ins, its end. */
export class AccountSettings {
  constructor(private readonly deps: AccountSettingsDeps) {}

  /**
   * Ends every other log-in of the account.
   * @throws DomainError BAD_USER_INPUT for a wrong current or an unfit new password, RATE_LIMITED, UNAVAILABLE
   */
  async changePassword(viewer: Viewer, current: string, next: string): Promise<void> {
    const { users, passwords } = this.deps;
    parsePassword(next, 'newPassword');
    const user = await this.confirm(viewer, current, 'currentPassword');
    await users.setPasswordHash(user.id, await passwords.hash(next));
    await this.endSessions(viewer, viewer.sessionId);
  }

  /**
   * From its answer on nobody can log in and all log-ins are over; the last messages may go a few seconds later.
   * @throws DomainError BAD_USER_INPUT for a wrong password, RATE_LIMITED, UNAVAILABLE
   */
  async deleteAccount(viewer: Viewer, password: string): Promise<void> {
    const user = await this.confirm(viewer, password, 'password');
    await this.deps.requestErasure(viewer);
    await this.deps.users.remove(user.id);
    await this.endSessions(viewer);
  }

  /** Log-ins that are not over, oldest first. */
  sessions(viewer: Viewer): Promise<readonly Session[]> {
    return this.deps.sessions.activeSessions(viewer.userId, this.deps.clock.now());
  }

  /** @throws DomainError NOT_FOUND unless it is an open log-in of the viewer */
  async endSession(viewer: Viewer, sessionId: string): Promise<void> {
    const { sessions, revocations, clock } = this.deps;
    const session = await sessions.byId(sessionId);
    const ended = session?.userId === viewer.userId && (await sessions.end(sessionId, clock.now()));
    if (!ended) throw new DomainError('NOT_FOUND', 'There is no such log-in.');
    revocations.announce(sessionId);
  }

  /** @throws DomainError UNAUTHENTICATED */
  async user(viewer: Viewer): Promise<User> {
    return this.record(viewer);
  }

  private async confirm(viewer: Viewer, password: string, field: string): Promise<UserRecord> {
    const user = await this.record(viewer);
    const succeeded = await this.deps.guard.attempt(user.id, { viewer, address: '' });
    if (!(await this.deps.passwords.verify(password, user.passwordHash))) throw badInput(field, 'The password is wrong.');
    await succeeded();
    return user;
  }

  private async record(viewer: Viewer): Promise<UserRecord> {
    const user = await this.deps.users.byId(viewer.userId);
    if (!user) throw new DomainError('UNAUTHENTICATED', 'This account was deleted.', { reason: 'SESSION_ENDED' });
    return user;
  }

  private async endSessions(viewer: Viewer, except?: string): Promise<void> {
    const { sessions, revocations, clock } = this.deps;
    const ended = await sessions.endAll(viewer.userId, clock.now(), except);
    for (const sessionId of ended) revocations.announce(sessionId);
  }
}
