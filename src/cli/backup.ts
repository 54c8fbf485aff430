import { makeBackup, restoreBackup, type BackupSummary } from '../app/start';
import type { Config } from '../config/config';
import { silentLogger } from '../ports/logger';

const counts = ({ messages, waiting, users }: BackupSummary): string => `${messages + waiting} messages and ${users} accounts`;

const damage = ({ damaged }: BackupSummary): string =>
  damaged > 0 ? `${damaged} damaged messages were copied as they are: see docs/operations.md, Damaged data.\n` : '';

export async function backupTo(folder: string, config: Config): Promise<number> {
  const summary = await makeBackup(config, folder);
  process.stderr.write(
    `${folder}: ${counts(summary)}, read back and counted. It holds password hashes and the token secret: keep it safe.\n` +
      damage(summary),
  );
  return 0;
}

export async function restoreFrom(folder: string, config: Config): Promise<number> {
  const summary = await restoreBackup(config, silentLogger, folder);
  process.stderr.write(
    `${config.DATA_DIR}: ${counts(summary)}, as of the backup. Start the server. Open pages load again.\n${damage(summary)}`,
  );
  return 0;
}
