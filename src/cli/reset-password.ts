import { makeResetLinkFor } from '../app/start';
import type { Config } from '../config/config';
import { silentLogger } from '../ports/logger';

export async function resetPassword(config: Config, username: string): Promise<number> {
  const { url, expiresAt } = await makeResetLinkFor(config, silentLogger, username);
  process.stdout.write(`${url}\n`);
  process.stderr.write(`It works once, until ${new Date(expiresAt).toISOString()}. Whoever has it can log in as ${username}.\n`);
  return 0;
}
