import { NO_SPEND, type SpendStore } from '../../ports/spend-store';
import type { TokenUsage } from '../../ports/letter-model';
import type { Clock } from '../../ports/clock';
import { Zone } from '../../util/zone';

/** US dollars per million tokens, which equals millionths of a dollar per token. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

/** List prices of November 2026, used where no price is set. An unlisted model gets the highest price. */
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
const HIGHEST_PRICE: TokenPrice = { input: 2.5, output: 10 };

export const priceOf = (model: string): TokenPrice => PRICES[model] ?? HIGHEST_PRICE;

/** The highest cost of a call, booked before it is made. */
export interface Reservation {
  readonly day: string;
  readonly price: TokenPrice;
  readonly microUsd: number;
}

/**
 * Keeps paid calls within a daily limit (day of the zone), over all processes and restarts. The highest cost of a call is booked
 * before it and corrected to the real cost after it. If the process dies in between, the booking stays.
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

  /** Undefined if the booking would exceed the day's limit. */
  async reserve(price: TokenPrice, maximum: TokenUsage): Promise<Reservation | undefined> {
    const { year, month, day: dayOfMonth } = this.zone.local(this.clock.now());
    const day = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
    const microUsd = cost(price, maximum);
    const total = await this.store.add(day, { ...NO_SPEND, calls: 1, microUsd });
    if (total.microUsd <= this.dailyLimitUsd * 1e6) return { day, price, microUsd };
    await this.store.add(day, { ...NO_SPEND, calls: -1, microUsd: -microUsd });
    return undefined;
  }

  /** Replaces the booking by the cost of the tokens used. @returns that cost in millionths of a dollar */
  async settle({ day, price, microUsd }: Reservation, used: TokenUsage): Promise<number> {
    const actual = cost(price, used);
    await this.store.add(day, { calls: 0, ...used, microUsd: actual - microUsd });
    return actual;
  }
}

const cost = (price: TokenPrice, { inputTokens, outputTokens }: TokenUsage): number =>
  Math.ceil(inputTokens * price.input + outputTokens * price.output);
