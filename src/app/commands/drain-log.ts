import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../../config/config';
import { isUnavailable, unavailable } from '../../domain/errors';
import { BatchWriter } from '../../flow/batch-writer';
import { unflushedCount } from '../../flow/log-lag';
import type { LogPartition } from '../../ports/chat-log';
import { systemClock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import { randomId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import { Slots } from '../../util/slots';

/** A partition of which nothing was stored for so long is given up. The lease of a killed process takes 15 s to expire. */
const STALLED_MS = 60_000;
const LOOK_MS = 100;
const STOP_MS = 10_000;

type Drained = Pick<Engine, 'chatLog' | 'chatStore' | 'moodStore' | 'lease'>;

/**
 * Stores everything that waits in the log, for a command that removes the log afterwards.
 * @param advice what to do about a partition that cannot be stored
 * @throws DomainError UNAVAILABLE with that advice
 */
export async function drainLog(engine: Drained, config: Config, logger: Logger, advice: string): Promise<void> {
  const { chatLog, chatStore: store, moodStore: moods, lease } = engine;
  const slots = new Slots(1);
  await Promise.all(
    chatLog.partitions.map(async (log) => {
      const writer = new BatchWriter({
        ...{ log, store, moods, lease, clock: systemClock, logger, holder: randomId(), mayTake: () => true, slots },
        ...{ flushMaxMessages: 1, flushIntervalMs: 0, logRetain: config.LOG_RETAIN },
      });
      writer.start();
      try {
        if (!(await isDrained(log))) throw unavailable(`Partition ${log.number} of the log cannot be stored: ${advice}`);
      } finally {
        await writer.stop(STOP_MS);
      }
    }),
  );
}

/** @returns false if nothing was stored for STALLED_MS */
async function isDrained(log: LogPartition): Promise<boolean> {
  let left = Infinity;
  for (let since = performance.now(); performance.now() - since <= STALLED_MS;) {
    const now = await waitingIn(log);
    if (now === 0) return true;
    if (now < left) since = performance.now();
    left = Math.min(left, now);
    await delay(LOOK_MS);
  }
  return false;
}

/** Number of messages that are not stored; Infinity while that is not known. */
async function waitingIn(log: LogPartition): Promise<number> {
  try {
    return await unflushedCount({ partitions: [log] });
  } catch (error) {
    if (isUnavailable(error)) return Infinity;
    throw error;
  }
}
