import { DomainError, unauthenticated } from '../domain/errors';
import { parseUsername, type User, type Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { NewId } from '../ports/ids';
import type { Session, SessionStore } from '../ports/session-store';
import type { UserRecord, UserStore } from '../ports/user-store';
import type { AccountGuard, Requester } from './account-guard';
import { findByLogin } from './find-by-login';
import type { Passwords } from './passwords';
import { parseRegistration, type RegisterInput } from './registration';
import type { Revocations } from './revocations';
import { toUser } from './to-user';
import type { ScreenTokens } from './screen-tokens';
import type { Tokens } from './tokens';

export interface AuthResult {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: number;
  readonly refreshToken: string;
  readonly user: User;
}

export interface AccountDeps {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly screens: ScreenTokens;
  readonly revocations: Revocations;
  readonly guard: AccountGuard;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly refreshTtlMs: number;
}

export class AccountService {
  constructor(private readonly deps: AccountDeps) {}

  /** @throws DomainError BAD_USER_INPUT, USERNAME_TAKEN, CONFLICT (e-mail), RATE_LIMITED, UNAVAILABLE */
  async register(input: RegisterInput, requester: Requester): Promise<AuthResult> {
    const { users, passwords, guard, clock, newId } = this.deps;
    const { password, ...names } = parseRegistration(input);
    await guard.admit('register', requester);
    // Checked before hashing to save work; `create` decides.
    if (await users.isUsernameTaken(names.usernameKey)) throw new DomainError('USERNAME_TAKEN', undefined, { field: 'username' });
    const user: UserRecord = {
      id: newId(),
      ...names,
      passwordHash: await passwords.hash(password),
      joinedAt: clock.now(),
    };
    const outcome = await users.create(user);
    if (outcome === 'username-taken') throw new DomainError('USERNAME_TAKEN', undefined, { field: 'username' });
    if (outcome === 'email-taken') throw new DomainError('CONFLICT', 'This e-mail address is in use.', { field: 'email' });
    return this.openSession(user);
  }

  /**
   * An unknown user and a wrong password get the same answer after the same work.
   * @throws DomainError UNAUTHENTICATED, RATE_LIMITED, UNAVAILABLE
   */
  async login(login: string, password: string, requester: Requester): Promise<AuthResult> {
    const { users, passwords, guard, tokens } = this.deps;
    await guard.admit('login', requester);
    const { key, user } = await findByLogin(users, login);
    const succeeded = await guard.attempt(user?.id ?? key, requester);
    if (!(await passwords.verify(password, user?.passwordHash)) || !user) {
      throw unauthenticated('WRONG_CREDENTIALS', 'The username or the password is wrong.');
    }
    await succeeded();
    const opened = await this.openSession(user);
    // If the password was changed or the account deleted meanwhile, revoking the other sessions may have missed this one.
    if ((await users.byId(user.id))?.passwordHash === user.passwordHash) return opened;
    await this.revoke(tokens.verifyRefresh(opened.refreshToken).sessionId);
    throw unauthenticated('WRONG_CREDENTIALS', 'The username or the password is wrong.');
  }

  /**
   * Issues new tokens; the refresh token given is used up. Using it again revokes its session, because it may have been stolen.
   * @throws DomainError UNAUTHENTICATED with reason REFRESH_INVALID, REFRESH_REUSED or SESSION_ENDED; RATE_LIMITED
   */
  async refresh(refreshToken: string, requester: Requester): Promise<AuthResult> {
    const { sessions, users, tokens, revocations, clock, refreshTtlMs } = this.deps;
    await this.deps.guard.admit('refresh', requester);
    const { sessionId, generation } = tokens.verifyRefresh(refreshToken);
    const now = clock.now();
    const rotation = await sessions.rotate(sessionId, generation, now, now + refreshTtlMs);
    if (rotation.outcome === 'reused') {
      revocations.announce(sessionId);
      throw unauthenticated('REFRESH_REUSED', 'This session was revoked because an old token was used again. Please log in.');
    }
    const user = rotation.outcome === 'rotated' ? await users.byId(rotation.session.userId) : undefined;
    if (rotation.outcome === 'rotated' && !user) await this.revoke(sessionId);
    if (rotation.outcome === 'invalid' || !user) throw unauthenticated('SESSION_ENDED');
    return this.payload(rotation.session, user);
  }

  /** Revokes the session of the viewer. */
  logout(viewer: Viewer): Promise<void> {
    return this.revoke(viewer.sessionId);
  }

  /** Revokes every session of the viewer. */
  async logoutEverywhere(viewer: Viewer): Promise<void> {
    const ended = await this.deps.sessions.endAll(viewer.userId, this.deps.clock.now());
    for (const sessionId of new Set([...ended, viewer.sessionId])) this.deps.revocations.announce(sessionId);
  }

  /** @throws DomainError BAD_USER_INPUT, RATE_LIMITED */
  async usernameAvailable(raw: string, requester: Requester): Promise<boolean> {
    const { key } = parseUsername(raw);
    await this.deps.guard.admit('usernames', requester);
    return !(await this.deps.users.isUsernameTaken(key));
  }

  /** Opens a session for an account whose owner has proved to be its owner. @throws DomainError UNAVAILABLE */
  async openSession(user: UserRecord): Promise<AuthResult> {
    const { sessions, clock, newId, refreshTtlMs } = this.deps;
    const createdAt = clock.now();
    const session: Session = {
      id: newId(),
      userId: user.id,
      createdAt,
      generation: 1,
      expiresAt: createdAt + refreshTtlMs,
      endedAt: null,
    };
    await sessions.create(session);
    return this.payload(session, user);
  }

  async userOf(viewer: Viewer): Promise<User | undefined> {
    const user = await this.deps.users.byId(viewer.userId);
    return user && toUser(user);
  }

  /**
   * Verifies an Authorization header by signature, expiry and the revocations known to this process. Reads no store.
   * @returns null if there is no token
   * @throws DomainError UNAUTHENTICATED with reason TOKEN_INVALID, TOKEN_EXPIRED or SESSION_ENDED
   */
  authenticate(authorization: string | undefined): Viewer | null {
    if (authorization === undefined || authorization === '') return null;
    const token = /^Bearer +([^\s]+)$/i.exec(authorization)?.[1];
    if (!token) throw unauthenticated('TOKEN_INVALID', 'Authorization must be "Bearer <access token>".');
    const viewer = this.deps.screens.verify(token) ?? this.deps.tokens.verifyAccess(token);
    if (this.deps.revocations.has(viewer.sessionId)) throw unauthenticated('SESSION_ENDED', 'This session was revoked.');
    return viewer;
  }

  private async revoke(sessionId: string): Promise<void> {
    await this.deps.sessions.end(sessionId, this.deps.clock.now());
    this.deps.revocations.announce(sessionId);
  }

  private payload(session: Session, user: UserRecord): AuthResult {
    const access = this.deps.tokens.signAccess(session, user.username);
    return {
      accessToken: access.token,
      accessTokenExpiresAt: access.expiresAt,
      refreshToken: this.deps.tokens.signRefresh(session),
      user: toUser(user),
    };
  }
}
