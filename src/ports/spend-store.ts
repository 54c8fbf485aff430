/** What letters by a paid model used on one day. */
export interface Spend {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a US dollar, whole. */
  readonly microUsd: number;
}

export const NO_SPEND: Spend = { calls: 0, inputTokens: 0, outputTokens: 0, microUsd: 0 };

/** The ledger of paid calls. @throws DomainError UNAVAILABLE while the store cannot be reached */
export interface SpendStore {
  /**
   * Adds to the day's spend, atomically over all processes; parts may be negative, to give back what was reserved too much.
   * Durable when resolved.
   * @param day YYYY-MM-DD
   * @returns the day's spend after it
   */
  add(day: string, spend: Spend): Promise<Spend>;
}
