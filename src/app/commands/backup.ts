import { backUp, forgetEpoch, unpackBackup, verifyBackup, type BackupSummary } from '../../adapters/lmdb/backup';
import type { Config } from '../../config/config';
import { StartupError } from '../../domain/startup-error';
import { systemClock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import { openEngine } from '../engine';
import { drainLog } from './drain-log';

export type { BackupSummary };

/** Backs up the embedded engine, also while a server has it open. @throws StartupError */
export async function makeBackup(config: Config, folder: string): Promise<BackupSummary> {
  requireEmbedded(config, 'backup');
  return backUp(config.DATA_DIR, folder, systemClock.now());
}

/** Restores into a DATA_DIR without data. @throws StartupError for a damaged backup; then nothing was written */
export async function restoreBackup(config: Config, logger: Logger, folder: string): Promise<BackupSummary> {
  requireEmbedded(config, 'restore');
  const summary = await verifyBackup(folder);
  await unpackBackup(folder, config.DATA_DIR, async (staging) => {
    await storeAll({ ...config, DATA_DIR: staging }, logger);
    await forgetEpoch(staging);
  });
  return summary;
}

/** Messages that only the log has would be lost with its epoch. */
async function storeAll(config: Config, logger: Logger): Promise<void> {
  const engine = await openEngine(config, systemClock, logger);
  try {
    await drainLog(engine, config, logger, 'restore again with more space on the disk.');
  } finally {
    await engine.close();
  }
}

function requireEmbedded(config: Config, what: string): void {
  if (config.REDIS_URL) {
    throw new StartupError(
      `${what} is for the embedded engine. Use mongodump and the persistence of Redis, or export and import.`,
    );
  }
}
