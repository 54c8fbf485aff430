import type { AccountGuard } from '../accounts/account-guard';
import { AccountSettings } from '../accounts/account-settings';
import { AccountService } from '../accounts/account-service';
import { Guests } from '../accounts/guests';
import { PasswordResets } from '../accounts/password-resets';
import { Passwords } from '../accounts/passwords';
import { Revocations } from '../accounts/revocations';
import { ScreenTokens } from '../accounts/screen-tokens';
import { Tokens } from '../accounts/tokens';
import type { Invitations } from '../flow/invitations';
import { requestAccountErasure } from '../flow/account-erasure';
import { randomId } from '../ports/ids';
import type { RateLimiter } from '../ports/rate-limiter';
import type { Base } from './base';

/** What the roles api and live need to authenticate. */
export interface AccountParts {
  readonly accounts: AccountService;
  readonly screens: ScreenTokens;
  readonly accountSettings: AccountSettings;
  readonly passwordResets: PasswordResets;
  readonly guests: Guests;
  readonly revocations: Revocations;
}

export async function openAccounts(
  { config, engine, clock, logger, releasers }: Base,
  guard: AccountGuard,
  limiter: RateLimiter,
  invitations: Pick<Invitations, 'requireOpen' | 'join'>,
): Promise<AccountParts> {
  const secret = config.JWT_SECRET ?? (await engine.jwtSecret());
  const secrets: [string, ...string[]] = config.JWT_SECRET_PREVIOUS ? [secret, config.JWT_SECRET_PREVIOUS] : [secret];
  const screens = new ScreenTokens(secrets, clock);
  const tokens = new Tokens({
    secrets,
    accessTtlMs: config.JWT_EXPIRES_IN,
    clock,
    logger: logger.child({ part: 'tokens' }),
  });
  const revocations = new Revocations(
    engine.sessionStore,
    engine.bus,
    clock,
    logger.child({ part: 'revocations' }),
    config.JWT_EXPIRES_IN,
  );
  await revocations.start();
  releasers.push('revocations', () => {
    revocations.stop();
  });
  const erasure = { moderation: engine.moderationStore, clock, newId: randomId, texts: config.DELETED_ACCOUNT_TEXTS };
  const parts = {
    users: engine.userStore,
    sessions: engine.sessionStore,
    pushes: engine.pushStore,
    passwords: new Passwords(config.BCRYPT_COST),
    revocations,
    guard,
    clock,
  };
  const accounts = new AccountService({ ...parts, tokens, screens, newId: randomId, refreshTtlMs: config.REFRESH_EXPIRES_IN });
  return {
    accounts,
    screens,
    guests: new Guests({
      ...parts,
      newId: randomId,
      openSession: (user) => accounts.openSession(user),
      areAllowed: config.GUESTS,
      invitations,
      limiter,
    }),
    passwordResets: new PasswordResets({
      ...parts,
      resets: engine.passwordResetStore,
      audit: engine.moderationStore,
      newId: randomId,
      openSession: (user) => accounts.openSession(user),
      sendsMail: config.SMTP_URL !== undefined,
    }),
    accountSettings: new AccountSettings({ ...parts, requestErasure: (viewer) => requestAccountErasure(erasure, viewer) }),
    revocations,
  };
}
