import { repeatUntil } from '../util/repeat';
import type { Base } from './base';

/**
 * Repeats work until the process stops. The stop waits for the run under way.
 * @param failure logged when a run fails; the next run tries again
 */
export function repeatWork(
  { logger, releasers }: Pick<Base, 'logger' | 'releasers'>,
  name: string,
  pauseMs: number,
  work: (signal: AbortSignal) => Promise<void>,
  failure: string,
): void {
  const { signal } = releasers;
  const running = repeatUntil(
    signal,
    pauseMs,
    () => work(signal),
    (err) => {
      logger.warn({ err }, failure);
    },
  );
  releasers.push(name, () => running);
}
