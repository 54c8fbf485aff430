import { NO_SPEND, type SpendStore } from '../../ports/spend-store';
import type { TokenUsage } from '../../ports/letter-model';
import type { Clock } from '../../ports/clock';
import { Zone } from '../mood/zone';

/** US dollars for a million tokens, which is the same as millionths of a dollar for one. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

/** List prices when this was written, for when no price is set; a model that is not listed counts as a dear one. */
const PRICES: Readonly<Record<string, TokenPrice>> = {
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
  'gpt-4o': { input: 2.5, output: 10 },
  'gpt-4.1': { input: 2, output: 8 },
  'gpt-4.1-mini': { input: 0.4, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, output: 0.4 },
  'gpt-5': { input: 1.25, output: 10 },
  'gpt-5-mini': { input: 0.25, output: 2 },
  'gpt-5-nano': { input: 0.05, output: 0.4 },
};
const DEAREST: TokenPrice = { input: 2.5, output: 10 };

export const priceOf = (model: string): TokenPrice => PRICES[model] ?? DEAREST;

/** What a call may cost at most, set aside before it is made. */
export interface Reservation {
  readonly day: string;
  readonly price: TokenPrice;
  readonly microUsd: number;
}

/**
 * Keeps paid calls within a limit a day (of the zone), over all processes and restarts: the most that a call may cost is booked
 * before it, and corrected by what it did cost. A process that dies in between leaves the booking: the limit errs to the safe side.
 */
export class SpendLedger {
  private readonly zone: Zone;

  constructor(
    private readonly store: SpendStore,
    private readonly clock: Clock,
    timeZone: string,
    private readonly dailyLimitUsd: number,
  ) {
    this.zone = new Zone(timeZone);
  }

  /** Undefined when the day's limit leaves no room for it. */
  async reserve(price: TokenPrice, most: TokenUsage): Promise<Reservation | undefined> {
    const { year, month, day: dayOfMonth } = this.zone.local(this.clock.now());
    const day = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
    const microUsd = cost(price, most);
    const total = await this.store.add(day, { ...NO_SPEND, calls: 1, microUsd });
    if (total.microUsd <= this.dailyLimitUsd * 1e6) return { day, price, microUsd };
    await this.store.add(day, { ...NO_SPEND, calls: -1, microUsd: -microUsd });
    return undefined;
  }

  /** Books what was used instead of what was reserved. @returns its cost in millionths of a dollar */
  async settle({ day, price, microUsd }: Reservation, used: TokenUsage): Promise<number> {
    const actual = cost(price, used);
    await this.store.add(day, { calls: 0, ...used, microUsd: actual - microUsd });
    return actual;
  }
}

const cost = (price: TokenPrice, { inputTokens, outputTokens }: TokenUsage): number =>
  Math.ceil(inputTokens * price.input + outputTokens * price.output);
