import { randomInt } from 'node:crypto';
import { DomainError, unavailable } from '../domain/errors';
import type { Locale } from '../domain/locale';
import { guestName } from '../domain/nicknames';
import { usernameKey, type User, type Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { NewId } from '../ports/ids';
import type { Rate, RateLimiter } from '../ports/rate-limiter';
import type { UserRecord, UserStore } from '../ports/user-store';
import type { AccountGuard, Requester } from './account-guard';
import type { AuthResult } from './account-service';
import type { Passwords } from './passwords';
import { parseRegistration, type RegisterInput } from './registration';
import { toUser } from './to-user';

export interface GuestsDeps {
  readonly users: UserStore;
  readonly passwords: Passwords;
  readonly guard: AccountGuard;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly openSession: (user: UserRecord) => Promise<AuthResult>;
  readonly invitations: {
    /** @throws DomainError NOT_FOUND, RATE_LIMITED, UNAVAILABLE */
    requireOpen(code: string, address: string): Promise<void>;
    /** Makes the account a member of the room. @throws as `requireOpen` */
    join(userId: string, code: string, address: string): Promise<unknown>;
  };
  /** Whether people may enter as guests. Guests who have entered stay. */
  readonly areAllowed: boolean;
}

/** Random names that are tried before a guest is refused. Of 36 million names, few are taken. */
const NAME_TRIES = 20;
/** Reports of one guest. Guests cost nothing, so that their reports could fill the queue of the moderators. */
const REPORTS: Rate = { name: 'guest-reports', points: 5, seconds: 86_400 };

/** Accounts without a password, for people who want to write without signing up. */
export class Guests {
  constructor(private readonly deps: GuestsDeps) {}

  /**
   * Creates an account under a random name and opens its only session.
   * @param invite code of an invitation to a room, which the account joins
   * @throws DomainError FORBIDDEN, NOT_FOUND, RATE_LIMITED, UNAVAILABLE
   */
  async enter(invite: string | null | undefined, locale: Locale, requester: Requester): Promise<AuthResult> {
    const { users, guard, clock, newId, openSession, areAllowed } = this.deps;
    if (!areAllowed) throw new DomainError('FORBIDDEN', 'Guests cannot write here. Please sign up.');
    await guard.admit('guests', requester);
    // Before the account is made, so that a bad code leaves none behind.
    if (invite != null) await this.deps.invitations.requireOpen(invite, requester.address);
    for (let tries = 0; tries < NAME_TRIES; tries++) {
      const username = guestName(locale, randomInt);
      const guest: UserRecord = {
        ...{ id: newId(), username, usernameKey: usernameKey(username), email: null, emailKey: null },
        ...{ passwordHash: null, joinedAt: clock.now() },
      };
      if ((await users.create(guest)) !== 'created') continue;
      if (invite != null) await this.join(guest, invite, requester);
      return openSession(guest);
    }
    throw unavailable('No free name was found. Please try again.');
  }

  private async join({ id }: UserRecord, invite: string, { address }: Requester): Promise<void> {
    try {
      await this.deps.invitations.join(id, invite, address);
    } catch (error) {
      // The invitation was used up meanwhile.
      await this.deps.users.remove(id);
      throw error;
    }
  }

  /**
   * Gives the account of a guest a name and a password. Sessions and messages stay; access tokens keep the former name until they are
   * refreshed.
   * @throws DomainError BAD_USER_INPUT, CONFLICT for a full account or a used e-mail address, USERNAME_TAKEN, RATE_LIMITED, UNAVAILABLE
   */
  async claim(viewer: Viewer, input: RegisterInput, requester: Requester): Promise<User> {
    const { users, passwords, guard } = this.deps;
    const { password, ...names } = parseRegistration(input);
    await guard.admit('register', requester);
    // Checked before hashing to save work; `claim` decides.
    if (!(await this.isGuest(viewer))) throw noGuest();
    const outcome = await users.claim(viewer.userId, { ...names, passwordHash: await passwords.hash(password) });
    if (outcome === 'username-taken') throw new DomainError('USERNAME_TAKEN', undefined, { field: 'username' });
    if (outcome === 'email-taken') throw new DomainError('CONFLICT', 'This e-mail address is in use.', { field: 'email' });
    const user = outcome === 'claimed' ? await users.byId(viewer.userId) : undefined;
    if (!user) throw noGuest();
    return toUser(user);
  }

  /** @throws DomainError FORBIDDEN for a guest, UNAVAILABLE */
  async requireFullAccount(viewer: Viewer): Promise<void> {
    if (await this.isGuest(viewer)) throw new DomainError('FORBIDDEN', 'Guests cannot do this. Please sign up.');
  }

  /** Counts a report if the viewer is a guest. @throws DomainError RATE_LIMITED, UNAVAILABLE */
  async admitReport(viewer: Viewer): Promise<void> {
    if (await this.isGuest(viewer)) await this.deps.limiter.consume(REPORTS, viewer.userId);
  }

  private async isGuest({ userId }: Viewer): Promise<boolean> {
    return (await this.deps.users.byId(userId))?.passwordHash === null;
  }
}

const noGuest = (): DomainError => new DomainError('CONFLICT', 'This is not the account of a guest.');
