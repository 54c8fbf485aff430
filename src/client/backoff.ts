import type { LiveError } from './types';

const FIRST_MS = 250;
const LONGEST_MS = 15_000;

/**
 * How long to wait before the next attempt, in milliseconds: doubles from 250 to 15,000, and then anything between half of that and
 * the whole, so that clients that were cut off together do not come back together.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return most / 2 + (random() * most) / 2;
}

/** Codes of refusals that pass: of a server that is busy, that lost its store for a while, or that failed by mistake. */
const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR']);

/** @returns how long to wait before subscribing again, in milliseconds; undefined if it would be refused again */
export function retryMs(errors: readonly LiveError[], attempt: number): number | undefined {
  if (!errors.some(({ extensions }) => PASSING.has(extensions?.code ?? ''))) return undefined;
  const asked = Math.max(...errors.map(({ extensions }) => extensions?.retryAfter ?? 0));
  return Math.max(asked * 1_000, backoffMs(attempt));
}
