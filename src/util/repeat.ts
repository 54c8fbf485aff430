import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does the work, pauses, and does it again, until the signal is aborted. The pause begins when the work has ended, so two runs never
 * overlap. A rejected run is handed to `onError` and does not end the repetition; rejections after the abort are dropped.
 * @param pauseMs milliseconds between two runs
 * @returns resolves after the abort, when the run under way has ended; never rejects
 */
export async function repeatUntil(
  signal: AbortSignal,
  pauseMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Promise<void> {
  // A function, because the signal changes while the work is awaited.
  const isAborted = (): boolean => signal.aborted;
  while (!isAborted()) {
    try {
      await work();
    } catch (error) {
      if (!isAborted()) onError(error);
    }
    await pause(pauseMs, signal);
  }
}

/** Waits, at most until the signal is aborted. Never rejects. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal }).catch(() => undefined);
