import { BatchWriters } from '../flow/batch-writers';
import type { InsightJob } from '../insights/job/analysis-job';
import { InsightScheduler } from '../insights/job/insight-scheduler';
import type { Base } from './base';

/** Part of the stop budget that the writers need to store what waits in the log. */
const WRITER_STOP_MS = 4_000;

/** The role worker: moves messages from the log to the store. Several workers share the partitions. */
export function openWriters({ config, engine, clock, logger, releasers }: Base, holder: string): BatchWriters {
  const writers = new BatchWriters({
    partitions: engine.chatLog.partitions,
    bus: engine.bus,
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
  writers.start();
  releasers.push('batch writer', (withinMs) => writers.stop(Math.min(withinMs, WRITER_STOP_MS)), WRITER_STOP_MS);
  return writers;
}

/** The role worker: writes the letters that are due. */
export function openSchedule({ config, logger, releasers }: Base, job: InsightJob): void {
  const scheduler = new InsightScheduler({
    job,
    cron: config.INSIGHT_CRON,
    timeZone: config.INSIGHT_TZ,
    logger: logger.child({ part: 'scheduler' }),
  });
  scheduler.start();
  releasers.push('scheduler', () => scheduler.stop());
}
