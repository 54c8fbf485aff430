import { makeBackup, restoreBackup, type BackupSummary } from '../app/start';
import type { Config } from '../config/config';
import { silentLogger } from '../ports/logger';

const told = ({ messages, waiting, users }: BackupSummary): string => `${messages + waiting} messages and ${users} accounts`;

export async function backupTo(folder: string, config: Config): Promise<number> {
  const summary = await makeBackup(config, folder);
  process.stderr.write(
    `${folder}: ${told(summary)}, read back and counted. It holds password hashes and the token secret: keep it safe.\n`,
  );
  return 0;
}

export async function restoreFrom(folder: string, config: Config): Promise<number> {
  const summary = await restoreBackup(config, silentLogger, folder);
  process.stderr.write(
    `${config.DATA_DIR}: ${told(summary)}, as of the backup. Start the server; pages that were open load again.\n`,
  );
  return 0;
}
