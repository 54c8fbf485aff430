/** Use of paid language models on one day. */
export interface Spend {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a US dollar, whole. */
  readonly microUsd: number;
}

export const NO_SPEND: Spend = { calls: 0, inputTokens: 0, outputTokens: 0, microUsd: 0 };

/** The ledger of paid calls. @throws DomainError UNAVAILABLE while the store is unreachable */
export interface SpendStore {
  /**
   * Adds to the spend of a day, atomically over all processes. Fields may be negative, to return an unused reservation.
   * Durable when resolved.
   * @param day YYYY-MM-DD
   * @returns the spend of the day after the addition
   */
  add(day: string, spend: Spend): Promise<Spend>;
}
