import { AccountSettings } from '../accounts/account-settings';
import { AccountService } from '../accounts/account-service';
import { Passwords } from '../accounts/passwords';
import { Revocations } from '../accounts/revocations';
import { Tokens } from '../accounts/tokens';
import { randomId } from '../ports/ids';
import type { Base } from './base';
import { messageForgetter } from './moderation';
import { accountGuard } from './rates';

/** What api and live need to know who somebody is. */
export interface AccountParts {
  readonly accounts: AccountService;
  readonly accountSettings: AccountSettings;
  readonly revocations: Revocations;
}

export async function openAccounts(base: Base): Promise<AccountParts> {
  const { config, engine, clock, logger, releasers } = base;
  const secret = config.JWT_SECRET ?? (await engine.jwtSecret());
  const tokens = new Tokens({
    secrets: config.JWT_SECRET_PREVIOUS ? [secret, config.JWT_SECRET_PREVIOUS] : [secret],
    accessTtlMs: config.JWT_EXPIRES_IN,
    clock,
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
  const passwords = new Passwords(config.BCRYPT_COST);
  const parts = {
    users: engine.userStore,
    sessions: engine.sessionStore,
    passwords,
    revocations,
    guard: accountGuard(base),
    clock,
    forgetMessages: messageForgetter(base),
  };
  const accounts = new AccountService({ ...parts, tokens, newId: randomId, refreshTtlMs: config.REFRESH_EXPIRES_IN });
  return { accounts, accountSettings: new AccountSettings(parts), revocations };
}
