import { createResetLink } from '../../accounts/password-resets';
import type { ResetLink } from '../../accounts/reset-link';
import type { Config } from '../../config/config';
import { systemClock } from '../../ports/clock';
import { randomId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import { fixedUrl } from '../addresses';
import { openEngine } from '../engine';
import { refuseInterruptedWork } from '../import-guard';

/** The command line has no account. */
const COMMAND_LINE = { userId: '', username: '' };

/**
 * A link that sets a new password for the account.
 * @throws StartupError, also while another process has DATA_DIR open; DomainError NOT_FOUND
 */
export async function makeResetLinkFor(config: Config, logger: Logger, username: string): Promise<ResetLink> {
  const engine = await openEngine(config, systemClock, logger, refuseInterruptedWork);
  try {
    const { userStore: users, passwordResetStore: resets, moderationStore: audit } = engine;
    const deps = { users, resets, audit, clock: systemClock, newId: randomId };
    return await createResetLink(deps, COMMAND_LINE, username, fixedUrl(config) ?? `http://localhost:${config.PORT}`);
  } finally {
    await engine.close();
  }
}
