import { BatchWriter } from '../flow/batch-writer';
import { InsightScheduler } from '../insights/job/insight-scheduler';
import type { Base } from './base';
import type { InsightParts } from './insights';

/** Of the 15 s that a stop may take in all. */
const WRITER_DEADLINE_MS = 5_000;

/** The role worker: moves the log into the store. Of several, the holder of the lease does. */
export async function openWriter({ config, engine, clock, logger, releasers, holder }: Base): Promise<BatchWriter> {
  const writer = new BatchWriter({
    log: engine.chatLog,
    store: engine.chatStore,
    moods: engine.moodStore,
    lease: engine.lease,
    clock,
    logger: logger.child({ part: 'batch-writer' }),
    holder,
    flushMaxMessages: config.FLUSH_MAX_MESSAGES,
    flushIntervalMs: config.FLUSH_INTERVAL_MS,
    logRetain: config.LOG_RETAIN,
  });
  await writer.start();
  releasers.push('batch writer', () => writer.stop(WRITER_DEADLINE_MS));
  return writer;
}

/** The role worker: writes the letters when they are due. */
export function openSchedule({ config, logger, releasers }: Base, { job }: InsightParts): void {
  const scheduler = new InsightScheduler({
    job,
    cron: config.INSIGHT_CRON,
    timeZone: config.INSIGHT_TZ,
    logger: logger.child({ part: 'scheduler' }),
  });
  scheduler.start();
  releasers.push('scheduler', () => scheduler.stop());
}
