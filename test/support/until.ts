import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 5;
/** Far above what a condition needs on a busy machine. It limits failures and does not judge speed. */
const GIVE_UP_MS = 30_000;

/**
 * Resolves once the condition holds, with what it returned.
 * @param what names the condition in the failure, e.g. 'the batch is stored'
 * @throws Error after `giveUpMs`; the last error of the condition is its cause
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  what = 'the condition',
  giveUpMs = GIVE_UP_MS,
): Promise<NonNullable<T>> {
  const giveUpAt = performance.now() + giveUpMs;
  for (;;) {
    let cause: unknown;
    try {
      const value = await condition();
      if (value) return value;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > giveUpAt) throw new Error(`Waited ${giveUpMs / 1000} s and this did not happen: ${what}.`, { cause });
    await delay(POLL_MS);
  }
}
