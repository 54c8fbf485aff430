import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { DomainError } from '../../domain/errors';
import type { Allowance, Backoff, Rate, RateLimiter } from '../../ports/rate-limiter';

/** What is used of a limiter. */
export type Counter = Pick<RateLimiterAbstract, 'consume' | 'get' | 'penalty' | 'reward' | 'delete'>;

/** Makes the counter of one allowance. */
export type MakeCounter = (name: string, allowance: Allowance) => Counter;

/** Called with the name of the rate that refused. */
export type OnRefused = (name: string) => void;

/** The port on rate-limiter-flexible, which counts in fixed windows. */
export class FlexibleRateLimiter implements RateLimiter {
  private readonly counters = new Map<string, Counter>();

  constructor(
    private readonly make: MakeCounter,
    private readonly onRefused: OnRefused,
  ) {}

  async consume({ name, burst, ...steady }: Rate, key: string): Promise<void> {
    let wait = await consume(this.counter(name, steady), key);
    if (wait > 0 && burst) wait = Math.min(wait, await consume(this.counter(`${name}-burst`, burst), key));
    if (wait > 0) this.refuse(name, wait);
  }

  async check({ name, burst, ...steady }: Rate, key: string): Promise<void> {
    let wait = await waitOf(this.counter(name, steady), steady, key);
    if (wait > 0 && burst) wait = Math.min(wait, await waitOf(this.counter(`${name}-burst`, burst), burst, key));
    if (wait > 0) this.refuse(name, wait);
  }

  async attempt(backoff: Backoff, key: string): Promise<void> {
    const [tries, gate] = this.backoffCounters(backoff);
    const over = (await tries.penalty(key)).consumedPoints - backoff.free;
    if (over <= 0) return;
    // The gate admits one try per wait, also when many come at once.
    const closedFor = Math.min(backoff.maxSeconds, backoff.firstSeconds * 2 ** Math.min(over - 1, 30));
    const wait = await consume(gate, key, closedFor);
    if (wait === 0) return;
    await tries.reward(key);
    this.refuse(backoff.name, wait);
  }

  async reset(backoff: Backoff, key: string): Promise<void> {
    await Promise.all(this.backoffCounters(backoff).map((counter) => counter.delete(key)));
  }

  private backoffCounters({ name, forgetSeconds, maxSeconds }: Backoff): [tries: Counter, gate: Counter] {
    return [
      this.counter(`${name}-tries`, { points: Number.MAX_SAFE_INTEGER, seconds: forgetSeconds }),
      this.counter(`${name}-gate`, { points: 1, seconds: maxSeconds }),
    ];
  }

  private counter(name: string, allowance: Allowance): Counter {
    let counter = this.counters.get(name);
    if (!counter) {
      counter = this.make(name, allowance);
      this.counters.set(name, counter);
    }
    return counter;
  }

  private refuse(name: string, retryAfter: number): never {
    this.onRefused(name);
    throw new DomainError('RATE_LIMITED', undefined, { retryAfter });
  }
}

/** @returns 0 if the use is within the limit, else the whole seconds until the next one is */
async function consume(counter: Counter, key: string, customDuration?: number): Promise<number> {
  try {
    await counter.consume(key, 1, customDuration === undefined ? {} : { customDuration });
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return secondsUntil(refusal);
    throw refusal;
  }
}

/** @returns 0 if a use would be within the limit, else the whole seconds until the next one is */
async function waitOf(counter: Counter, { points }: Allowance, key: string): Promise<number> {
  const used = await counter.get(key);
  return used && used.consumedPoints >= points ? secondsUntil(used) : 0;
}

const secondsUntil = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000));
