import { badInput, DomainError } from '../domain/errors';
import { isId } from '../domain/id';
import { parsePassword, type User, type Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { PushStore } from '../ports/push-store';
import type { Session, SessionStore } from '../ports/session-store';
import type { UserRecord, UserStore } from '../ports/user-store';
import type { AccountGuard } from './account-guard';
import { closeAccount } from './close-account';
import type { Passwords } from './passwords';
import type { Revocations } from './revocations';
import { toUser } from './to-user';

export interface AccountSettingsDeps {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly revocations: Revocations;
  readonly guard: AccountGuard;
  readonly pushes: Pick<PushStore, 'removeOf'>;
  readonly clock: Clock;
  /** Records durably that the account is to be erased. An interrupted deletion is completed later. */
  readonly requestErasure: (viewer: Viewer) => Promise<void>;
}

/** Changes of an existing account: its password, its sessions, its deletion. */
export class AccountSettings {
  constructor(private readonly deps: AccountSettingsDeps) {}

  /**
   * Replaces the password and revokes every other session of the account. After UNAVAILABLE the other sessions may be revoked already;
   * repeating the call completes the change, whichever of the two passwords is stored.
   * @throws DomainError BAD_USER_INPUT for a wrong current or an invalid new password, RATE_LIMITED, UNAVAILABLE
   */
  async changePassword(viewer: Viewer, current: string, next: string): Promise<void> {
    const { users, passwords } = this.deps;
    parsePassword(next, 'newPassword');
    const user = await this.record(viewer);
    if (!(await this.isPassword(viewer, user, current))) {
      // An earlier call may have stored the new password and then failed.
      if (current !== next && (await this.isPassword(viewer, user, next))) return this.endSessions(viewer, viewer.sessionId);
      throw badInput('currentPassword', 'The password is wrong.');
    }
    await this.endSessions(viewer, viewer.sessionId);
    await users.setPasswordHash(user.id, await passwords.hash(next));
    // Somebody may have logged in with the old password meanwhile.
    await this.endSessions(viewer, viewer.sessionId);
  }

  /**
   * Deletes the account and revokes all its sessions. The erasure is recorded first: if a later step fails, the worker completes it.
   * The messages may take a few seconds longer. A guest has no password, so none is compared.
   * @throws DomainError BAD_USER_INPUT for a wrong password, RATE_LIMITED, UNAVAILABLE
   */
  async deleteAccount(viewer: Viewer, password: string): Promise<void> {
    const { users, sessions, pushes, clock, revocations, requestErasure } = this.deps;
    const user = await users.byId(viewer.userId);
    // Without the account, an earlier call was interrupted after deleting it.
    if (user) {
      const mayDelete = user.passwordHash === null || (await this.isPassword(viewer, user, password));
      if (!mayDelete) throw badInput('password', 'The password is wrong.');
      await requestErasure(viewer);
    }
    const announce = (sessionId: string): void => {
      revocations.announce(sessionId);
    };
    await closeAccount({ users, sessions, pushes, clock, announce }, viewer.userId, viewer.sessionId);
    announce(viewer.sessionId);
  }

  /** Active sessions, oldest first. */
  sessions(viewer: Viewer): Promise<readonly Session[]> {
    return this.deps.sessions.activeSessions(viewer.userId, this.deps.clock.now());
  }

  /** @throws DomainError NOT_FOUND unless it is an active session of the viewer */
  async endSession(viewer: Viewer, sessionId: string): Promise<void> {
    const { sessions, revocations, clock } = this.deps;
    const session = isId(sessionId) ? await sessions.byId(sessionId) : undefined;
    const ended = session?.userId === viewer.userId && (await sessions.end(sessionId, clock.now()));
    if (!ended) throw new DomainError('NOT_FOUND', 'There is no such session.');
    revocations.announce(sessionId);
  }

  /** @throws DomainError UNAUTHENTICATED */
  async user(viewer: Viewer): Promise<User> {
    return toUser(await this.record(viewer));
  }

  private async isPassword(viewer: Viewer, user: UserRecord, password: string): Promise<boolean> {
    const succeeded = await this.deps.guard.attempt(user.id, { viewer, address: '' });
    if (!(await this.deps.passwords.verify(password, user.passwordHash))) return false;
    await succeeded();
    return true;
  }

  private async record(viewer: Viewer): Promise<UserRecord> {
    const user = await this.deps.users.byId(viewer.userId);
    if (!user) throw new DomainError('UNAUTHENTICATED', 'This account was deleted.', { reason: 'SESSION_ENDED' });
    return user;
  }

  private async endSessions(viewer: Viewer, except: string): Promise<void> {
    const { sessions, revocations, clock } = this.deps;
    const ended = await sessions.endAll(viewer.userId, clock.now(), except);
    for (const sessionId of ended) revocations.announce(sessionId);
  }
}
