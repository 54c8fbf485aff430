import type { LiveError } from './types';

const FIRST_MS = 250;
const MAX_MS = 15_000;

/**
 * Delay before the next attempt, in milliseconds. Its upper bound doubles from 250 to 15,000. A random half of it spreads out
 * clients that were disconnected at the same time.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const max = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return max / 2 + (random() * max) / 2;
}

/** Error codes after which the same request can succeed later. */
const RETRYABLE = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR']);

/** @returns milliseconds to wait before subscribing again; undefined if it would be refused again */
export function retryMs(errors: readonly LiveError[], attempt: number): number | undefined {
  if (!errors.some(({ extensions }) => RETRYABLE.has(extensions?.code ?? ''))) return undefined;
  const retryAfter = Math.max(...errors.map(({ extensions }) => extensions?.retryAfter ?? 0));
  return Math.max(retryAfter * 1_000, backoffMs(attempt));
}
