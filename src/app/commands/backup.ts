import { backUp, forgetEpoch, unpackBackup, verifyBackup, type BackupSummary } from '../../adapters/lmdb/backup';
import type { Config } from '../../config/config';
import { StartupError } from '../../domain/startup-error';
import { BatchWriter } from '../../flow/batch-writer';
import { unflushedCount } from '../../flow/log-lag';
import { systemClock } from '../../ports/clock';
import { randomId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import { Slots } from '../../util/slots';
import { openEngine } from '../engine';

export type { BackupSummary };

/** The longest time for storing the messages that only the log of a backup has. */
const DRAIN_MS = 10 * 60_000;

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
    for (const log of engine.chatLog.partitions) {
      const writer = new BatchWriter({
        ...{ log, store: engine.chatStore, moods: engine.moodStore, lease: engine.lease },
        ...{ clock: systemClock, logger, holder: randomId(), mayTake: () => true, slots: new Slots(1) },
        ...{ flushMaxMessages: 1, flushIntervalMs: 0, logRetain: config.LOG_RETAIN },
      });
      writer.start();
      await writer.stop(DRAIN_MS);
    }
    if ((await unflushedCount(engine.chatLog)) > 0) {
      throw new Error('the messages in the log of the backup could not be stored: restore again with more time or space');
    }
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
